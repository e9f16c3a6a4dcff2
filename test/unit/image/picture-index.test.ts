import { describe, expect, it } from 'vitest';
import { createPictureIndex, type BankPicture } from '../../../src/detectors/image/picture-index.ts';
import { makePictureKeys, type PictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import { areTwins } from '../../../src/detectors/image/picture-twins.ts';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { drawPicture, rearrange, seededRandom, shippedSettings } from './drawn-picture.ts';

const keysOf = (raster: PictureRaster): PictureKeys => makePictureKeys(raster, raster, shippedSettings);
const original = drawPicture(21);
const query = keysOf(rearrange(original, { widthPx: 290, heightPx: 220 }, (x, y) => [x + 14, y + 9]));

/** The same picture as another program saves it. */
const savedAgain = (picture: PictureRaster, seed: number): PictureRaster => {
  const random = seededRandom(seed);
  return { ...picture, rgb: picture.rgb.map((value) => Math.max(0, Math.min(255, value + 4 * (random() - 0.5)))) };
};
/** The same picture with a part cut off at the left. */
const cropped = (picture: PictureRaster, px: number): PictureRaster =>
  rearrange(picture, { widthPx: picture.widthPx - px, heightPx: picture.heightPx }, (x, y) => [x + px, y]);

const entry = (id: string, keys: PictureKeys, told: Partial<BankPicture> = {}): BankPicture => ({
  id,
  bank: 'SELLERS',
  keys,
  contentSha256: '0'.repeat(64),
  uploadedAtMs: 1_000,
  ownerLabel: id,
  ...told,
});

describe('a picture that hundreds show', () => {
  const index = createPictureIndex(shippedSettings);
  const saved = Array.from({ length: 6 }, (_, i) => keysOf(savedAgain(original, i)));
  for (let i = 0; i < 360; i++) index.add(entry(`seller-${i}`, saved[i % saved.length]!));
  // Owner and rights holder come last: a lower number in the index must not be what counts.
  index.add(entry('first', keysOf(original), { uploadedAtMs: 1 }));
  index.add(entry('protected', keysOf(cropped(original, 12)), { bank: 'PROTECTED', uploadedAtMs: 5_000 }));

  it('is found with each of them, with the earliest and with the rights holder', () => {
    const found = new Set(index.search(query).map((match) => match.entry.id));
    expect([...found].filter((id) => id.startsWith('seller-'))).toHaveLength(360);
    expect(found).toContain('first');
    expect(found).toContain('protected');
  });

  it('is still found with the rights holder where every seller cropped it another way', () => {
    const own = createPictureIndex(shippedSettings);
    for (let i = 0; i < 60; i++) own.add(entry(`seller-${i}`, keysOf(cropped(original, 1 + i))));
    own.add(entry('protected', keysOf(original), { bank: 'PROTECTED', uploadedAtMs: 5_000 }));
    const found = own.search(query).map((match) => match.entry.id);
    expect(found).toContain('protected');
    expect(found.length).toBeGreaterThan(shippedSettings.maxCandidates);
  });
});

describe('a picture that changes its bank', () => {
  const index = createPictureIndex(shippedSettings);
  const found = (bank: BankPicture['bank']) => index.search(query, { banks: [bank] }).map(({ entry: { id } }) => id);

  it('is found in the bank where it is now, and there until it is taken out', () => {
    index.add(entry('one', keysOf(original)));
    expect([found('SELLERS'), found('PROTECTED')]).toEqual([['one'], []]);
    index.add(entry('one', keysOf(original), { bank: 'PROTECTED' }));
    expect([found('SELLERS'), found('PROTECTED')]).toEqual([[], ['one']]);
    index.remove('one');
    expect([found('SELLERS'), found('PROTECTED')]).toEqual([[], []]);
    index.add(entry('one', keysOf(original), { bank: 'PROTECTED' }));
    expect(found('PROTECTED')).toEqual(['one']);
  });
});

describe('twins', () => {
  const keys = keysOf(original);

  it('are one picture saved twice', () => {
    expect(areTwins(keys, keysOf(savedAgain(original, 7)))).toBe(true);
  });

  it('are no two pictures of which one was cropped, mirrored, darkened or recoloured', () => {
    expect(areTwins(keys, keysOf(cropped(original, 16)))).toBe(false);
    expect(areTwins(keys, keysOf(rearrange(original, original, (x, y) => [original.widthPx - 1 - x, y])))).toBe(false);
    expect(areTwins(keys, keysOf({ ...original, rgb: original.rgb.map((value) => value * 0.9) }))).toBe(false);
    const swapped = original.rgb.map((_, i) => original.rgb[i - (i % 3) + ((i + 1) % 3)] as number);
    expect(areTwins(keys, keysOf({ ...original, rgb: swapped }))).toBe(false);
  });
});
