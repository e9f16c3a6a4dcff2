import type { Affine } from './affine.ts';
import { BLOCKS } from './dense-check.ts';
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

interface Cell {
  readonly p: number;
  readonly q: number;
  readonly r: number;
  readonly s: number;
  /** Brightness in the bank picture less that in the subject. */
  readonly brightness: number;
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
  if (oddPart(cells, 1, 0) <= MAX_ODD_PART) return 'same';
  const { cos, sin } = commonTurn(cells);
  const turnDegrees = (Math.atan2(sin, cos) * 180) / Math.PI;
  const isExplained = oddPart(cells, cos, sin) <= MAX_ODD_PART;
  if (isExplained && Math.abs(turnDegrees) <= 20 && Math.hypot(cos, sin) > 0.4) return 'same';
  const meanSquare = cells.reduce((sum, cell) => sum + cell.brightness ** 2, 0) / cells.length;
  return Math.sqrt(meanSquare) <= MAX_EDIT_BRIGHTNESS ? 'edited' : 'variant';
}

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
      const sx = Math.floor((a * u + c * v + e) * CHROMA_CELLS);
      const sy = Math.floor((b * u + d * v + f) * CHROMA_CELLS);
      if (sx < 0 || sy < 0 || sx >= CHROMA_CELLS || sy >= CHROMA_CELLS) continue;
      const i = 2 * (y * CHROMA_CELLS + x);
      const j = 2 * (sy * CHROMA_CELLS + sx);
      const seen = cellMean(subject.luma, sx * step, sy * step, step);
      cells.push({
        p: bank.chroma[i] as number,
        q: bank.chroma[i + 1] as number,
        r: sign * (subject.chroma[j] as number),
        s: sign * (subject.chroma[j + 1] as number),
        brightness: cellMean(bank.luma, x * step, y * step, step) - (how.isInverted ? 255 - seen : seen),
      });
    }
  }
  return cells;
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
