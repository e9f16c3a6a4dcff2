import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { contentKeyOf, peelSlice, slicesBetween } from '../../../src/detectors/ring/sliced-peel.ts';
import type { Steps } from '../../../src/detectors/ring/steps.ts';
import { surveyRings, sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { runInSlices } from '../../../src/pipeline/run-in-slices.ts';
import { DAY_MS, honestMarket, NOW_MS, plantedRing, reviewOf, shippedSettings, stateOf } from './ring-fixture.ts';

const settings = shippedSettings();
const market = [1, 2].flatMap((seed) =>
  honestMarket(seed).map((review) => ({ ...review, reviewId: `${seed}-${review.reviewId}` })),
);
const rings = [1, 2, 3].map((seed) => plantedRing(`ring${seed}`, { members: 12, listings: 6, stars: 5, seed }));

/** Processor time of the longest of the steps, in ms: other processes do not count. */
const longestStepMs = (steps: Steps<unknown>): { count: number; longestMs: number } => {
  let longestMs = 0;
  for (let count = 1; ; count += 1) {
    const before = process.cpuUsage();
    const isDone = steps.next().done === true;
    const { user, system } = process.cpuUsage(before);
    longestMs = Math.max(longestMs, (user + system) / 1_000);
    if (isDone) return { count, longestMs };
  }
};

describe('a sweep in slices', () => {
  it('finds what one without a pause finds, while other reviews come and go between its steps', async () => {
    const state = stateOf([...market, ...rings.flat()]);
    const whole = sweepRings(state, settings).map(({ ring }) => ring.memberAccountIds);
    expect(whole).toHaveLength(3);
    let guests = 0;
    const reuseNumbers = state.keepNumbers();
    const { rings: found } = await runInSlices(surveyRings(state, settings), {
      sliceMs: 0,
      monotonicMs: () => performance.now(),
      // Accounts that come and go would take each other's numbers, were they given again.
      makeRoom: async () => {
        guests += 1;
        state.remove(`guest-${guests - 1}@guest-item-${guests - 1}`);
        state.add(reviewOf(`guest-${guests}`, `guest-item-${guests}`, 1));
      },
    });
    reuseNumbers();
    expect(guests).toBeGreaterThan(50);
    expect(found.map(({ ring }) => ring.memberAccountIds)).toEqual(whole);
  });

  it('keeps the numbers of what is gone until it is over', () => {
    const state = stateOf([reviewOf('early', 'item', 3)]);
    const early = state.accountNumber('early');
    const reuseNumbers = state.keepNumbers();
    state.remove('early@item');
    state.add(reviewOf('late', 'other', 2));
    expect(state.accountNumber('late')).not.toBe(early);
    reuseNumbers();
    state.add(reviewOf('latest', 'third', 1));
    expect(state.accountNumber('latest')).toBe(early);
  });

  it('takes no step of more than a tenth of a second of processor time', () => {
    const state = stateOf([...market, ...rings.flat()]);
    const survey = longestStepMs(surveyRings(state, settings));
    expect(survey.count).toBeGreaterThan(100);
    expect(survey.longestMs).toBeLessThan(100);
    const [span] = slicesBetween(NOW_MS - 60 * DAY_MS, NOW_MS, settings);
    if (span === undefined) throw new Error('there is no slice');
    const inside = [...market, ...rings.flat()];
    expect(longestStepMs(peelSlice(span, inside, settings)).longestMs).toBeLessThan(100);
    expect(longestStepMs(contentKeyOf(inside)).longestMs).toBeLessThan(100);
  });

  it('lets whatever waits have its turn once a slice is over', async () => {
    let turns = 0;
    let isOver = false;
    const waiting = (async () => {
      while (!isOver) {
        await setImmediate();
        turns += 1;
      }
    })();
    let nowMs = 0;
    const steps = (function* (): Steps<string> {
      for (let step = 0; step < 100; step += 1) {
        nowMs += 4;
        yield;
      }
      return 'done';
    })();
    const result = await runInSlices(steps, { sliceMs: 10, monotonicMs: () => nowMs, makeRoom: () => setImmediate() });
    isOver = true;
    await waiting;
    expect(result).toBe('done');
    // 400 ms of work in slices of 10 ms, each ended by the step of 4 ms that goes beyond.
    expect(turns).toBeGreaterThanOrEqual(30);
  });
});
