import { ANGLE_STEPS, PATCH_RADIUS_PX } from './descriptor-pattern.ts';
import { findCorners, type Corner } from './corners.ts';
import { HASH_WORDS } from './hash256.ts';
import { DISC_SECOND_MOMENT, openPatches } from './patches.ts';
import { blurLuma } from './raster-filters.ts';
import { type LumaRaster, type SummedArea } from './raster.ts';
import { sampleToBytes } from './sample-areas.ts';
import type { DescriptorSettings } from './settings.ts';

/** Local binary descriptors of a picture, best spread first: every prefix covers picture and scales evenly. */
export interface DescriptorSet {
  readonly count: number;
  /** 8 words each. */
  readonly bits: Uint32Array;
  /** Position as a part of the longer side of the picture, 0–1. */
  readonly x01: Float32Array;
  readonly y01: Float32Array;
  /** Orientation in steps of 1/64 turn, 0–63. */
  readonly angleStep: Uint8Array;
  /** Index into the scales: level k sees the picture with a longer side of `scaleSidePx(k)`. */
  readonly level: Uint8Array;
}

/** Longer side in pixels of the picture at a scale. */
function scaleSidePx(level: number, settings: DescriptorSettings): number {
  return Math.round(settings.baseSidePx / settings.scaleStep ** level);
}

/** A corner stays this far from the border, so that its whole patch is inside. */
const MARGIN_PX = PATCH_RADIUS_PX + 1;

/**
 * Oriented BRIEF descriptors at corners of several scales, spread over a grid so that text cannot take them all.
 * Source: ORB (Rublee et al. 2011) with Harris corners, adaptive non-maximal spreading by grid cells and a symmetric
 * pattern of our own.
 */
export function describePicture(areas: SummedArea, settings: DescriptorSettings): DescriptorSet {
  const longer = Math.max(areas.widthPx, areas.heightPx);
  const levels: Level[] = [];
  for (let number = 0; number < settings.levels; number++) {
    const scale = scaleSidePx(number, settings) / longer;
    const image = scaleTo(areas, Math.round(areas.widthPx * scale), Math.round(areas.heightPx * scale));
    if (image === undefined) continue;
    const corners = findCorners(image, { marginPx: MARGIN_PX, count: settings.countPerLevel, cells: settings.cells });
    if (corners.length > 0) levels.push({ number, image, corners, smooth: blurLuma(image) });
  }
  return describeCorners(interleave(levels, settings.count));
}

/** The picture at one scale, with its corners, best spread first. */
interface Level {
  readonly number: number;
  readonly image: LumaRaster;
  readonly smooth: Uint8Array;
  readonly corners: readonly Corner[];
}

function scaleTo(areas: SummedArea, widthPx: number, heightPx: number): LumaRaster | undefined {
  if (Math.min(widthPx, heightPx) < 2 * MARGIN_PX + 3) return undefined;
  const rect = { x: 0, y: 0, width: areas.widthPx, height: areas.heightPx };
  return { widthPx, heightPx, luma: sampleToBytes(areas, rect, { columns: widthPx, rows: heightPx }) };
}

/** Part of the even rise that is taken away: measured best between none (0) and the least-squares plane (1). */
const RISE_TAKEN01 = 0.7;

/**
 * Direction from the corner to the brightness centroid of the disc around it, in steps of 1/64 turn, and how much
 * brightness rises in that direction, in steps a pixel.
 */
function orientationOf(mx: number, my: number): { readonly angleStep: number; readonly slope: number } {
  const turn = Math.atan2(my, mx) / (2 * Math.PI);
  return {
    angleStep: ((Math.round(turn * ANGLE_STEPS) % ANGLE_STEPS) + ANGLE_STEPS) % ANGLE_STEPS,
    slope: (RISE_TAKEN01 * Math.sqrt(mx * mx + my * my)) / DISC_SECOND_MOMENT,
  };
}

interface ChosenCorner {
  readonly level: Level;
  readonly corner: Corner;
}

/** Takes the best of every scale in turn, until `count` are taken. */
function interleave(levels: readonly Level[], count: number): readonly ChosenCorner[] {
  const chosen: ChosenCorner[] = [];
  const deepest = Math.max(0, ...levels.map(({ corners }) => corners.length));
  for (let rank = 0; rank < deepest && chosen.length < count; rank++) {
    for (const level of levels) {
      const corner = level.corners[rank];
      if (corner !== undefined && chosen.length < count) chosen.push({ level, corner });
    }
  }
  return chosen;
}

function describeCorners(chosen: readonly ChosenCorner[]): DescriptorSet {
  const set = {
    count: chosen.length,
    bits: new Uint32Array(chosen.length * HASH_WORDS),
    x01: new Float32Array(chosen.length),
    y01: new Float32Array(chosen.length),
    angleStep: new Uint8Array(chosen.length),
    level: new Uint8Array(chosen.length),
  };
  const places = new Map<Level, number[]>();
  chosen.forEach(({ level }, i) => places.set(level, [...(places.get(level) ?? []), i]));
  for (const [{ number, image, smooth }, numbers] of places) {
    const longer = Math.max(image.widthPx, image.heightPx);
    const patches = openPatches(smooth, image.widthPx);
    const corners = numbers.map((i) => (chosen[i] as ChosenCorner).corner);
    const moments = patches.moments(corners);
    corners.forEach((corner, k) => {
      const i = numbers[k] as number;
      const { angleStep, slope } = orientationOf(moments[2 * k] as number, moments[2 * k + 1] as number);
      set.bits.set(patches.compare(corner, angleStep, slope), i * HASH_WORDS);
      // Pixel centres, so that positions of two scales agree.
      set.x01[i] = (corner.x + 0.5) / longer;
      set.y01[i] = (corner.y + 0.5) / longer;
      set.angleStep[i] = angleStep;
      set.level[i] = number;
    });
  }
  return set;
}
