import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readReviewFile } from '../../../src/evaluation/rings/review-file.ts';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { honestMarket, shippedSettings, stateOf } from './ring-fixture.ts';

const FOLDER = 'fixtures/ring';
const settings = shippedSettings();
const market = honestMarket(12);

const casesIn = (folder: string) =>
  readdirSync(`${FOLDER}/${folder}`).map((file) => {
    const lines = readFileSync(`${FOLDER}/${folder}/${file}`, 'utf8').split('\n');
    const { reviews, problems } = readReviewFile(lines.filter((line) => !line.startsWith('#')).join('\n'));
    const reason = lines
      .filter((line) => line.startsWith('#'))
      .map((line) => line.slice(1).trim())
      .join(' ');
    return { file, reason, reviews, problems };
  });

const ringsWith = (reviews: (typeof market)[number][]) =>
  sweepRings(stateOf([...market, ...reviews]), settings).map(({ ring }) => ring.memberAccountIds);

describe('cases of the ring detector', () => {
  it.each(casesIn('flag'))('flags $file: $reason', ({ reviews, problems }) => {
    expect(problems).toEqual([]);
    const truth = new Set(reviews.flatMap(({ truth, accountId }) => (truth === 'FRAUD' ? [accountId] : [])));
    expect(ringsWith([...reviews])).toEqual([[...truth].sort()]);
  });

  it.each(casesIn('pass'))('leaves $file alone: $reason', ({ reviews, problems }) => {
    expect(problems).toEqual([]);
    expect(reviews.length).toBeGreaterThan(0);
    expect(ringsWith([...reviews])).toEqual([]);
  });
});
