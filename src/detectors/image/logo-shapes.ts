import { boxOf, joinRegions, labelRegions, type Plane, type Region, type RegionLabels } from './flat-regions.ts';
import { bluenessOf, lumaOf, rednessOf, sumAreas, type PictureRaster } from './raster.ts';
import { sampleAreas } from './sample-areas.ts';

/** Rings and steps around the middle of a shape. */
export const SHAPE_RINGS = 14;
export const SHAPE_STEPS = 48;
export const SHAPE_CELLS = SHAPE_RINGS * SHAPE_STEPS;

/**
 * The outline of one or several flat regions that lie together, around their common centre and in their own size, so
 * that place and size don't matter and a turn is a shift of the steps. `ink`: share of each cell that is covered, 0–255,
 * ring by ring from within.
 */
export interface Shape {
  readonly ink: Uint8Array;
  /** x, y, width, height as parts of the picture's width and height. */
  readonly rect01: readonly [number, number, number, number];
  /** Brightness steps in which the shape was seen alike: the more, the more contrast. */
  readonly levels: number;
}

/** Longer side at which regions are looked for. */
const SIDE_PX = 400;
const FIRST_LEVEL = 20;
const LEVEL_STEP = 14;
/** Smaller regions are grain, larger ones ground; parts of the longer side. */
const MIN_SIDE01 = 0.09;
const MAX_SIDE01 = 0.75;
export const MIN_AREA_PX = 12;
/** Twice the difference of brightness to its ground from which on a pixel of a logo's picture is ink. */
const LOGO_CONTRAST = 75;
/** Regions nearer than this part of the larger one's side belong together: letters of a word, parts of an emblem. */
const GAPS01 = [0, 0.12, 0.3, 0.7] as const;
const MAX_REGIONS = 120;
/** The outermost ring lies so many radii of gyration from the centre. */
const REACH = 2.3;
const SUBSAMPLES = 2;

/** The flat shapes of a picture, those with most contrast first, at most `limit`. */
export function findShapes(raster: PictureRaster, limit: number): readonly Shape[] {
  const planes = grounds(raster);
  const found: Shape[] = [];
  for (const plane of planes) {
    for (let level = FIRST_LEVEL; level < 250; level += LEVEL_STEP) {
      const labels = labelRegions(plane, level);
      for (const isDark of [true, false]) {
        for (const members of groupsOf(labels, isDark)) merge(found, shapeOfRegions(labels, members));
      }
    }
  }
  return found.sort((a, b) => b.levels - a.levels).slice(0, limit);
}

/** The regions of a logo's own picture, up to 400 pixels a side; what is not its ground is light. */
export function labelLogo(raster: PictureRaster): RegionLabels {
  const luma = scaled(raster, lumaOf(raster).luma);
  const edge: number[] = [];
  for (let x = 0; x < luma.widthPx; x++) edge.push(luma.values[x]!, luma.values[luma.values.length - 1 - x]!);
  const ground = edge.sort((a, b) => a - b)[edge.length >> 1] as number;
  const contrast = luma.values.map((value) => Math.min(255, 2 * Math.abs(value - ground)));
  return labelRegions({ ...luma, values: contrast }, LOGO_CONTRAST);
}

/** The one shape of everything that is at least half as bright as can be. */
export function shapeOfMask(mask: Plane): Shape | undefined {
  const labels = labelRegions(mask, 128);
  const members = labels.regions.filter(({ area, isDark }) => !isDark && area >= MIN_AREA_PX);
  return members.length === 0 ? undefined : shapeOfRegions(labels, members);
}

/**
 * Brightness; and red, and blue, against the other two: a red sign on grass has no contrast in brightness, nor has a
 * yellow one on white.
 */
function grounds(raster: PictureRaster): readonly Plane[] {
  return [lumaOf(raster).luma, rednessOf(raster), bluenessOf(raster)].map((values) => scaled(raster, values));
}

function scaled(raster: PictureRaster, values: Uint8Array): Plane {
  const areas = sumAreas(values, raster);
  const longer = Math.max(raster.widthPx, raster.heightPx);
  const columns = Math.max(8, Math.round((raster.widthPx * SIDE_PX) / longer));
  const rows = Math.max(8, Math.round((raster.heightPx * SIDE_PX) / longer));
  const out = new Float32Array(columns * rows);
  const rect = { x: 0, y: 0, width: raster.widthPx, height: raster.heightPx };
  sampleAreas(areas, rect, { columns, rows, out });
  return { widthPx: columns, heightPx: rows, values: Uint8Array.from(out) };
}

