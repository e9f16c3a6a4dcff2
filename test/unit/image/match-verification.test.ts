import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { READINGS, verifyPictures, type PictureMatch } from '../../../src/detectors/image/picture-match.ts';
import { makePictureKeys, type PictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { readCandidates, writeCandidates } from '../../../src/evaluation/images/candidate-file.ts';
import { fitCalibration, withCalibration } from '../../../src/evaluation/images/fit-calibration.ts';
import {
  MATCH_FEATURES,
  matchProbability,
  type MatchMeasurements,
} from '../../../src/detectors/image/match-probability.ts';
import { drawPicture, rearrange, seededRandom, shippedSettings } from './drawn-picture.ts';

const keysOf = (raster: PictureRaster): PictureKeys => makePictureKeys(raster, raster, shippedSettings);
const verify = (bank: PictureRaster, query: PictureRaster): PictureMatch | undefined =>
  verifyPictures(keysOf(bank), keysOf(query), { hint: undefined, readings: READINGS, settings: shippedSettings });

const original = drawPicture(41);

/** A pack on white: an outline and a band that all sorts share in their own colour, and a print of the sort's own. */
function drawPack(sort: { print: PictureRaster; dye: readonly [number, number, number] }): PictureRaster {
  const [widthPx, heightPx] = [300, 300];
  const rgb = new Uint8Array(widthPx * heightPx * 3).fill(255);
  const layout = drawPicture(43, { widthPx: 140, heightPx: 90 });
  for (let y = 20; y < 280; y++) {
    for (let x = 80; x < 220; x++) {
      const at = 3 * (y * widthPx + x);
      const source = y < 110 ? layout : sort.print;
      const from = 3 * ((y < 110 ? y - 20 : y - 110) * source.widthPx + x - 80);
      for (let c = 0; c < 3; c++) {
        const value = source.rgb[from + c] as number;
        rgb[at + c] = (value + (sort.dye[c] as number)) / 2;
      }
    }
  }
  return { widthPx, heightPx, rgb };
}

describe('verifying that a picture shows another', () => {
  it('is sure of a middle cut that keeps a third of the picture', () => {
    const part = rearrange(original, { widthPx: 192, heightPx: 144 }, (x, y) => [x + 64, y + 48]);
    expect(verify(original, part)?.probability01).toBeGreaterThan(0.9);
  });

  it('measures coinciding places for a transform that a window hash proposed, too', () => {
    const hint = {
      queryWindow: 'full',
      bankWindow: 'full',
      orientation: 'mirror',
      isInverted: false,
      distanceBits: 10,
    } as const;
    const mirrored = rearrange(original, original, (x, y) => [original.widthPx - 1 - x, y]);
    const match = verifyPictures(keysOf(original), keysOf(mirrored), { hint, readings: [], settings: shippedSettings });
    expect(match?.inliers).toBeGreaterThan(30);
    expect(match?.support01).toBeGreaterThan(0.5);
    expect(match?.medianBits).toBeLessThan(40);
  });

  it('tells sorts of one pack apart, and knows a sort that was saved anew', () => {
    const apple = drawPack({ print: drawPicture(44, { widthPx: 140, heightPx: 170 }), dye: [60, 170, 60] });
    const orange = drawPack({ print: drawPicture(45, { widthPx: 140, heightPx: 170 }), dye: [240, 140, 30] });
    const random = seededRandom(5);
    const again = { ...apple, rgb: apple.rgb.map((value) => Math.max(0, Math.min(255, value + 12 * random() - 6))) };
    expect(verify(apple, again)?.probability01).toBeGreaterThan(0.9);
    expect(verify(apple, orange)?.probability01 ?? 0).toBeLessThan(shippedSettings.minProbability01);
  });

  it('takes another colour of goods on white for other goods, however small they are in the picture', () => {
    const goods = (dye: readonly [number, number, number]): PictureRaster => {
      const drawn = drawPicture(46, { widthPx: 110, heightPx: 110 });
      const rgb = new Uint8Array(300 * 300 * 3).fill(255);
      for (let y = 0; y < 110; y++) {
        for (let x = 0; x < 110; x++) {
          const shade = (drawn.rgb[3 * (y * 110 + x) + 1] as number) / 255;
          for (let c = 0; c < 3; c++) rgb[3 * ((y + 95) * 300 + x + 95) + c] = (dye[c] as number) * (0.4 + 0.6 * shade);
        }
      }
      return { widthPx: 300, heightPx: 300, rgb };
    };
    const yellow = goods([250, 220, 40]);
    expect(verify(yellow, yellow)?.colours).toBe('same');
    expect(verify(yellow, goods([40, 40, 150]))?.colours).toBe('variant');
  });
});

describe('fitting the calibration', () => {
  const measured = (told: Partial<MatchMeasurements>): MatchMeasurements => ({
    inliers: 0,
    support01: 0,
    medianBits: 128,
    squeeze: 1,
    distanceBits: 256,
    dense: { agreement01: 0, blocks: 40, visible01: 1 },
    colours: 'same',
    ...told,
  });

  it('never lets a feature speak against its nature, whatever the pictures', () => {
    const random = seededRandom(3);
    const candidates = Array.from({ length: 200 }, (_, i) => {
      const isRight = i % 2 === 0;
      return {
        isRight,
        match: measured({
          inliers: Math.round((isRight ? 40 : 8) + 10 * random()),
          // Here the wrong ones have more support: an accident of these pictures.
          support01: isRight ? 0.2 * random() : 0.3 + 0.2 * random(),
          medianBits: (isRight ? 30 : 60) + 20 * random(),
          dense: { agreement01: isRight ? 0.9 : 0.3, blocks: 40, visible01: 1 },
        }),
      };
    });
    const fitted = fitCalibration(candidates);
    const speaksFor = MATCH_FEATURES.filter((name) => name !== 'logSqueeze' && name !== 'isRecoloured');
    for (const name of speaksFor) expect(fitted[name]).toBeGreaterThanOrEqual(0);
    expect(fitted.support).toBe(0);
    expect(fitted.agreement).toBeGreaterThan(0);
  });

  it('gives from the kept candidates the weights of the record, by which no stranger of them is near a match', () => {
    const kept = readFileSync(new URL('../../../fixtures/image/calibration-candidates.csv', import.meta.url), 'utf8');
    const candidates = readCandidates(kept);
    expect(writeCandidates(candidates)).toBe(kept);
    const fitted = fitCalibration(candidates);
    // Source: docs/decisions/0106.
    expect(fitted).toEqual({
      intercept: -17.11,
      logInliers: 2.67,
      support: 8.07,
      nearness: 1.32,
      agreement: 2.37,
      hashCloseness: 5.42,
      logSqueeze: -6.87,
      isRecoloured: -1.39,
    });
    const probabilities = (isRight: boolean): number[] =>
      candidates.filter((one) => one.isRight === isRight).map(({ match }) => matchProbability(match, fitted));
    expect(Math.max(...probabilities(false))).toBeLessThan(0.4);
    const found = probabilities(true);
    expect(found.filter((probability01) => probability01 >= 0.5).length / found.length).toBeGreaterThan(0.97);
  });

  it('says in which line a file has no candidate', () => {
    const heading = 'right,inliers,support,median_bits,squeeze,distance_bits,agreement,blocks,visible,colours';
    expect(() =>
      readCandidates(`${heading}\n1,9,0.4,20,1.1,12,0.9,40,1,same\n1,9,x,20,1.1,12,0.9,40,1,same\n`),
    ).toThrow('line 3 is no candidate');
  });

  it('writes weights into a file of rules and leaves the rest as it is', () => {
    const text = readFileSync(new URL('../../../rules/image.yaml', import.meta.url), 'utf8');
    const changed = withCalibration(text, { ...shippedSettings.calibration, support: 1.25 });
    expect(changed).toBe(text.replace(/^ {2}support: .*$/m, '  support: 1.25'));
    expect(() => withCalibration('banks: {}', shippedSettings.calibration)).toThrow('no section');
  });
});
