import { invertAffine, type Affine } from './affine.ts';
import { CHROMA_CELLS, LUMA_CELLS, type Thumbnail } from './thumbnail.ts';

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
