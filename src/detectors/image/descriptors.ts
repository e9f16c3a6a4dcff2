import {
  ANGLE_STEPS,
  DESCRIPTOR_BITS,
  PATCH_RADIUS_PX,
  PATTERN_ADVANCES,
  PATTERN_OFFSETS,
} from './descriptor-pattern.ts';
import { findCorners, type Corner } from './corners.ts';
import { HASH_WORDS } from './hash256.ts';
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
    if (corners.length > 0) levels.push({ number, pitch: image.widthPx, image, corners, smooth: blurLuma(image) });
  }
  return describeCorners(interleave(levels, settings.count));
}

/** The picture at one scale, with its corners, best spread first. */
interface Level {
  readonly number: number;
  readonly pitch: number;
  readonly image: LumaRaster;
  readonly smooth: Uint8Array;
  readonly corners: readonly Corner[];
}

function scaleTo(areas: SummedArea, widthPx: number, heightPx: number): LumaRaster | undefined {
  if (Math.min(widthPx, heightPx) < 2 * MARGIN_PX + 3) return undefined;
  const rect = { x: 0, y: 0, width: areas.widthPx, height: areas.heightPx };
  return { widthPx, heightPx, luma: sampleToBytes(areas, rect, { columns: widthPx, rows: heightPx }) };
}

/** Half widths of the rows of the disc over which the centroid is taken. */
const DISC = Int32Array.from({ length: 2 * PATCH_RADIUS_PX + 1 }, (_, i) =>
  Math.floor(Math.sqrt(PATCH_RADIUS_PX ** 2 - (i - PATCH_RADIUS_PX) ** 2)),
);

/** Sum of the squared distances of the disc's pixels from its middle row. */
const DISC_SECOND_MOMENT = DISC.reduce((sum, reach, i) => sum + (2 * reach + 1) * (i - PATCH_RADIUS_PX) ** 2, 0);

/** Part of the even rise that is taken away: measured best between none (0) and the least-squares plane (1). */
const RISE_TAKEN01 = 0.7;

/**
 * Direction from the corner to the brightness centroid of the disc around it, in steps of 1/64 turn, and how much
 * brightness rises in that direction, in steps a pixel.
 */
function orientationOf(
  smooth: Uint8Array,
  pitch: number,
  x: number,
  y: number,
): { readonly angleStep: number; readonly slope: number } {
  let mx = 0;
  let my = 0;
  for (let dy = -PATCH_RADIUS_PX; dy <= PATCH_RADIUS_PX; dy++) {
    const reach = DISC[dy + PATCH_RADIUS_PX] as number;
    const at = (y + dy) * pitch + x;
    let row = 0;
    for (let dx = -reach; dx <= reach; dx++) {
      const value = smooth[at + dx] as number;
      mx += dx * value;
      row += value;
    }
    my += dy * row;
  }
  const turn = Math.atan2(my, mx) / (2 * Math.PI);
  return {
    angleStep: ((Math.round(turn * ANGLE_STEPS) % ANGLE_STEPS) + ANGLE_STEPS) % ANGLE_STEPS,
    slope: (RISE_TAKEN01 * Math.sqrt(mx * mx + my * my)) / DISC_SECOND_MOMENT,
  };
}

function describePatch(
  smooth: Uint8Array,
  centre: number,
  how: {
    readonly pitch: number;
    readonly angleStep: number;
    readonly slope: number;
    /** Where the descriptor goes, from a word on. */
    readonly bits: Uint32Array;
    readonly word: number;
  },
): void {
  const { pitch, angleStep, slope, bits } = how;
  let at = angleStep * DESCRIPTOR_BITS * 4;
  for (let word = 0; word < HASH_WORDS; word++) {
    let value = 0;
    for (let bit = 0; bit < 32; bit++, at += 4) {
      const a = centre + (PATTERN_OFFSETS[at + 1] as number) * pitch + (PATTERN_OFFSETS[at] as number);
      const b = centre + (PATTERN_OFFSETS[at + 3] as number) * pitch + (PATTERN_OFFSETS[at + 2] as number);
      const rise = slope * (PATTERN_ADVANCES[word * 32 + bit] as number);
      value |= ((smooth[a] as number) - (smooth[b] as number) < rise ? 1 : 0) << bit;
    }
    bits[how.word + word] = value;
  }
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
  chosen.forEach(({ level: { number, pitch, image, smooth }, corner: { x, y } }, i) => {
    const longer = Math.max(image.widthPx, image.heightPx);
    const { angleStep, slope } = orientationOf(smooth, pitch, x, y);
    describePatch(smooth, y * pitch + x, { pitch, angleStep, slope, bits: set.bits, word: i * HASH_WORDS });
    // Pixel centres, so that positions of two scales agree.
    set.x01[i] = (x + 0.5) / longer;
    set.y01[i] = (y + 0.5) / longer;
    set.angleStep[i] = angleStep;
    set.level[i] = number;
  });
  return set;
}
