import { describe, expect, it } from 'vitest';
import { hammingDistanceBits } from '../../../src/detectors/image/hash256.ts';
import { rereadDescriptors } from '../../../src/detectors/image/local-match.ts';
import { makePictureKeys, type PictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { drawPicture, rearrange, shippedSettings } from './drawn-picture.ts';

const keysOf = (raster: PictureRaster): PictureKeys => makePictureKeys(raster, raster, shippedSettings);

/** Part of the descriptors that have one of the same place and nearly the same bits in the other picture. */
function partFound(mine: PictureKeys['descriptors'], theirs: PictureKeys['descriptors']): number {
  let found = 0;
  for (let i = 0; i < mine.count; i++) {
    for (let j = 0; j < theirs.count; j++) {
      const distance = Math.hypot(
        (mine.x01[i] as number) - (theirs.x01[j] as number),
        (mine.y01[i] as number) - (theirs.y01[j] as number),
      );
      if (distance > 0.01 || mine.level[i] !== theirs.level[j]) continue;
      if (hammingDistanceBits(mine.bits, theirs.bits, i * 8, j * 8) <= 24) {
        found++;
        break;
      }
    }
  }
  return found / mine.count;
}

describe('descriptors', () => {
  const picture = drawPicture(31);
  const keys = keysOf(picture);
  const mirrored = rearrange(picture, picture, (x, y) => [picture.widthPx - 1 - x, y]);
  const inverted = { ...picture, rgb: picture.rgb.map((value) => 255 - value) };

  it('cover the picture: every quarter has its share', () => {
    const quarters = [0, 0, 0, 0];
    for (let i = 0; i < keys.descriptors.count; i++) {
      const right = (keys.descriptors.x01[i] as number) > 0.5 ? 1 : 0;
      const low = (keys.descriptors.y01[i] as number) > 0.375 ? 2 : 0;
      quarters[right + low] = (quarters[right + low] as number) + 1;
    }
    expect(Math.min(...quarters)).toBeGreaterThan(keys.descriptors.count / 10);
  });

  it('of a mirrored picture are a reordering of the bits', () => {
    const reread = rereadDescriptors(keysOf(mirrored).descriptors, { isMirrored: true, isInverted: false }, 1);
    expect(partFound(keys.descriptors, reread)).toBeGreaterThan(0.9);
    expect(partFound(keys.descriptors, keysOf(mirrored).descriptors)).toBeLessThan(0.1);
  });

  it('of an inverted picture are a reordering of the bits, turned over', () => {
    const reread = rereadDescriptors(keysOf(inverted).descriptors, { isMirrored: false, isInverted: true }, 1);
    expect(partFound(keys.descriptors, reread)).toBeGreaterThan(0.9);
    expect(partFound(keys.descriptors, keysOf(inverted).descriptors)).toBeLessThan(0.1);
  });

  it('of a turned picture keep their bits', () => {
    const turned = rearrange(picture, { widthPx: picture.heightPx, heightPx: picture.widthPx }, (x, y) => [
      y,
      picture.heightPx - 1 - x,
    ]);
    const theirs = keysOf(turned).descriptors;
    // Turned clockwise: a place (x, y) comes to lie at (height − y, x).
    const back = {
      ...theirs,
      x01: theirs.y01,
      y01: theirs.x01.map((x) => picture.heightPx / picture.widthPx - x),
    };
    expect(partFound(keys.descriptors, back)).toBeGreaterThan(0.8);
  });
});
