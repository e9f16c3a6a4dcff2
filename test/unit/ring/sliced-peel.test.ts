import { describe, expect, it } from 'vitest';
import {
  beginSlicedPeel,
  isPeeled,
  nextSlice,
  peelNextSlice,
  slicedPeelProgress,
  type SlicedPeelProgress,
} from '../../../src/detectors/ring/sliced-peel.ts';
import { surveyRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { DAY_MS, honestMarket, NOW_MS, plantedRing, shippedSettings, stateOf } from './ring-fixture.ts';

const settings = shippedSettings();
const ring = plantedRing('claque', { members: 20, listings: 10, stars: 5, seed: 4 });
const reviews = [...honestMarket(9), ...ring];

const peelAll = (onSlice: (progress: SlicedPeelProgress) => SlicedPeelProgress): SlicedPeelProgress => {
  let progress = beginSlicedPeel(NOW_MS - 80 * DAY_MS, NOW_MS);
  while (!isPeeled(progress)) {
    const { fromMs, toMs } = nextSlice(progress, settings);
    const inside = reviews.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    progress = onSlice(peelNextSlice(progress, inside, settings));
  }
  return progress;
};

describe('sliced peeling', () => {
  it('finds the members of a dense ring in a slice of time', () => {
    const { blocks } = peelAll((progress) => progress);
    const best = blocks.toSorted((a, b) => b.score - a.score)[0];
    const members = new Set(ring.map(({ accountId }) => accountId));
    expect(best?.accountIds.filter((id) => members.has(id)).length).toBeGreaterThanOrEqual(18);
  });

  it('ends the same when each step was stored and read back in between', () => {
    const resumed = peelAll((progress) => slicedPeelProgress.parse(JSON.parse(JSON.stringify(progress))));
    expect(resumed).toEqual(peelAll((progress) => progress));
  });

  it('seeds the search for rings', () => {
    const seedGroups = peelAll((progress) => progress).blocks.map(({ accountIds }) => accountIds);
    // Without pairs to begin at, what is found was found from the blocks.
    const unpaired = { ...settings, minPairNats: 900 };
    const { rings } = surveyRings(stateOf(reviews), unpaired, { seedGroups });
    expect(rings[0]?.ring.memberAccountIds).toHaveLength(20);
    expect(surveyRings(stateOf(reviews), unpaired).rings).toEqual([]);
  });
});
