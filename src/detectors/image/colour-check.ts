import type { Affine } from './affine.ts';
import { BLOCKS } from './dense-check.ts';
import { shrinkage } from './detail-grid.ts';
import { CHROMA_CELLS, LUMA_CELLS, type Thumbnail } from './thumbnail.ts';

/** What the colours say of two pictures that look alike in brightness. */
export type ColourVerdict = 'same' | 'edited' | 'variant' | 'unknown';

/** Colour differences (distance in Cb, Cr) up to this are JPEG, white balance and saturation. */
const SAME_CHROMA = 16;
/** Part of the cells that may differ more: mixed cells along edges, glare. */
const MAX_ODD_PART = 0.3;
/** Fewer cells than this say nothing. */
const MIN_CELLS = 12;
/**
 * Root mean square difference of brightness up to which a change of colour is an edit of the file. Turning the hue of a
 * strong colour moves its brightness by up to 25; another dye moves it by 40 and more.
 */
const MAX_EDIT_BRIGHTNESS = 28;

/** Colour less than this is a tint of grey. */
const COLOURED_CHROMA = 10;
/** Fewer coloured cells than this, or a smaller part of all, are what was laid over and not the goods. */
const MIN_COLOURED_CELLS = 8;
const MIN_COLOURED_PART = 0.15;
/** Light and white balance turn colours by less. */
const MIN_DYE_DEGREES = 45;
/** As above, where only coloured cells are asked: they move more than the average of the picture. */
const MAX_EDIT_BRIGHTNESS_OF_COLOURED = 40;

/** Where the subject shows the bank picture smaller than this, its colour grid is too coarse to tell dyes. */
const MAX_SHRINKAGE = 1.6;

/** Root mean square difference of the largest channel up to which a turn of the hue in HSV is an edit of the file. */
const MAX_EDIT_VALUE = 16;

interface Cell {
  readonly p: number;
  readonly q: number;
  readonly r: number;
  readonly s: number;
  /** Brightness in the bank picture less that in the subject. */
  readonly brightness: number;
  /** The same of the largest of red, green and blue. */
  readonly value: number;
}

/**
 * Tells a picture whose colours were edited as a whole from another colour of the same product. An edit turns and
 * scales all colours alike and nearly keeps the brightness; another dye changes the product's colour and its
 * brightness with it. Only cells in blocks whose detail agrees take part, so that what was laid over does not.
 */
export function compareColours(
  bank: Thumbnail,
  subject: Thumbnail,
  how: { readonly transform: Affine; readonly isInverted: boolean; readonly agreeing: Uint8Array },
): ColourVerdict {
  const cells = pairCells(bank, subject, how);
  if (cells.length < MIN_CELLS) return 'unknown';
  const ofAll = verdictOf(cells);
  const coloured = colouredOf(cells);
  const verdict = ofAll === 'same' && isTurned(coloured) ? verdictOfTurned(coloured) : ofAll;
  // In a part of a collage a cell of the grid mixes what lies apart in the bank's: that proves nothing.
  return verdict !== 'same' && shrinkage(how.transform) > MAX_SHRINKAGE ? 'unknown' : verdict;
}

function verdictOf(cells: readonly Cell[]): ColourVerdict {
  if (oddPart(cells, 1, 0) <= MAX_ODD_PART) return 'same';
  const { cos, sin } = commonTurn(cells);
  const isExplained = oddPart(cells, cos, sin) <= MAX_ODD_PART;
  if (isExplained && Math.abs(degreesOf(cos, sin)) <= 20 && Math.hypot(cos, sin) > 0.4) return 'same';
  return isEdit(cells, MAX_EDIT_BRIGHTNESS) ? 'edited' : 'variant';
}

/** The cells that have a colour: a white studio says nothing of the dye of what stands in it. */
function colouredOf(cells: readonly Cell[]): readonly Cell[] {
  const coloured = cells.filter(({ p, q, r, s }) => Math.max(Math.hypot(p, q), Math.hypot(r, s)) > COLOURED_CHROMA);
  return coloured.length >= Math.max(MIN_COLOURED_CELLS, MIN_COLOURED_PART * cells.length) ? coloured : [];
}

/** Whether all that has a colour got another one. */
function isTurned(coloured: readonly Cell[]): boolean {
  if (coloured.length === 0 || oddPart(coloured, 1, 0) <= 0.5) return false;
  const { cos, sin } = commonTurn(coloured);
  return oddPart(coloured, cos, sin) <= MAX_ODD_PART && Math.abs(degreesOf(cos, sin)) > MIN_DYE_DEGREES;
}

function verdictOfTurned(coloured: readonly Cell[]): ColourVerdict {
  return isEdit(coloured, MAX_EDIT_BRIGHTNESS_OF_COLOURED) ? 'edited' : 'variant';
}

