import type { Affine } from './affine.ts';
import { LUMA_CELLS } from './thumbnail.ts';

/** Detail is what differs from the mean of a square of this many cells a side: shading of a studio is not detail. */
const GROUND_REACH = 3;

/**
 * Brightness of the subject in every cell of the bank's grid under `transform` (bank's to subject's unit square), with
 * `margin` more cells on every side. `(64 + 2 · margin)²` cells, row-major; NaN outside the subject.
 */
export function layOver(luma: Uint8Array, transform: Affine, margin: number): Float32Array {
  const side = LUMA_CELLS + 2 * margin;
  const seen = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) seen[y * side + x] = sampleAt(luma, transform, x - margin, y - margin);
  }
  return seen;
}

/**
 * Detail of a bank picture as the subject can show it: where the subject shows it smaller, it is blurred alike first.
 */
export function shownDetail(luma: Uint8Array, transform: Affine): Float32Array {
  const blurCells = Math.min(5, Math.round(shrinkage(transform)));
  const grid = Float32Array.from(luma);
  return detailOf(blurCells > 1 ? boxMean(grid, LUMA_CELLS, blurCells) : grid, LUMA_CELLS);
}

/** What is left of a square grid when the mean of the surroundings is taken away. NaN stays NaN. */
export function detailOf(grid: Float32Array, side: number): Float32Array {
  const ground = boxMean(grid, side, 2 * GROUND_REACH + 1);
  return grid.map((value, i) => value - (ground[i] as number));
}

/** Brightness of the subject where the bank's cell (x, y) comes to lie; NaN outside the subject. */
function sampleAt(luma: Uint8Array, [a, b, c, d, e, f]: Affine, x: number, y: number): number {
  const u = (x + 0.5) / LUMA_CELLS;
  const v = (y + 0.5) / LUMA_CELLS;
  const sx = (a * u + c * v + e) * LUMA_CELLS - 0.5;
  const sy = (b * u + d * v + f) * LUMA_CELLS - 0.5;
  if (sx < -0.5 || sy < -0.5 || sx > LUMA_CELLS - 0.5 || sy > LUMA_CELLS - 0.5) return Number.NaN;
  const x0 = Math.max(0, Math.min(LUMA_CELLS - 2, Math.floor(sx)));
  const y0 = Math.max(0, Math.min(LUMA_CELLS - 2, Math.floor(sy)));
  const fx = sx - x0;
  const fy = sy - y0;
  const at = y0 * LUMA_CELLS + x0;
  return (
    ((luma[at] as number) * (1 - fx) + (luma[at + 1] as number) * fx) * (1 - fy) +
    ((luma[at + LUMA_CELLS] as number) * (1 - fx) + (luma[at + LUMA_CELLS + 1] as number) * fx) * fy
  );
}

/** How many cells of the bank's grid fall into one of the subject's, along a side. */
export function shrinkage([a, b, c, d]: Affine): number {
  const area = Math.abs(a * d - b * c);
  return area < 1e-9 ? 1 : 1 / Math.sqrt(area);
}

/** Means over squares of `size` cells around each cell of a square grid, in two passes; NaN cells do not count. */
function boxMean(grid: Float32Array, side: number, size: number): Float32Array {
  const before = (size - 1) >> 1;
  const sums = new Float32Array(grid.length);
  const counts = new Float32Array(grid.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      let count = 0;
      const to = Math.min(side, x - before + size);
      for (let u = Math.max(0, x - before); u < to; u++) {
        const value = grid[y * side + u] as number;
        if (value !== value) continue;
        sum += value;
        count++;
      }
      sums[y * side + x] = sum;
      counts[y * side + x] = count;
    }
  }
  const means = new Float32Array(grid.length);
  for (let y = 0; y < side; y++) {
    const from = Math.max(0, y - before);
    const to = Math.min(side, y - before + size);
    for (let x = 0; x < side; x++) {
      let sum = 0;
      let count = 0;
      for (let v = from; v < to; v++) {
        sum += sums[v * side + x] as number;
        count += counts[v * side + x] as number;
      }
      means[y * side + x] = sum / count;
    }
  }
  return means;
}
