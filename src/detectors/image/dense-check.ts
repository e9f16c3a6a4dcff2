import type { Affine } from './affine.ts';
import { detailOf, layOver, shownDetail } from './detail-grid.ts';
import { LUMA_CELLS, type Thumbnail } from './thumbnail.ts';

/** What laying one thumbnail over the other shows. */
export interface DenseAgreement {
  /** Part of the bank picture's textured, visible blocks that look the same in the subject, weighted by texture, 0–1. */
  readonly agreement01: number;
  /** Blocks that were compared, 0–64. */
  readonly blocks: number;
  /** Part of the bank picture that lies inside the subject, 0–1. */
  readonly visible01: number;
}

/** The agreement with the blocks that made it: 1 where a block was compared and looks the same, 64 in all. */
export interface DenseComparison {
  readonly agreement: DenseAgreement;
  readonly agreeing: Uint8Array;
}

/** Blocks a side. */
export const BLOCKS = 8;
const CELLS = LUMA_CELLS / BLOCKS;
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
  const reference = shownDetail(bank.luma, how.transform);
  const found = detailOf(layOver(subject.luma, how.transform, MAX_SHIFT), WIDE);

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
  const agreement = {
    agreement01: weights === 0 ? 0 : agreeing / weights,
    blocks,
    visible01: visible / (LUMA_CELLS * LUMA_CELLS),
  };
  return { agreement, agreeing: agreeingBlocks };
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
