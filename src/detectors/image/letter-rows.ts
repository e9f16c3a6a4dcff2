import { boxOf, joinRegions } from './flat-regions.ts';
import type { Box, Region, RegionLabels } from './flat-regions.ts';

/** Letters below are not read well, larger ones are found without this; pixels of the picture. */
const MIN_LETTER_PX = 7;
const MAX_LETTER_PX = 140;
/** A letter's width by its height, of an `l` and of letters that touch. */
const MIN_ASPECT = 0.08;
const MAX_ASPECT = 3;
/** Part of its box that a letter covers. */
const MIN_FILL01 = 0.12;
/** Heights of neighbours, the taller by the lower: an `l` beside an `o`. */
const MAX_HEIGHT_RATIO = 2;
/** Between two neighbours, in heights of the taller. */
const MAX_GAP = 0.9;
/** Steepest line, as a slope: some 27°. */
const MAX_SLOPE = 0.5;
const MIN_LETTERS = 3;
const MAX_LETTERS = 40;
/** Mean distance of the middles of letters from their line, in heights. */
const MAX_SCATTER = 0.22;
/** Regions of one level that are looked at. */
const MAX_REGIONS = 600;

/** Letters of one line: flat regions of like height side by side, from left to right. */
export interface LetterRow {
  readonly members: readonly Region[];
  readonly box: Box;
  /** Of the line through their middles, and their height across it. */
  readonly slope: number;
  readonly heightPx: number;
  /** Mean distance of the middles of letters from their line, in heights. */
  readonly scatter: number;
}

/** The rows of what may be letters among the darker or the lighter regions of a picture. */
export function letterRows(labels: RegionLabels, isDark: boolean): readonly LetterRow[] {
  const letters = labels.regions
    .filter((region) => region.isDark === isDark && mayBeLetter(region, labels))
    .sort((a, b) => b.area - a.area)
    .slice(0, MAX_REGIONS)
    .sort((a, b) => a.left - b.left);
  return joinNeighbours(letters).flatMap((members) => rowOf(members) ?? []);
}

function mayBeLetter({ left, top, right, bottom, area }: Region, { widthPx, heightPx }: RegionLabels): boolean {
  const width = right - left;
  const height = bottom - top;
  return (
    height >= MIN_LETTER_PX &&
    height <= MAX_LETTER_PX &&
    width >= MIN_ASPECT * height &&
    width <= MAX_ASPECT * height &&
    area >= MIN_FILL01 * width * height &&
    left > 0 &&
    top > 0 &&
    right < widthPx &&
    bottom < heightPx
  );
}

/** Groups of letters, given from left to right, of which each stands beside another. */
const joinNeighbours = (letters: readonly Region[]): readonly (readonly Region[])[] =>
  joinRegions(letters, areNeighbours, (a, b) => b.left - a.right > MAX_GAP * MAX_LETTER_PX).filter(
    ({ length }) => length >= MIN_LETTERS && length <= MAX_LETTERS,
  );

function areNeighbours(a: Region, b: Region): boolean {
  const tall = Math.max(a.bottom - a.top, b.bottom - b.top);
  const low = Math.min(a.bottom - a.top, b.bottom - b.top);
  if (tall > MAX_HEIGHT_RATIO * low) return false;
  const gap = b.left - a.right;
  if (gap > MAX_GAP * tall || gap < -0.5 * low) return false;
  const across = middle(b).x - middle(a).x;
  return across > 0 && Math.abs(middle(b).y - middle(a).y) <= MAX_SLOPE * across + 0.25 * tall;
}

const middle = ({ left, top, right, bottom }: Region): { readonly x: number; readonly y: number } => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

/** The line through letters by least squares; undefined where they don't stand on one. */
function rowOf(members: readonly Region[]): LetterRow | undefined {
  const points = members.map(middle);
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  let xx = 0;
  let xy = 0;
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  const slope = xx === 0 ? 0 : xy / xx;
  if (Math.abs(slope) > MAX_SLOPE) return undefined;
  const heights = members.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b);
  // The tall ones: capitals, and letters that rise above the others.
  const heightPx = heights[Math.floor(heights.length * 0.8)] as number;
  const scatter =
    points.reduce((sum, { x, y }) => sum + Math.abs(y - meanY - slope * (x - meanX)), 0) / points.length / heightPx;
  if (scatter > MAX_SCATTER) return undefined;
  return { members, box: boxOf(members), slope, heightPx, scatter };
}
