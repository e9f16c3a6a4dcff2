import { invertAffine, type Affine } from './affine.ts';
import { CHROMA_CELLS, LUMA_CELLS, type Thumbnail } from './thumbnail.ts';

/** What laying one thumbnail over the other shows. */
export interface DenseAgreement {
  /** Part of the bank picture's textured, visible blocks that look the same in the subject, weighted by texture, 0–1. */
  readonly agreement01: number;
  /** Blocks that were compared, 0–64. */
  readonly blocks: number;
  /** Part of the bank picture that lies inside the subject, 0–1. */
  readonly visible01: number;
  /** How brightness follows, over all compared cells: correlation, −1–1. */
  readonly correlation: number;
}

const BLOCKS = 8;
const CELLS = LUMA_CELLS / BLOCKS;
/** A block with less contrast than this (standard deviation of brightness) says nothing. */
const MIN_BLOCK_DEVIATION = 3;
/** A block whose correlation reaches this looks the same. */
const MIN_BLOCK_CORRELATION = 0.6;
/** A block needs this many visible cells to be compared. */
const MIN_BLOCK_CELLS = 40;
/** Shifts, in cells, within which a block may find its place: the affine map is not exact, a screen is bent. */
const SHIFTS = [0, -1, 1] as const;

/**
 * Compares two pictures cell by cell under `transform` (bank's to subject's unit square), block by block, so that text
 * or a sticker over one part costs only that part. Blocks are compared by normalised correlation: contrast and
 * brightness may differ.
 */
