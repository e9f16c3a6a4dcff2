import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../../../src/adapters/images/picture-decoder.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../../src/adapters/images/picture-limits.ts';
import type { PictureIndex } from '../../../src/detectors/image/picture-index.ts';
import { seededRandom } from '../../../src/evaluation/images/canvas.ts';
import {
  fillBank,
  measureMatching,
  type MatchingQuery,
  type MeasuringTools,
} from '../../../src/evaluation/images/measure-matching.ts';
import { TRANSFORMS, type TransformName } from '../../../src/evaluation/images/transforms.ts';
import { drawPicture, shippedSettings } from '../../unit/image/drawn-picture.ts';

const SIZE = { widthPx: 420, heightPx: 320 };
const pictures = Array.from({ length: 8 }, (_, i) => drawPicture(60 + i, SIZE));
const tools: MeasuringTools = {
  settings: shippedSettings,
  decode: (bytes) => decodePicture(bytes, DEFAULT_PICTURE_LIMITS),
  nowMs: () => performance.now(),
};

const jpeg = (i: number): Promise<Buffer> =>
  sharp((pictures[i] as (typeof pictures)[number]).rgb, {
    raw: { width: SIZE.widthPx, height: SIZE.heightPx, channels: 3 },
  })
    .jpeg({ quality: 92 })
    .toBuffer();

async function* queriesOf(families: readonly TransformName[], shown: readonly number[]): AsyncGenerator<MatchingQuery> {
  for (const i of shown) {
    for (const family of families) {
      const bytes = await TRANSFORMS[family]({
        picture: pictures[i] as (typeof pictures)[number],
        others: [7, 6, 5].map((k) => pictures[k] as (typeof pictures)[number]),
        random: seededRandom(i * 97 + family.length),
      });
      yield {
        name: String(i),
        family,
        bytes,
        expected: [String(i), ...(family.startsWith('collage') ? ['7', '6', '5'] : [])],
      };
    }
  }
}

describe('a picture that was changed to be used again', () => {
  let bank: PictureIndex;

  beforeAll(async () => {
    const files: [string, Uint8Array][] = [];
    // 0 to 3 and 5 to 7 are in the bank, 4 is a stranger.
    for (const i of [0, 1, 2, 3, 5, 6, 7]) files.push([String(i), await jpeg(i)]);
    bank = await fillBank(files, tools);
  });

  it('is found in at least 95 of 100 cases whatever the change, and nothing else is', async () => {
    const families: readonly TransformName[] = [
      'jpeg-20',
      'mirror',
      'rotate-10',
      'crop-20',
      'border-12',
      'big-text',
      'invert',
      'phone-screenshot',
      'collage-2',
      'photo-of-screen',
      'combo-hard',
    ];
    const report = await measureMatching(bank, queriesOf(families, [0, 1]), tools);
    expect(report.meanRecall01).toBeGreaterThanOrEqual(0.95);
    expect(report.mistakes).toEqual([]);
    expect(report.strangerPairs).toBeGreaterThan(100);
  });

  it('is not seen where it is not', async () => {
    const stranger = async function* (): AsyncGenerator<MatchingQuery> {
      for await (const query of queriesOf(['jpeg-20', 'crop-20', 'mirror'], [4])) yield { ...query, expected: [] };
    };
    const report = await measureMatching(bank, stranger(), tools);
    expect(report.mistakes).toEqual([]);
    expect(report.families.map(({ positives }) => positives)).toEqual([0, 0, 0]);
  });
});
