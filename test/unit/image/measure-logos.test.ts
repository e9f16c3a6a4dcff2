import { describe, expect, it } from 'vitest';
import type { LogoInk } from '../../../src/evaluation/images/logo-scenes.ts';
import { measureLogos } from '../../../src/evaluation/images/measure-logos.ts';
import { drawPicture, shippedSettings } from './drawn-picture.ts';

const SIDE = 40;
/** A bent bar: something with an outline. */
const logo: LogoInk = {
  name: 'a',
  widthPx: SIDE,
  heightPx: SIDE,
  ink: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE < 8 || i >= SIDE * (SIDE - 8) ? 255 : 0)),
};

describe('the measurement of logos with their words', () => {
  it('counts a logo as found by outline or word once, and words of others as false', async () => {
    const photo = drawPicture(5, { widthPx: 110, heightPx: 90 });
    const answers = [['a'], ['b'], ['b', 'a'], [], ['a']];
    let asked = 0;
    const report = await measureLogos(
      {
        logos: [logo],
        photos: [{ name: 'photo', load: () => Promise.resolve(photo) }],
        scenes: 4,
        seed: 3,
        save: (raster) => Promise.resolve({ raster, bytes: new Uint8Array() }),
        readWords: () => Promise.resolve({ told: answers[asked++]!, named: new Set() }),
      },
      { settings: shippedSettings, nowMs: () => 0 },
    );
    // Every scene shows a; the last answer is of the photo without a logo.
    expect(report.withWords).toMatchObject({
      read: 2,
      falseMatches: ['a taken for b', 'a taken for b', 'photo taken for a, by its words'],
    });
    const { found, onLabels, onFabric } = report.withWords!;
    expect(found).toBe(onLabels + onFabric);
    expect(found).toBeGreaterThanOrEqual(Math.max(2, report.found));
    expect(found).toBeLessThanOrEqual(4);
  });
});
