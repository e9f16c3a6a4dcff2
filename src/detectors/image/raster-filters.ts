import type { LumaRaster } from './raster.ts';
import { allocateMemory, bindRasterKernel, PAGE_BYTES } from './wasm-memory.ts';

/** Harris's constant; 0.04–0.06 are usual. */
const HARRIS_K = 0.05;
/** Loops run a little beyond a plane's end. */
const SPARE_BYTES = 64;

const memory = allocateMemory(PAGE_BYTES);
const kernel = bindRasterKernel(memory);

interface Planes {
  readonly luma: number;
  /** Four planes of 32-bit floats. */
  readonly floats: readonly [number, number, number, number];
  readonly bytes: Uint8Array;
}

/** Room for one brightness plane and four planes of floats, each with a margin of `reach` rows on both sides. */
function makeRoom({ widthPx, heightPx }: LumaRaster, reach: number): Planes {
  const margin = Math.ceil((reach * widthPx + SPARE_BYTES) / 64) * 64;
  const pixels = Math.ceil((widthPx * heightPx) / 64) * 64;
  const luma = margin;
  const first = luma + pixels + margin + 4 * margin;
  const plane = 4 * (pixels + 2 * margin);
  const end = first + 4 * plane;
  const missing = Math.ceil(end / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) memory.grow(missing);
  return {
    luma,
    floats: [first, first + plane, first + 2 * plane, first + 3 * plane],
    bytes: new Uint8Array(memory.buffer),
  };
}

/** The picture's pixels that are looked at: `marginPx` and more from the border. */
export interface CornerField {
  /** Harris's response of every pixel. */
  readonly response: Float32Array;
  /** Indexes of the local maxima, row by row. */
  readonly maxima: Uint32Array;
}

/** Corner responses with their local maxima at least `marginPx` from the border; overwritten by the next call. */
export function harrisMaxima(image: LumaRaster, marginPx: number): CornerField {
  const { widthPx, heightPx } = image;
  const response = harrisResponse(image);
  // The planes of the gradients are done with: there are at most half as many maxima as pixels.
  const { floats } = makeRoom(image, 3);
  const [out, , , at] = floats;
  const end = kernel.maxima(at, widthPx, marginPx, widthPx - marginPx, marginPx, heightPx - marginPx, out);
  return { response, maxima: new Uint32Array(memory.buffer, out, (end - out) / 4) };
}

/**
 * Harris's corner response det(M) − k·trace(M)² of the structure tensor over 5 × 5 pixels, 0 where there is no corner;
 * meaningless nearer than 4 pixels to the border. The result is overwritten by the next call.
 */
export function harrisResponse(image: LumaRaster): Float32Array {
  const { widthPx, heightPx, luma } = image;
  const room = makeRoom(image, 3);
  const [xx, xy, yy, spare] = room.floats;
  room.bytes.set(luma, room.luma);
  kernel.gradients(room.luma, widthPx, heightPx, xx, xy, yy);
  const count = widthPx * heightPx;
  for (const plane of [xx, xy, yy]) {
    kernel.sumFive(plane, spare, count, 4);
    kernel.sumFive(spare, plane, count, 4 * widthPx);
  }
  kernel.response(xx, xy, yy, spare, count, HARRIS_K);
  return new Float32Array(memory.buffer, spare, count);
}

/** A Gaussian of σ ≈ 1.2 pixels (binomial over 7 × 7); meaningless nearer than 3 pixels to the border. */
export function blurLuma(image: LumaRaster): Uint8Array {
  const { widthPx, heightPx, luma } = image;
  const room = makeRoom(image, 3);
  const across = room.floats[0];
  const count = widthPx * heightPx;
  room.bytes.set(luma, room.luma);
  kernel.blurSeven(room.luma, across, count, 1);
  kernel.blurSeven(across, room.floats[1], count, widthPx);
  return room.bytes.slice(room.floats[1], room.floats[1] + count);
}
