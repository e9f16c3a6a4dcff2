import type { Corner } from './corners.ts';
import { DESCRIPTOR_BITS, PATCH_RADIUS_PX, PATTERN_ADVANCES, PATTERN_OFFSETS } from './descriptor-pattern.ts';
import { HASH_WORDS } from './hash256.ts';
import { allocateMemory, bindRasterKernel, PAGE_BYTES } from './wasm-memory.ts';

/** Half widths of the rows of the disc over which the centroid is taken. */
const DISC = Int32Array.from({ length: 2 * PATCH_RADIUS_PX + 1 }, (_, i) =>
  Math.floor(Math.sqrt(PATCH_RADIUS_PX ** 2 - (i - PATCH_RADIUS_PX) ** 2)),
);

/** Sum of the squared distances of the disc's pixels from its middle row. */
export const DISC_SECOND_MOMENT = DISC.reduce((sum, reach, i) => sum + (2 * reach + 1) * (i - PATCH_RADIUS_PX) ** 2, 0);

const ROWS = 2 * PATCH_RADIUS_PX + 1;
/** Weights of a row: 27 of the disc, the others 0. */
const ROW_WEIGHTS = 32;
/** Corners of one level that are looked at at once. */
const MAX_CORNERS = 1_024;

/** Places in the kernel's memory, in bytes; the plane comes last, for its size differs. */
const AT = {
  pattern: 0,
  advances: PATTERN_OFFSETS.length,
  weights: PATTERN_OFFSETS.length + 4 * DESCRIPTOR_BITS,
  places: PATTERN_OFFSETS.length + 4 * DESCRIPTOR_BITS + 2 * 2 * ROWS * ROW_WEIGHTS,
} as const;
const MOMENTS_AT = AT.places + 4 * MAX_CORNERS;
const BITS_AT = MOMENTS_AT + 8 * MAX_CORNERS;
const PLANE_AT = BITS_AT + 4 * HASH_WORDS + 32;
/** Rows are read a little beyond a patch. */
const SPARE_BYTES = 64;

const memory = allocateMemory(PLANE_AT + PAGE_BYTES);
const kernel = bindRasterKernel(memory);
new Int8Array(memory.buffer).set(PATTERN_OFFSETS, AT.pattern);
new Float32Array(memory.buffer).set(PATTERN_ADVANCES, AT.advances / 4);
const weights = new Int16Array(memory.buffer, AT.weights, 2 * ROWS * ROW_WEIGHTS);
for (let row = 0; row < ROWS; row++) {
  const reach = DISC[row] as number;
  for (let dx = -reach; dx <= reach; dx++) {
    const at = row * ROW_WEIGHTS + dx + PATCH_RADIUS_PX;
    weights[at] = dx;
    weights[ROWS * ROW_WEIGHTS + at] = row - PATCH_RADIUS_PX;
  }
}

/** Patches of one blurred plane; valid until the next is opened. */
export interface Patches {
  /** Sums of brightness times distance over a disc around each corner: across, then down. */
  moments(corners: readonly Corner[]): Int32Array;
  /** The comparisons around a corner at an angle, as 8 words; overwritten by the next call. */
  compare(corner: Corner, angleStep: number, slope: number): Uint32Array;
}

/** Takes a plane of brightness (row-major, `pitch` bytes a row) in. Corners keep a patch's radius from its border. */
export function openPatches(plane: Uint8Array, pitch: number): Patches {
  const missing =
    Math.ceil((PLANE_AT + plane.length + SPARE_BYTES) / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) memory.grow(missing);
  new Uint8Array(memory.buffer).set(plane, PLANE_AT);
  const placeOf = ({ x, y }: Corner): number => PLANE_AT + y * pitch + x;
  return {
    moments(corners) {
      const moments = new Int32Array(2 * corners.length);
      for (let from = 0; from < corners.length; from += MAX_CORNERS) {
        const part = corners.slice(from, from + MAX_CORNERS);
        new Int32Array(memory.buffer).set(part.map(placeOf), AT.places / 4);
        kernel.moments(AT.places, part.length, pitch, AT.weights, MOMENTS_AT);
        moments.set(new Int32Array(memory.buffer, MOMENTS_AT, 2 * part.length), 2 * from);
      }
      return moments;
    },
    compare(corner, angleStep, slope) {
      const pattern = AT.pattern + angleStep * DESCRIPTOR_BITS * 4;
      kernel.comparePatch(placeOf(corner), pitch, pattern, AT.advances, slope, BITS_AT);
      return new Uint32Array(memory.buffer, BITS_AT, HASH_WORDS);
    },
  };
}
