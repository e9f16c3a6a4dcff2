import type { Affine } from './affine.ts';
import { LUMA_CELLS, type Thumbnail } from './thumbnail.ts';

/** What laying one thumbnail over the other shows. */
export interface DenseAgreement {
  /** Part of the bank picture's textured, visible blocks that look the same in the subject, weighted by texture, 0–1. */
  readonly agreement01: number;
  /** Blocks that were compared, 0–64. */
  readonly blocks: number;
  /** Part of the bank picture that lies inside the subject, 0–1. */
  readonly visible01: number;
  /** How detail follows, over all compared cells: correlation, −1–1. */
  readonly correlation: number;
}

/** The agreement with the blocks that made it: 1 where a block was compared and looks the same, 64 in all. */
export interface DenseComparison {
  readonly agreement: DenseAgreement;
  readonly agreeing: Uint8Array;
}

/** Blocks a side. */
export const BLOCKS = 8;
const CELLS = LUMA_CELLS / BLOCKS;
/** Detail is what differs from the mean of a square of this many cells a side: shading of a studio is not detail. */
const GROUND_REACH = 3;
/** A block with less detail than this (standard deviation in steps of brightness) says nothing. */
const MIN_BLOCK_DEVIATION = 2;
/** Detail beyond this weighs no more: one strong edge is not the whole picture. */
const MAX_BLOCK_WEIGHT = 16;
/** A block whose correlation reaches this looks the same. */
const MIN_BLOCK_CORRELATION = 0.6;
/** A block needs this many visible cells to be compared. */
const MIN_BLOCK_CELLS = 40;
/** Shifts, in cells, within which a block may find its place: the affine map is not exact, a screen is bent. */
const MAX_SHIFT = 1;
const WIDE = LUMA_CELLS + 2 * MAX_SHIFT;

/**
 * Compares the detail of two pictures cell by cell under `transform` (bank's to subject's unit square), block by block,
 * so that text or a sticker over one part costs only that part. Blocks are compared by normalised correlation: contrast
 * and brightness may differ.
 */
export function compareDensely(
  bank: Thumbnail,
  subject: Thumbnail,
  how: { readonly transform: Affine; readonly isInverted: boolean },
): DenseComparison {
  const seen = new Float32Array(WIDE * WIDE);
  for (let y = 0; y < WIDE; y++) {
    for (let x = 0; x < WIDE; x++) {
      seen[y * WIDE + x] = sampleAt(subject.luma, how.transform, x - MAX_SHIFT, y - MAX_SHIFT);
    }
  }
  // Where the subject shows the bank picture smaller, the bank's detail is blurred alike before it is compared.
  const blurCells = Math.min(5, Math.round(shrinkage(how.transform)));
  const shown =
    blurCells > 1 ? boxMean(Float32Array.from(bank.luma), LUMA_CELLS, blurCells) : Float32Array.from(bank.luma);
  const reference = detailOf(shown, LUMA_CELLS);
  const found = detailOf(seen, WIDE);

  const sign = how.isInverted ? -1 : 1;
  let weights = 0;
  let agreeing = 0;
  let blocks = 0;
  let visible = 0;
  const agreeingBlocks = new Uint8Array(BLOCKS * BLOCKS);
  for (let by = 0; by < BLOCKS; by++) {
    for (let bx = 0; bx < BLOCKS; bx++) {
      const block = { x: bx * CELLS, y: by * CELLS, size: CELLS };
      const still = correlate(reference, found, { ...block, dx: MAX_SHIFT, dy: MAX_SHIFT });
      visible += still.cells;
      if (still.cells < MIN_BLOCK_CELLS || still.deviation < MIN_BLOCK_DEVIATION) continue;
      let best = sign * still.correlation;
      for (let dy = 0; dy <= 2 * MAX_SHIFT && best < MIN_BLOCK_CORRELATION; dy++) {
        for (let dx = 0; dx <= 2 * MAX_SHIFT && best < MIN_BLOCK_CORRELATION; dx++) {
          best = Math.max(best, sign * correlate(reference, found, { ...block, dx, dy }).correlation);
        }
      }
      blocks++;
      const weight = Math.min(still.deviation, MAX_BLOCK_WEIGHT);
      weights += weight;
      if (best < MIN_BLOCK_CORRELATION) continue;
      agreeing += weight;
      agreeingBlocks[by * BLOCKS + bx] = 1;
    }
  }
  const whole = { x: 0, y: 0, size: LUMA_CELLS, dx: MAX_SHIFT, dy: MAX_SHIFT };
  const agreement = {
    agreement01: weights === 0 ? 0 : agreeing / weights,
    blocks,
    visible01: visible / (LUMA_CELLS * LUMA_CELLS),
    correlation: sign * correlate(reference, found, whole).correlation,
  };
  return { agreement, agreeing: agreeingBlocks };
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

/** How many bank cells fall into one subject cell, along a side. */
function shrinkage([a, b, c, d]: Affine): number {
  const area = Math.abs(a * d - b * c);
  return area < 1e-9 ? 1 : 1 / Math.sqrt(area);
}

/** What is left of a square grid when the mean of the surroundings is taken away. NaN stays NaN. */
function detailOf(grid: Float32Array, side: number): Float32Array {
  const ground = boxMean(grid, side, 2 * GROUND_REACH + 1);
  return grid.map((value, i) => value - (ground[i] as number));
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

/** Normalised correlation over a square of the reference and the same square of the subject, shifted. */
function correlate(
  reference: Float32Array,
  subject: Float32Array,
  at: { readonly x: number; readonly y: number; readonly size: number; readonly dx: number; readonly dy: number },
): { correlation: number; deviation: number; cells: number } {
  let n = 0;
  let sr = 0;
  let ss = 0;
  let rr = 0;
  let square = 0;
  let cross = 0;
  for (let y = 0; y < at.size; y++) {
    const referenceRow = (at.y + y) * LUMA_CELLS + at.x;
    const subjectRow = (at.y + y + at.dy) * WIDE + at.x + at.dx;
    for (let x = 0; x < at.size; x++) {
      const s = subject[subjectRow + x] as number;
      if (s !== s) continue;
      const r = reference[referenceRow + x] as number;
      n++;
      sr += r;
      ss += s;
      rr += r * r;
      square += s * s;
      cross += r * s;
    }
  }
  if (n < 2) return { correlation: 0, deviation: 0, cells: n };
  const variance = Math.max(0, rr / n - (sr / n) ** 2);
  const varianceSubject = Math.max(0, square / n - (ss / n) ** 2);
  const norm = Math.sqrt(variance * varianceSubject);
  return {
    // A subject without any detail in the square agrees with nothing.
    correlation: norm < 0.5 ? 0 : (cross / n - (sr / n) * (ss / n)) / norm,
    deviation: Math.sqrt(variance),
    cells: n,
  };
}
