import { labelRegions } from './flat-regions.ts';
import type { Box, Plane, RegionLabels } from './flat-regions.ts';
import { letterRows, type LetterRow } from './letter-rows.ts';
import { bluenessOf, localContrastOf, lumaOf, rednessOf, type PictureRaster } from './raster.ts';

const FIRST_LEVEL = 20;
const LEVEL_STEP = 9;
/** Some letters' height: their ground is what lies about them. */
const CONTRAST_RADIUS_PX = 28;
/** Lines that are kept in one place, and of a picture. */
const LINES_A_PLACE = 2;
const MAX_LINES = 16;

/** Height that letters have on the page, the room about each line, and the longest line; pixels. */
const LETTER_PX = 36;
const MARGIN_PX = 14;
const MAX_LINE_PX = 1_400;

/** A row of letters with the picture that it was found in. */
interface TextLine extends LetterRow {
  readonly plane: Plane;
  readonly labels: RegionLabels;
  /** The more letters and the straighter, the better. */
  readonly merit: number;
}

/**
 * Everything in a picture that may be a line of words, straightened, black on white and of one height, line below line;
 * undefined where there is none. A reader that goes astray in folds and patterns reads words on goods from it. Lines are
 * looked for at many levels of brightness, of red and of blue, since no single one parts letters from every ground.
 */
export function pageOfLines(raster: PictureRaster): Plane | undefined {
  const kept: TextLine[] = [];
  for (const values of [
    lumaOf(raster).luma,
    localContrastOf(raster, CONTRAST_RADIUS_PX),
    rednessOf(raster),
    bluenessOf(raster),
  ]) {
    const plane: Plane = { widthPx: raster.widthPx, heightPx: raster.heightPx, values };
    for (let level = FIRST_LEVEL; level < 250; level += LEVEL_STEP) {
      const labels = labelRegions(plane, level);
      for (const isDark of [true, false]) {
        for (const row of letterRows(labels, isDark)) keepBest(kept, toLine(row, plane, labels));
      }
      // Each line holds the labels of its level: a picture must not hold those of all.
      kept.sort((a, b) => b.merit - a.merit).splice(2 * MAX_LINES);
    }
  }
  const lines = kept.slice(0, MAX_LINES);
  return lines.length === 0 ? undefined : stack(lines.map(straighten));
}

function toLine(row: LetterRow, plane: Plane, labels: RegionLabels): TextLine {
  return { ...row, plane, labels, merit: Math.min(row.members.length, 12) * (1 - 2 * row.scatter) };
}

/** Of lines in one place the best few stay: at another level letters run together, or lose a part. */
function keepBest(kept: TextLine[], line: TextLine): void {
  const rivals = kept.filter((other) => isSamePlace(other.box, line.box));
  if (rivals.length < LINES_A_PLACE) {
    kept.push(line);
    return;
  }
  const worst = rivals.reduce((a, b) => (a.merit <= b.merit ? a : b));
  if (worst.merit < line.merit) kept[kept.indexOf(worst)] = line;
}

/** Whether most of the smaller box lies in the other. */
function isSamePlace(a: Box, b: Box): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return false;
  const smaller = Math.min((a.right - a.left) * (a.bottom - a.top), (b.right - b.left) * (b.bottom - b.top));
  return width * height > 0.5 * smaller;
}

/**
 * The letters alone, turned level and brought to the height of the page. What is within a pixel of a letter keeps its
 * brightness, from that of the letters to that of their ground, so that edges stay smooth; the rest is white.
 */
function straighten(line: TextLine): Plane {
  const { members, slope, heightPx } = line;
  const darkness = inkOf(line);
  const angle = Math.atan(slope);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners = members.flatMap(({ left, top, right, bottom }) => [
    [left, top] as const,
    [right, top] as const,
    [left, bottom] as const,
    [right, bottom] as const,
  ]);
  const along = corners.map(([x, y]) => x * cos + y * sin);
  const across = corners.map(([x, y]) => y * cos - x * sin);
  const [left, right] = [Math.min(...along), Math.max(...along)];
  const [top, bottom] = [Math.min(...across), Math.max(...across)];
  const scale = Math.min(LETTER_PX / heightPx, (MAX_LINE_PX - 2 * MARGIN_PX) / (right - left));
  const columns = Math.ceil((right - left) * scale) + 2 * MARGIN_PX;
  const rows = Math.ceil((bottom - top) * scale) + 2 * MARGIN_PX;
  const values = new Uint8Array(columns * rows);
  for (let row = 0, at = 0; row < rows; row++) {
    const v = top + (row - MARGIN_PX + 0.5) / scale;
    for (let column = 0; column < columns; column++, at++) {
      const u = left + (column - MARGIN_PX + 0.5) / scale;
      const x = u * cos - v * sin - 0.5;
      const y = u * sin + v * cos - 0.5;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - x0, y - y0];
      const above = darkness(x0, y0) * (1 - fx) + darkness(x0 + 1, y0) * fx;
      const below = darkness(x0, y0 + 1) * (1 - fx) + darkness(x0 + 1, y0 + 1) * fx;
      values[at] = Math.round(255 * (1 - above * (1 - fy) - below * fy));
    }
  }
  return { widthPx: columns, heightPx: rows, values };
}

/** How much of the letters' brightness a pixel has, 0–1; 0 where no letter is within a pixel. */
function inkOf({ plane, labels, members, box }: TextLine) {
  const { widthPx, heightPx } = plane;
  const isMember = new Uint8Array(labels.regions.length + 1);
  for (const { label } of members) isMember[label] = 1;
  const isLetter = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < widthPx && y < heightPx && isMember[labels.labels[y * widthPx + x]!] === 1;
  const { left, top, right, bottom } = box;
  const sums = [0, 0];
  const counts = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const kind = isLetter(x, y) ? 1 : 0;
      sums[kind]! += plane.values[y * widthPx + x]!;
      counts[kind]!++;
    }
  }
  const ground = sums[0]! / Math.max(1, counts[0]!);
  const contrast = sums[1]! / Math.max(1, counts[1]!) - ground;
  return (x: number, y: number): number => {
    if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return 0;
    let isNear = isLetter(x, y);
    for (let dy = -1; dy <= 1 && !isNear; dy++) {
      for (let dx = -1; dx <= 1 && !isNear; dx++) isNear = isLetter(x + dx, y + dy);
    }
    if (!isNear) return 0;
    return Math.max(0, Math.min(1, (plane.values[y * widthPx + x]! - ground) / contrast));
  };
}

/** Planes one below the other, on white. */
function stack(planes: readonly Plane[]): Plane {
  const widthPx = Math.max(...planes.map((plane) => plane.widthPx));
  const heightPx = planes.reduce((sum, plane) => sum + plane.heightPx, 0);
  const values = new Uint8Array(widthPx * heightPx).fill(255);
  let row = 0;
  for (const plane of planes) {
    for (let y = 0; y < plane.heightPx; y++, row++) {
      values.set(plane.values.subarray(y * plane.widthPx, (y + 1) * plane.widthPx), row * widthPx);
    }
  }
  return { widthPx, heightPx, values };
}