export function compareDensely(
  bank: Thumbnail,
  subject: Thumbnail,
  how: { readonly transform: Affine; readonly isInverted: boolean },
): DenseAgreement {
  const sampled = new Float32Array(LUMA_CELLS * LUMA_CELLS);
  const margin = 2;
  const wide = LUMA_CELLS + 2 * margin;
  const sampledWide = new Float32Array(wide * wide);
  // The bank's thumbnail is seen through the subject's: where the subject shows it smaller, the bank is blurred alike.
  const blurCells = shrinkage(how.transform);
  const reference = blurCells > 1.3 ? boxBlur(bank.luma, Math.min(4, Math.round(blurCells))) : bank.luma;
  for (let y = 0; y < wide; y++) {
    for (let x = 0; x < wide; x++) {
      sampledWide[y * wide + x] = sampleAt(subject.luma, how.transform, x - margin, y - margin);
    }
  }
  for (let y = 0; y < LUMA_CELLS; y++) {
    for (let x = 0; x < LUMA_CELLS; x++) {
      sampled[y * LUMA_CELLS + x] = sampledWide[(y + margin) * wide + x + margin] as number;
    }
  }
  const sign = how.isInverted ? -1 : 1;
  let weights = 0;
  let agreeing = 0;
  let blocks = 0;
  let visible = 0;
  for (let by = 0; by < BLOCKS; by++) {
    for (let bx = 0; bx < BLOCKS; bx++) {
      let best = -1;
      let deviation = 0;
      let cells = 0;
      for (const dy of SHIFTS) {
        for (const dx of SHIFTS) {
          const found = correlateBlock(reference, sampledWide, { bx, by, dx: dx + margin, dy: dy + margin, wide });
          if (dx === 0 && dy === 0) {
            deviation = found.deviation;
            cells = found.cells;
          }
          best = Math.max(best, sign * found.correlation);
        }
      }
      visible += cells;
      if (cells < MIN_BLOCK_CELLS || deviation < MIN_BLOCK_DEVIATION) continue;
      blocks++;
      const weight = Math.min(deviation, 24);
      weights += weight;
      if (best >= MIN_BLOCK_CORRELATION) agreeing += weight;
    }
  }
  return {
    agreement01: weights === 0 ? 0 : agreeing / weights,
    blocks,
    visible01: visible / (LUMA_CELLS * LUMA_CELLS),
    correlation: sign * correlate(reference, sampled),
  };
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

function boxBlur(luma: Uint8Array, size: number): Float32Array {
  const out = new Float32Array(luma.length);
  const before = (size - 1) >> 1;
  const after = size - 1 - before;
  for (let y = 0; y < LUMA_CELLS; y++) {
    for (let x = 0; x < LUMA_CELLS; x++) {
      let sum = 0;
      let count = 0;
      for (let v = Math.max(0, y - before); v <= Math.min(LUMA_CELLS - 1, y + after); v++) {
        for (let u = Math.max(0, x - before); u <= Math.min(LUMA_CELLS - 1, x + after); u++) {
          sum += luma[v * LUMA_CELLS + u] as number;
          count++;
        }
      }
      out[y * LUMA_CELLS + x] = sum / count;
    }
  }
  return out;
}

function correlateBlock(
  bank: Uint8Array | Float32Array,
  subject: Float32Array,
  at: { readonly bx: number; readonly by: number; readonly dx: number; readonly dy: number; readonly wide: number },
): { correlation: number; deviation: number; cells: number } {
  let n = 0;
  let sb = 0;
  let ss = 0;
  let bb = 0;
  let cross = 0;
  let square = 0;
  for (let y = 0; y < CELLS; y++) {
    const bankRow = (at.by * CELLS + y) * LUMA_CELLS + at.bx * CELLS;
    const subjectRow = (at.by * CELLS + y + at.dy) * at.wide + at.bx * CELLS + at.dx;
    for (let x = 0; x < CELLS; x++) {
      const s = subject[subjectRow + x] as number;
      if (Number.isNaN(s)) continue;
      const b = bank[bankRow + x] as number;
      n++;
      sb += b;
      ss += s;
      bb += b * b;
      square += s * s;
      cross += b * s;
    }
  }
  if (n < 2) return { correlation: 0, deviation: 0, cells: n };
  const varianceBank = bb / n - (sb / n) ** 2;
  const varianceSubject = square / n - (ss / n) ** 2;
  const covariance = cross / n - (sb / n) * (ss / n);
  const norm = Math.sqrt(varianceBank * varianceSubject);
  return {
    correlation: norm < 0.5 ? 0 : covariance / norm,
    deviation: Math.sqrt(Math.max(0, varianceBank)),
    cells: n,
  };
}

function correlate(bank: Uint8Array | Float32Array, subject: Float32Array): number {
  let n = 0;
  let sb = 0;
  let ss = 0;
  let bb = 0;
  let cross = 0;
  let square = 0;
  for (let i = 0; i < subject.length; i++) {
    const s = subject[i] as number;
    if (Number.isNaN(s)) continue;
    const b = bank[i] as number;
    n++;
    sb += b;
    ss += s;
    bb += b * b;
    square += s * s;
    cross += b * s;
  }
  if (n < 2) return 0;
  const norm = Math.sqrt(Math.max(0, bb / n - (sb / n) ** 2) * Math.max(0, square / n - (ss / n) ** 2));
  return norm < 0.5 ? 0 : (cross / n - (sb / n) * (ss / n)) / norm;
}

/** What the colours say of two pictures that look alike in brightness. */
export type ColourVerdict = 'same' | 'edited' | 'variant' | 'unknown';

/** Cells with a colour at least this strong (distance from grey) take part. */
const MIN_CHROMA = 8;

/**
 * Tells a picture whose colours were edited as a whole from another colour of the same product: an edit turns and
 * scales all colours alike and keeps the brightness, another dye changes the colour of the product and its brightness
 * with it. Colours are compared cell by cell under the transform.
 */
export function compareColours(
  bank: Thumbnail,
  subject: Thumbnail,
  how: { readonly transform: Affine; readonly isInverted: boolean },
): ColourVerdict {
  if (invertAffine(how.transform) === undefined) return 'unknown';
  const pairs = pairCells(bank, subject, how);
  if (pairs.count < 12) return 'unknown';
  if (pairs.strength < MIN_CHROMA) return 'same';
  return pairs.residual01 <= 0.35 && Math.abs(pairs.turnDegrees) <= 35
    ? 'same'
    : pairs.brightnessError <= 10
      ? 'edited'
      : 'variant';
}

interface CellPairs {
  readonly count: number;
  /** Root mean square distance from grey of the stronger picture. */
  readonly strength: number;
  /** Turn of the hue circle that explains the subject's colours best. */
  readonly turnDegrees: number;
  /** Part of the colour that no common turn and scale explains, 0–1. */
  readonly residual01: number;
  /** Root mean square difference in brightness where the colours are strong. */
  readonly brightnessError: number;
}

function pairCells(
  bank: Thumbnail,
  subject: Thumbnail,
  how: { readonly transform: Affine; readonly isInverted: boolean },
): CellPairs {
  const [a, b, c, d, e, f] = how.transform;
  const sign = how.isInverted ? -1 : 1;
  let count = 0;
  let along = 0;
  let across = 0;
  let bankNorm = 0;
  let subjectNorm = 0;
  let brightness = 0;
  let coloured = 0;
  const step = LUMA_CELLS / CHROMA_CELLS;
  for (let y = 0; y < CHROMA_CELLS; y++) {
    for (let x = 0; x < CHROMA_CELLS; x++) {
      const u = (x + 0.5) / CHROMA_CELLS;
      const v = (y + 0.5) / CHROMA_CELLS;
      const sx = Math.floor((a * u + c * v + e) * CHROMA_CELLS);
      const sy = Math.floor((b * u + d * v + f) * CHROMA_CELLS);
      if (sx < 0 || sy < 0 || sx >= CHROMA_CELLS || sy >= CHROMA_CELLS) continue;
      const i = 2 * (y * CHROMA_CELLS + x);
      const j = 2 * (sy * CHROMA_CELLS + sx);
      const p = bank.chroma[i] as number;
      const q = bank.chroma[i + 1] as number;
      const r = sign * (subject.chroma[j] as number);
      const s = sign * (subject.chroma[j + 1] as number);
      count++;
      along += p * r + q * s;
      across += p * s - q * r;
      bankNorm += p * p + q * q;
      subjectNorm += r * r + s * s;
      if (Math.max(p * p + q * q, r * r + s * s) >= MIN_CHROMA * MIN_CHROMA) {
        const mine = cellMean(bank.luma, x * step, y * step, step);
        const seen = cellMean(subject.luma, sx * step, sy * step, step);
        const theirs = how.isInverted ? 255 - seen : seen;
        brightness += (mine - theirs) ** 2;
        coloured++;
      }
    }
  }
  const stronger = Math.max(bankNorm, subjectNorm);
  const explained = Math.hypot(along, across) / Math.sqrt(Math.max(1e-9, bankNorm * subjectNorm));
  return {
    count,
    strength: count === 0 ? 0 : Math.sqrt(stronger / count),
    turnDegrees: (Math.atan2(across, along) * 180) / Math.PI,
    residual01: 1 - explained,
    brightnessError: coloured === 0 ? 0 : Math.sqrt(brightness / coloured),
  };
}

function cellMean(luma: Uint8Array, x: number, y: number, size: number): number {
  let sum = 0;
  for (let v = y; v < y + size; v++) for (let u = x; u < x + size; u++) sum += luma[v * LUMA_CELLS + u] as number;
  return sum / (size * size);
}
