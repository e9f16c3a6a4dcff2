import { describe, expect, it } from 'vitest';
import { createLogoIndex } from '../../../src/detectors/image/logo-index.ts';
import { shapesOfLogo } from '../../../src/detectors/image/logo-parts.ts';
import { findShapes } from '../../../src/detectors/image/logo-shapes.ts';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { shippedSettings } from './drawn-picture.ts';

const SIDE_PX = 400;

type Inside = (x: number, y: number) => boolean;

/** A bent arrow with a dot, 160 pixels a side, from this corner on. */
const emblemAt =
  (left: number, top: number): Inside =>
  (px, py) => {
    const x = (px - left) / 160 - 0.5;
    const y = (py - top) / 160 - 0.5;
    return (
      (Math.abs(x + 0.3) < 0.09 && Math.abs(y) < 0.45) ||
      (Math.abs(y - 0.36) < 0.09 && x > -0.35 && x < 0.4) ||
      (x > 0.1 && x < 0.45 && Math.abs(y + 0.15) < (0.45 - x) * 0.7) ||
      (x - 0.05) ** 2 + (y - 0.1) ** 2 < 0.008
    );
  };

/** Letters of one height, an H and an L by turns. */
const lettersAt =
  (left: number, top: number, count: number): Inside =>
  (px, py) => {
    const at = Math.floor((px - left) / 32);
    const x = px - left - 32 * at;
    const y = py - top;
    if (at < 0 || at >= count || y < 0 || y >= 36 || x >= 24) return false;
    return at % 2 === 0 ? x < 6 || x >= 18 || (y >= 15 && y < 21) : x < 6 || y >= 30;
  };

function draw(inks: readonly Inside[], ground = 255, ink = 0): PictureRaster {
  const rgb = new Uint8Array(3 * SIDE_PX * SIDE_PX).fill(ground);
  for (let i = 0; i < SIDE_PX * SIDE_PX; i++) {
    if (inks.some((isInk) => isInk(i % SIDE_PX, Math.floor(i / SIDE_PX)))) rgb.fill(ink, 3 * i, 3 * i + 3);
  }
  return { widthPx: SIDE_PX, heightPx: SIDE_PX, rgb };
}

const logoOf = (picture: PictureRaster) => ({
  id: 'logo',
  bank: 'LOGO' as const,
  contentSha256: '0'.repeat(64),
  shapes: shapesOfLogo(picture),
  ownerLabel: 'Hilet',
  uploadedAtMs: 0,
});

describe('the shapes of a submitted logo', () => {
  it.each([
    ['below the emblem', [emblemAt(120, 60), lettersAt(104, 260, 6)], [0.32, 0.16]],
    ['beside the emblem', [emblemAt(20, 120), lettersAt(200, 180, 6)], [0.07, 0.31]],
  ] as const)('are all of it, and the emblem alone where its name stands %s', (_where, inks, corner) => {
    const [whole, emblem, ...more] = shapesOfLogo(draw(inks));
    expect(more).toHaveLength(0);
    expect(whole!.rect01[2] * whole!.rect01[3]).toBeGreaterThan(1.5 * emblem!.rect01[2] * emblem!.rect01[3]);
    expect(emblem!.rect01[0]).toBeCloseTo(corner[0], 1);
    expect(emblem!.rect01[1]).toBeCloseTo(corner[1], 1);
    expect(emblem!.rect01[3]).toBeLessThan(0.42);
  });

  it('are one where there are only letters or only an emblem, and none of a blank picture', () => {
    expect(shapesOfLogo(draw([lettersAt(60, 180, 8)]))).toHaveLength(1);
    expect(shapesOfLogo(draw([emblemAt(120, 120)]))).toHaveLength(1);
    expect(shapesOfLogo(draw([]))).toHaveLength(0);
  });

  it('find the emblem in a picture that does not show the name', () => {
    const index = createLogoIndex(shippedSettings.logos);
    const logo = logoOf(draw([emblemAt(120, 60), lettersAt(104, 260, 6)]));
    index.add(logo);
    const shapes = findShapes(draw([emblemAt(180, 150)], 60, 210), 96);
    expect(index.search(shapes)).toMatchObject([{ logo: { id: 'logo' }, part: logo.shapes[1] }]);
    expect(index.search(findShapes(draw([lettersAt(104, 260, 6)], 60, 210), 96))).toHaveLength(0);
    index.add({ ...logo, shapes: [logo.shapes[0]!] });
    expect(index.search(shapes)).toHaveLength(0);
  });

  it('need be less alike where the picture names the mark', () => {
    const index = createLogoIndex(shippedSettings.logos);
    index.add({ ...logoOf(draw([emblemAt(120, 120)])), markId: 'm-1' });
    // A bar of the arrow is hidden, and a corner is in the way.
    const hidden: Inside = (x, y) => emblemAt(180, 150)(x, y) && x > 245;
    const bar: Inside = (x, y) => x >= 200 && x < 225 && y >= 158 && y < 302;
    const shapes = findShapes(draw([bar, hidden], 60, 210), 96);
    expect(index.search(shapes)).toHaveLength(0);
    expect(index.search(shapes, new Set(['m-2']))).toHaveLength(0);
    expect(index.search(shapes, new Set(['m-1']))).toHaveLength(1);
  });
});
