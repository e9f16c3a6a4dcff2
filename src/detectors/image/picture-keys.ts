import { DCT_INPUT, gradientQuality, hashMirrorings, lowFrequencies, transposeHash } from './dct-hash.ts';
import { describePicture, type DescriptorSet } from './descriptors.ts';
import type { PictureEmbedding } from './embedding.ts';
import type { Hash256 } from './hash256.ts';
import { hashPdq, type PdqHash } from './pdq.ts';
import { lumaOf, sumAreas, type PictureRaster } from './raster.ts';
import { sampleAreas } from './sample-areas.ts';
import type { ImageSettings } from './settings.ts';
import { makeThumbnail, type Thumbnail } from './thumbnail.ts';
import { findWindows, type WindowName } from './windows.ts';

/** The eight ways to lay a picture down. `mirror` is left-right; `mirror-rN` is mirrored, then turned clockwise. */
export const ORIENTATIONS = [
  'r0',
  'r90',
  'r180',
  'r270',
  'mirror',
  'mirror-r90',
  'mirror-r180',
  'mirror-r270',
] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

/** The symmetric DCT-256 of one window. */
export interface WindowKey {
  readonly window: WindowName;
  /** x, y, width, height of the window as parts of the picture's width and height, 0–1. */
  readonly rect01: readonly [number, number, number, number];
  /** Detail in the window, 0–100; flat windows are alike and are not looked up. */
  readonly quality: number;
  /** Hashes of the window as it is, mirrored left-right, mirrored top-bottom, turned by 180°. */
  readonly mirrorings: readonly [Hash256, Hash256, Hash256, Hash256];
}

/** Everything that is stored of a picture to find it again. Same pixels, same keys. */
export interface PictureKeys {
  /** Size of the original, upright. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** For exchange with other banks; see `hashPdq`. */
  readonly pdq: PdqHash;
  /** `full` first. */
  readonly windows: readonly WindowKey[];
  readonly descriptors: DescriptorSet;
  readonly thumbnail: Thumbnail;
  /** Of the first frame, where the operator gave a model. */
  readonly embedding?: PictureEmbedding;
  /** Of an animated picture: the keys of further frames. */
  readonly otherFrames?: readonly PictureKeys[];
}

/** The keys of every frame, each by itself. */
export function framesOf(keys: PictureKeys): readonly PictureKeys[] {
  return keys.otherFrames === undefined ? [keys] : [keys, ...keys.otherFrames];
}

/** Computes the keys of a picture. `original` is the size before it was reduced to the raster. */
export function makePictureKeys(
  raster: PictureRaster,
  original: { readonly widthPx: number; readonly heightPx: number },
  settings: ImageSettings,
): PictureKeys {
  const luma = lumaOf(raster);
  const areas = sumAreas(luma.luma, luma);
  const grid = new Float32Array(DCT_INPUT * DCT_INPUT);
  const windows = findWindows(luma).map(({ name, rect }): WindowKey => {
    sampleAreas(areas, rect, { columns: DCT_INPUT, rows: DCT_INPUT, out: grid });
    return {
      window: name,
      rect01: [
        rect.x / raster.widthPx,
        rect.y / raster.heightPx,
        rect.width / raster.widthPx,
        rect.height / raster.heightPx,
      ],
      quality: gradientQuality(grid),
      mirrorings: hashMirrorings(lowFrequencies(grid)),
    };
  });
  return {
    widthPx: original.widthPx,
    heightPx: original.heightPx,
    pdq: hashPdq(luma, original),
    windows,
    descriptors: describePicture(areas, settings.descriptors),
    thumbnail: makeThumbnail(raster, areas),
  };
}

/** The hash of a window as it would be if the picture were laid down in another orientation. */
export function orientHash(key: WindowKey, orientation: Orientation): Hash256 {
  const [plain, mirrored, flipped, turned] = key.mirrorings;
  switch (orientation) {
    case 'r0':
      return plain;
    case 'mirror':
      return mirrored;
    case 'mirror-r180':
      return flipped;
    case 'r180':
      return turned;
    // A quarter turn is a transposition and one mirroring; transposing swaps the two mirrorings.
    case 'r90':
      return transposeHash(flipped);
    case 'r270':
      return transposeHash(mirrored);
    case 'mirror-r90':
      return transposeHash(turned);
    case 'mirror-r270':
      return transposeHash(plain);
  }
}
