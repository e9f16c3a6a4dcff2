import { describe, expect, it } from 'vitest';
import type { ReviewEvent } from '../../../src/detectors/ring/review-event.ts';
import {
  contentKeyOf,
  slicedPeelProgress,
  slicesBetween,
  type SlicedPeelProgress,
} from '../../../src/detectors/ring/sliced-peel.ts';
import { runThrough } from '../../../src/detectors/ring/steps.ts';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { peelChangedSlices } from '../../../src/pipeline/peel-slices.ts';
import { DAY_MS, honestMarket, NOW_MS, plantedRing, reviewOf, shippedSettings, stateOf } from './ring-fixture.ts';

const settings = shippedSettings();
const ring = plantedRing('claque', { members: 20, listings: 10, stars: 5, seed: 4 });
const reviews = [...honestMarket(9), ...ring];

/** A store that keeps progress as a database would, and crashes in the save of the numbers given. */
const progressStore = (crashes: readonly number[] = []) => {
  let saves = 0;
  const store = {
    kept: undefined as SlicedPeelProgress | undefined,
    load: async () => store.kept,
    save: async (progress: SlicedPeelProgress) => {
      saves += 1;
      store.kept = slicedPeelProgress.parse(JSON.parse(JSON.stringify(progress)));
      if (crashes.includes(saves)) throw new Error('the process died');
    },
  };
  return store;
};

const unhurried = { sliceMs: 0, monotonicMs: () => performance.now(), makeRoom: async () => {} };

const peel = (events: readonly ReviewEvent[], store: ReturnType<typeof progressStore>, nowMs = NOW_MS) => {
  const state = stateOf(events);
  state.expire(nowMs);
  return peelChangedSlices({ state, settings, nowMs }, store, unhurried);
};

describe('sliced peeling', () => {
  it('finds the members of a dense ring in a slice of time', async () => {
    const store = progressStore();
    await peel(reviews, store);
    const blocks = store.kept?.slices.flatMap((slice) => slice.blocks) ?? [];
    const best = blocks.toSorted((a, b) => b.score - a.score)[0];
    const members = new Set(ring.map(({ accountId }) => accountId));
    expect(best?.accountIds.filter((id) => members.has(id)).length).toBeGreaterThanOrEqual(18);
  });

  it('goes on after a crash from the slice that was stored last, and comes to the same seeds', async () => {
    const whole = await peel(reviews, progressStore());
    const store = progressStore([2]);
    await expect(peel(reviews, store)).rejects.toThrow('died');
    expect(store.kept?.slices).toHaveLength(2);
    const resumed = await peel(reviews, store);
    expect(resumed.seedGroups).toEqual(whole.seedGroups);
    expect(resumed.reused).toBe(2);
    expect(resumed.peeled).toBe(whole.peeled - 2);
  });

  it('peels only the slices that have changed since the last sweep', async () => {
    const store = progressStore();
    const first = await peel(reviews, store);
    expect(first.peeled).toBe(slicesBetween(NOW_MS - 90 * DAY_MS, NOW_MS, settings).length);
    expect(await peel(reviews.toReversed(), store)).toMatchObject({ peeled: 0, reused: first.peeled });
    const late = reviewOf('late-buyer', 'late-item', 0.5);
    const again = await peel([...reviews, late], store);
    expect(again.peeled).toBe(slicesBetween(late.atMs, late.atMs + 1, settings).length + 1);
  });

  it('tells a changed slice by its reviews', () => {
    const [first, second] = reviews;
    if (first === undefined || second === undefined) throw new Error('there are no reviews');
    const keyOf = (events: readonly ReviewEvent[]): string => runThrough(contentKeyOf(events));
    expect(keyOf([first, second])).toBe(keyOf([second, first]));
    expect(keyOf([first])).not.toBe(keyOf([second]));
    expect(keyOf([{ ...first, stars: 1 }])).not.toBe(keyOf([{ ...first, stars: 5 }]));
  });

  it('seeds the search for rings', async () => {
    const { seedGroups } = await peel(reviews, progressStore());
    // Without pairs to begin at, what is found was found from the blocks.
    const unpaired = { ...settings, minPairNats: 900 };
    const rings = sweepRings(stateOf(reviews), unpaired, { seedGroups });
    expect(rings[0]?.ring.memberAccountIds).toHaveLength(20);
    expect(sweepRings(stateOf(reviews), unpaired)).toEqual([]);
  });
});
