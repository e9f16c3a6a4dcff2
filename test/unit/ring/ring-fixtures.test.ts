import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { objectsIn } from '../../../src/evaluation/labelled-file.ts';
import { readReviewFile } from '../../../src/evaluation/rings/review-file.ts';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { honestMarket, shippedSettings, stateOf } from './ring-fixture.ts';

const FOLDER = 'fixtures/ring';
const settings = shippedSettings();
const market = honestMarket(12);

const casesIn = (folder: string) =>
  Promise.all(
    readdirSync(`${FOLDER}/${folder}`).map(async (file) => {
      const lines = readFileSync(`${FOLDER}/${folder}/${file}`, 'utf8').split('\n');
      const content = lines.filter((line) => !line.startsWith('#')).join('\n');
      const { reviews, bad } = await readReviewFile(objectsIn(() => Readable.from([content])));
      const reason = lines
        .filter((line) => line.startsWith('#'))
        .map((line) => line.slice(1).trim())
        .join(' ');
      return { file, reason, reviews, bad };
    }),
  );

const ringsWith = (reviews: (typeof market)[number][]) =>
  sweepRings(stateOf([...market, ...reviews]), settings).map(({ ring }) => ring.memberAccountIds);

describe('cases of the ring detector', async () => {
  it.each(await casesIn('flag'))('flags $file: $reason', ({ reviews, bad }) => {
    expect(bad).toEqual([]);
    const truth = new Set(reviews.flatMap(({ truth, accountId }) => (truth === 'FRAUD' ? [accountId] : [])));
    expect(ringsWith([...reviews])).toEqual([[...truth].sort()]);
  });

  it.each(await casesIn('pass'))('leaves $file alone: $reason', ({ reviews, bad }) => {
    expect(bad).toEqual([]);
    expect(reviews.length).toBeGreaterThan(0);
    expect(ringsWith([...reviews])).toEqual([]);
  });
});