const degreesOf = (cos: number, sin: number): number => (Math.atan2(sin, cos) * 180) / Math.PI;

/** Editors turn the hue and keep the brightness, or keep the largest of red, green and blue (HSV); a dye keeps neither. */
function isEdit(cells: readonly Cell[], maxBrightness: number): boolean {
  return (
    rootMeanSquare(cells.map(({ brightness }) => brightness)) <= maxBrightness ||
    rootMeanSquare(cells.map(({ value }) => value)) <= MAX_EDIT_VALUE
  );
}

const rootMeanSquare = (differences: readonly number[]): number =>
  Math.sqrt(differences.reduce((sum, difference) => sum + difference ** 2, 0) / differences.length);

function pairCells(
  bank: Thumbnail,
  subject: Thumbnail,
  how: { readonly transform: Affine; readonly isInverted: boolean; readonly agreeing: Uint8Array },
): readonly Cell[] {
  const [a, b, c, d, e, f] = how.transform;
  const sign = how.isInverted ? -1 : 1;
  const cells: Cell[] = [];
  const step = LUMA_CELLS / CHROMA_CELLS;
  const cellsABlock = CHROMA_CELLS / BLOCKS;
  for (let y = 0; y < CHROMA_CELLS; y++) {
    for (let x = 0; x < CHROMA_CELLS; x++) {
      if (how.agreeing[Math.floor(y / cellsABlock) * BLOCKS + Math.floor(x / cellsABlock)] === 0) continue;
      const u = (x + 0.5) / CHROMA_CELLS;
      const v = (y + 0.5) / CHROMA_CELLS;
      const sx = (a * u + c * v + e) * CHROMA_CELLS;
      const sy = (b * u + d * v + f) * CHROMA_CELLS;
      if (sx < 0 || sy < 0 || sx >= CHROMA_CELLS || sy >= CHROMA_CELLS) continue;
      const i = 2 * (y * CHROMA_CELLS + x);
      const known = cellMean(bank.luma, x * step, y * step, step);
      const shown = cellMean(subject.luma, Math.floor(sx) * step, Math.floor(sy) * step, step);
      const seen = how.isInverted ? 255 - shown : shown;
      const [p, q] = [bank.chroma[i] as number, bank.chroma[i + 1] as number];
      const [r, s] = [sign * chromaAt(subject.chroma, 0, sx, sy), sign * chromaAt(subject.chroma, 1, sx, sy)];
      cells.push({ p, q, r, s, brightness: known - seen, value: valueOf(known, p, q) - valueOf(seen, r, s) });
    }
  }
  return cells;
}

/** The largest of red, green and blue (ITU-R BT.601). */
const valueOf = (y: number, cb: number, cr: number): number =>
  y + Math.max(1.402 * cr, 1.772 * cb, -0.344136 * cb - 0.714136 * cr);

/** One colour difference between the middles of cells, by the nearest four. */
function chromaAt(chroma: Int8Array, channel: 0 | 1, x: number, y: number): number {
  const x0 = Math.max(0, Math.min(CHROMA_CELLS - 2, Math.floor(x - 0.5)));
  const y0 = Math.max(0, Math.min(CHROMA_CELLS - 2, Math.floor(y - 0.5)));
  const fx = Math.max(0, Math.min(1, x - 0.5 - x0));
  const fy = Math.max(0, Math.min(1, y - 0.5 - y0));
  const at = 2 * (y0 * CHROMA_CELLS + x0) + channel;
  const below = at + 2 * CHROMA_CELLS;
  return (
    ((chroma[at] as number) * (1 - fx) + (chroma[at + 2] as number) * fx) * (1 - fy) +
    ((chroma[below] as number) * (1 - fx) + (chroma[below + 2] as number) * fx) * fy
  );
}

/** Part of the cells whose colour, turned and scaled, is not the subject's. */
function oddPart(cells: readonly Cell[], cos: number, sin: number): number {
  let odd = 0;
  for (const { p, q, r, s } of cells) {
    if (Math.hypot(cos * p - sin * q - r, sin * p + cos * q - s) > SAME_CHROMA) odd++;
  }
  return odd / cells.length;
}

/** The turn and scale of the colour plane with the least squared error. */
function commonTurn(cells: readonly Cell[]): { cos: number; sin: number } {
  let along = 0;
  let across = 0;
  let norm = 0;
  for (const { p, q, r, s } of cells) {
    along += p * r + q * s;
    across += p * s - q * r;
    norm += p * p + q * q;
  }
  return norm < 1 ? { cos: 1, sin: 0 } : { cos: along / norm, sin: across / norm };
}

function cellMean(luma: Uint8Array, x: number, y: number, size: number): number {
  let sum = 0;
  for (let v = y; v < y + size; v++) for (let u = x; u < x + size; u++) sum += luma[v * LUMA_CELLS + u] as number;
  return sum / (size * size);
}
