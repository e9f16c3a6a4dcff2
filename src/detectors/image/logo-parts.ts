import { boxOf, type Box, type Region, type RegionLabels } from './flat-regions.ts';
import { letterRows, type LetterRow } from './letter-rows.ts';
import { labelLogo, MIN_AREA_PX, shapeOfRegions, type Shape } from './logo-shapes.ts';
import type { PictureRaster } from './raster.ts';

/** Part of a logo's ink that an emblem has at least: the dots and strokes about letters are none. */
const MIN_EMBLEM_INK01 = 0.25;

/**
 * The shapes by which a logo is found in photos, from its own picture: all of its ink; and, of an emblem with its name,
 * the emblem without the letters, since a photo seldom shows all of them as one.
 * Empty where the picture shows nothing.
 */
export function shapesOfLogo(raster: PictureRaster): readonly Shape[] {
  const labels = labelLogo(raster);
  const ink = labels.regions.filter(({ area, isDark }) => !isDark && area >= MIN_AREA_PX);
  if (ink.length === 0) return [];
  return [ink, ...emblemsOf(ink, labels)].map((members) => shapeOfRegions(labels, members));
}

function emblemsOf(ink: readonly Region[], labels: RegionLabels): readonly (readonly Region[])[] {
  const rows = letterRows(labels, false);
  const rest = without(ink, rows);
  if (rest.length === ink.length) return [];
  const least = MIN_EMBLEM_INK01 * areaOf(ink);
  // An emblem may be of letters or bars itself.
  if (areaOf(rest) < least)
    return rows.length < 2 ? [] : rows.map(({ members }) => members).filter((members) => areaOf(members) >= least);
  // Letters on a badge belong to it.
  const core = boxOf(rest);
  const outside = rows.filter(({ box }) => !isInside(box, core));
  return outside.length === 0 ? [] : [without(ink, outside)];
}

function without(ink: readonly Region[], rows: readonly LetterRow[]): readonly Region[] {
  const inRows = new Set(rows.flatMap(({ members }) => members.map(({ label }) => label)));
  return ink.filter(({ label }) => !inRows.has(label));
}

const areaOf = (regions: readonly Region[]): number => regions.reduce((sum, { area }) => sum + area, 0);

const isInside = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom;