/** Regions by themselves, and together with their neighbours at several distances. */
function groupsOf({ regions, widthPx, heightPx }: RegionLabels, isDark: boolean): readonly (readonly Region[])[] {
  const longer = Math.max(widthPx, heightPx);
  const usable = regions
    .filter(
      ({ area, left, top, right, bottom, ...rest }) =>
        rest.isDark === isDark &&
        area >= MIN_AREA_PX &&
        Math.max(right - left, bottom - top) <= MAX_SIDE01 * longer &&
        left > 0 &&
        top > 0 &&
        right < widthPx &&
        bottom < heightPx,
    )
    .sort((a, b) => b.area - a.area)
    .slice(0, MAX_REGIONS);
  const seen = new Set<string>();
  const groups: (readonly Region[])[] = [];
  for (const gap01 of GAPS01) {
    for (const group of gap01 === 0 ? usable.map((one) => [one]) : joinNear(usable, gap01)) {
      const { left, top, right, bottom } = boxOf(group);
      const side = Math.max(right - left, bottom - top);
      const key = `${left},${top},${side},${group.length}`;
      if (side < MIN_SIDE01 * longer || side > MAX_SIDE01 * longer || seen.has(key)) continue;
      seen.add(key);
      groups.push(group);
    }
  }
  return groups;
}

function joinNear(regions: readonly Region[], gap01: number): readonly (readonly Region[])[] {
  const areNear = (a: Region, b: Region): boolean => {
    const gapX = Math.max(0, a.left - b.right, b.left - a.right);
    const gapY = Math.max(0, a.top - b.bottom, b.top - a.bottom);
    const side = Math.max(a.right - a.left, a.bottom - a.top, b.right - b.left, b.bottom - b.top);
    return Math.max(gapX, gapY) <= gap01 * side;
  };
  return joinRegions(regions, areNear).filter((group) => group.length > 1);
}

/** The one shape of these regions together. */
export function shapeOfRegions(
  { labels, regions, widthPx, heightPx }: RegionLabels,
  members: readonly Region[],
): Shape {
  let area = 0;
  let sumX = 0;
  let sumY = 0;
  let sumSquares = 0;
  const isMember = new Uint8Array(regions.length + 1);
  for (const region of members) {
    area += region.area;
    sumX += region.sumX;
    sumY += region.sumY;
    sumSquares += region.sumSquares;
    isMember[region.label] = 1;
  }
  const cx = sumX / area;
  const cy = sumY / area;
  const reach = REACH * Math.sqrt(Math.max(1, sumSquares / area - cx * cx - cy * cy));
  const ink = new Uint8Array(SHAPE_CELLS);
  for (let ring = 0; ring < SHAPE_RINGS; ring++) {
    for (let step = 0; step < SHAPE_STEPS; step++) {
      let hits = 0;
      for (let r = 0; r < SUBSAMPLES; r++) {
        const radius = (reach * (ring + (r + 0.5) / SUBSAMPLES)) / SHAPE_RINGS;
        for (let a = 0; a < SUBSAMPLES; a++) {
          const angle = (2 * Math.PI * (step + (a + 0.5) / SUBSAMPLES)) / SHAPE_STEPS;
          const x = Math.round(cx + radius * Math.cos(angle));
          const y = Math.round(cy + radius * Math.sin(angle));
          if (x >= 0 && y >= 0 && x < widthPx && y < heightPx && isMember[labels[y * widthPx + x]!] === 1) hits++;
        }
      }
      ink[ring * SHAPE_STEPS + step] = (255 * hits) / (SUBSAMPLES * SUBSAMPLES);
    }
  }
  const { left, top, right, bottom } = boxOf(members);
  return {
    ink,
    rect01: [left / widthPx, top / heightPx, (right - left) / widthPx, (bottom - top) / heightPx],
    levels: 1,
  };
}

/** A shape that was seen at the level before in the same place is the same, and more certain. */
function merge(found: Shape[], shape: Shape): void {
  const [x, y, w, h] = shape.rect01;
  for (let i = found.length - 1; i >= Math.max(0, found.length - 400); i--) {
    const known = found[i] as Shape;
    const [kx, ky, kw, kh] = known.rect01;
    const tolerance = 0.03 * Math.max(w, h) + 0.004;
    const isSamePlace =
      Math.abs(x - kx) < tolerance &&
      Math.abs(y - ky) < tolerance &&
      Math.abs(w - kw) < tolerance &&
      Math.abs(h - kh) < tolerance;
    if (!isSamePlace || inkDistance(known.ink, shape.ink) > 0.12) continue;
    found[i] = { ...known, levels: known.levels + 1 };
    return;
  }
  found.push(shape);
}

function inkDistance(a: Uint8Array, b: Uint8Array): number {
  let differ = 0;
  let all = 0;
  for (let i = 0; i < SHAPE_CELLS; i++) {
    differ += Math.abs(a[i]! - b[i]!);
    all += Math.max(a[i]!, b[i]!);
  }
  return all === 0 ? 1 : differ / all;
}
