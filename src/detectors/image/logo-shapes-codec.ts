import { SHAPE_CELLS, type Shape } from './logo-shapes.ts';

/** First byte: raised when the meaning of shapes changes; older ones are made anew. */
const VERSION = 1;
const SHAPE_BYTES = 8 + 1 + SHAPE_CELLS / 2;
const UNIT = 65_535;

/** Some 340 bytes a shape: its place, its levels, and four bits a cell. */
export function encodeShapes(shapes: readonly Shape[]): Uint8Array {
  const bytes = new Uint8Array(1 + shapes.length * SHAPE_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  shapes.forEach(({ ink, rect01, levels }, i) => {
    let at = 1 + i * SHAPE_BYTES;
    for (const part of rect01) {
      view.setUint16(at, Math.round(Math.min(1, Math.max(0, part)) * UNIT), true);
      at += 2;
    }
    bytes[at++] = Math.min(255, levels);
    for (let cell = 0; cell < SHAPE_CELLS; cell += 2) {
      bytes[at++] = Math.round(ink[cell]! / 17) | (Math.round(ink[cell + 1]! / 17) << 4);
    }
  });
  return bytes;
}

/** Reads what `encodeShapes` wrote; undefined for shapes of another version or damaged ones. */
export function decodeShapes(bytes: Uint8Array): readonly Shape[] | undefined {
  if (bytes[0] !== VERSION || (bytes.length - 1) % SHAPE_BYTES !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: (bytes.length - 1) / SHAPE_BYTES }, (_, i) => {
    const at = 1 + i * SHAPE_BYTES;
    const part = (n: number): number => view.getUint16(at + 2 * n, true) / UNIT;
    const ink = new Uint8Array(SHAPE_CELLS);
    for (let cell = 0; cell < SHAPE_CELLS; cell += 2) {
      const pair = bytes[at + 9 + cell / 2]!;
      ink[cell] = (pair & 15) * 17;
      ink[cell + 1] = (pair >> 4) * 17;
    }
    return { ink, rect01: [part(0), part(1), part(2), part(3)], levels: bytes[at + 8]! };
  });
}
