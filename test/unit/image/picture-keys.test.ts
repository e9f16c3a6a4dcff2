import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hammingDistanceBits } from '../../../src/detectors/image/hash256.ts';
import {
  makePictureKeys,
  ORIENTATIONS,
  orientHash,
  type WindowKey,
} from '../../../src/detectors/image/picture-keys.ts';
import { decodePictureKeys, encodePictureKeys } from '../../../src/detectors/image/picture-keys-codec.ts';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { drawPicture, rearrange, shippedSettings } from './drawn-picture.ts';

const keysOf = (raster: PictureRaster) => makePictureKeys(raster, raster, shippedSettings);
const full = (raster: PictureRaster) => keysOf(raster).windows[0] as WindowKey;

/** Each orientation done to the pixels. */
function layDown(picture: PictureRaster, orientation: string): PictureRaster {
  const { widthPx: w, heightPx: h } = picture;
  const mirrored = orientation.startsWith('mirror') ? rearrange(picture, picture, (x, y) => [w - 1 - x, y]) : picture;
  if (orientation.endsWith('r90')) return rearrange(mirrored, { widthPx: h, heightPx: w }, (x, y) => [y, h - 1 - x]);
  if (orientation.endsWith('r180')) return rearrange(mirrored, picture, (x, y) => [w - 1 - x, h - 1 - y]);
  if (orientation.endsWith('r270')) return rearrange(mirrored, { widthPx: h, heightPx: w }, (x, y) => [w - 1 - y, x]);
  return mirrored;
}

describe('picture keys', () => {
  const picture = drawPicture(1);

  it.each(ORIENTATIONS)('know the hash of the picture laid down as %s without another look at it', (orientation) => {
    const expected = full(layDown(picture, orientation)).mirrorings[0];
    expect(hammingDistanceBits(orientHash(full(picture), orientation), expected)).toBeLessThanOrEqual(2);
  });

  it('turn over every bit when the picture is inverted', () => {
    const inverted = { ...picture, rgb: picture.rgb.map((value) => 255 - value) };
    expect(hammingDistanceBits(full(inverted).mirrorings[0], full(picture).mirrorings[0])).toBeGreaterThan(250);
  });

  it('set half of the bits of a hash', () => {
    const bits = [...(full(picture).mirrorings[0] as Uint32Array)].map((word) => word.toString(2).replaceAll('0', ''));
    expect(bits.join('').length).toBe(128);
  });

  it('survive encoding bit by bit, with the frames of an animation', () => {
    const keys = { ...keysOf(picture), otherFrames: [keysOf(drawPicture(2))] };
    const decoded = decodePictureKeys(encodePictureKeys(keys));
    if (decoded.kind !== 'keys') throw new Error(decoded.why);
    expect(encodePictureKeys(decoded.keys)).toEqual(encodePictureKeys(keys));
    expect(decoded.keys.windows[0]?.mirrorings).toEqual(keys.windows[0]?.mirrorings);
    expect(decoded.keys.descriptors.bits).toEqual(keys.descriptors.bits);
    expect(decoded.keys.otherFrames).toHaveLength(1);
  });

  it('are refused with a reason when they are damaged or of another version', () => {
    const bytes = encodePictureKeys(keysOf(picture));
    expect(decodePictureKeys(bytes.subarray(0, bytes.length - 1)).kind).toBe('unusable');
    expect(decodePictureKeys(bytes.with(0, 99))).toEqual({
      kind: 'unusable',
      why: 'keys of version 99, this build reads version 2',
    });
    expect(decodePictureKeys(new Uint8Array()).kind).toBe('unusable');
  });

  it('find the photo inside a plain border', () => {
    const bordered = rearrange(picture, { widthPx: 400, heightPx: 300 }, (x, y) => [
      Math.min(319, Math.max(0, x - 40)),
      Math.min(239, Math.max(0, y - 30)),
    ]);
    for (let y = 0; y < 300; y++) {
      for (let x = 0; x < 400; x++) {
        if (x >= 40 && x < 360 && y >= 30 && y < 270) continue;
        bordered.rgb.set([255, 255, 255], 3 * (y * 400 + x));
      }
    }
    const trimmed = keysOf(bordered).windows.find((window) => window.window === 'trimmed') as WindowKey;
    expect(hammingDistanceBits(trimmed.mirrorings[0], full(picture).mirrorings[0])).toBeLessThanOrEqual(8);
  });
});

describe('stored keys', () => {
  it('are the same bits in every build of their version: raise KEYS_VERSION where this fails', () => {
    const digests = [
      { seed: 1, widthPx: 250, heightPx: 250 },
      { seed: 2, widthPx: 479, heightPx: 301 },
      { seed: 3, widthPx: 97, heightPx: 240 },
    ].map(({ seed, ...size }) =>
      createHash('sha256')
        .update(encodePictureKeys(makePictureKeys(drawPicture(seed, size), size, shippedSettings)))
        .digest('hex')
        .slice(0, 16),
    );
    expect(digests).toMatchInlineSnapshot(`
      [
        "ccb8e08eb2c6c6e2",
        "59653ec331e5abef",
        "97edba80fc8d490c",
      ]
    `);
  });
});
