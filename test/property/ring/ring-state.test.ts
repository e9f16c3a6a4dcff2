import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewEvent } from '../../../src/detectors/ring/review-event.ts';
import { polarityOf } from '../../../src/detectors/ring/review-event.ts';
import { RingState } from '../../../src/detectors/ring/ring-state.ts';
import { contentsOf } from '../../unit/ring/ring-state-contents.ts';

const options = { horizonMs: 100, pairWindowMs: 10, neighbourLimit: 3, textMinChars: 10 };

const event = fc.record({
  reviewId: fc.integer({ min: 0, max: 40 }).map((id) => `r${id}`),
  accountId: fc.integer({ min: 0, max: 8 }).map((id) => `a${id}`),
  listingId: fc.integer({ min: 0, max: 3 }).map((id) => `l${id}`),
  sellerId: fc.constant('s'),
  stars: fc.integer({ min: 1, max: 5 }),
  atMs: fc.integer({ min: 0, max: 200 }),
  text: fc.constantFrom(
    '',
    'a lamp that shines well enough',
    'a lamp that shines well enough!',
    'never buy this, it broke at once',
  ),
});

const command = fc.oneof(
  { weight: 6, arbitrary: event.map((value) => ({ kind: 'add' as const, event: value })) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }).map((id) => ({ kind: 'remove' as const, id: `r${id}` })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 250 }).map((nowMs) => ({ kind: 'expire' as const, nowMs })) },
);

/** Meetings counted the plain way, from the definition. */
const plainPairs = (events: readonly ReviewEvent[]): string[] => {
  const counts = new Map<string, number>();
  for (const listing of new Set(events.map(({ listingId }) => listingId))) {
    for (const polarity of [0, 1]) {
      const lane = events
        .filter((review) => review.listingId === listing && polarityOf(review.stars) === polarity)
        .sort((a, b) => a.atMs - b.atMs || (a.reviewId < b.reviewId ? -1 : 1));
      lane.forEach((left, i) =>
        lane.slice(i + 1, i + 1 + options.neighbourLimit).forEach((right) => {
          if (right.atMs - left.atMs > options.pairWindowMs || left.accountId === right.accountId) return;
          const key = [left.accountId, right.accountId].sort().join('+');
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }),
      );
    }
  }
  return [...counts].map(([key, count]) => `${key}=${count}`).sort();
};

describe('ring state', () => {
  it('holds after any adding, removing and expiring what a rebuild from the live reviews holds', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
        const kept = new RingState(options);
        let latestMs = Number.NEGATIVE_INFINITY;
        for (const step of commands) {
          if (step.kind === 'add') kept.add(step.event);
          else if (step.kind === 'remove') kept.remove(step.id);
          else {
            kept.expire(step.nowMs);
            latestMs = Math.max(latestMs, step.nowMs);
          }
        }
        const rebuilt = RingState.rebuild(options, kept.liveEvents(), latestMs);
        expect(contentsOf(kept, 's')).toEqual(contentsOf(rebuilt, 's'));
      }),
      { numRuns: 300 },
    );
  });

  it('counts the meetings that the definition counts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(event, { selector: ({ reviewId }) => reviewId, maxLength: 40 }), (events) => {
        const state = new RingState(options);
        for (const review of events) state.add(review);
        expect(contentsOf(state, 's').pairs).toEqual(plainPairs(events));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps nothing older than the horizon', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 0, max: 250 }), (events, nowMs) => {
        const state = new RingState(options);
        for (const review of events) state.add(review);
        state.expire(nowMs);
        for (const { atMs } of state.liveEvents()) expect(atMs).toBeGreaterThanOrEqual(nowMs - options.horizonMs);
      }),
    );
  });
});
