import type { AccountKnowledge } from '../../detectors/ring/find-rings.ts';
import { RingState } from '../../detectors/ring/ring-state.ts';
import { ringStateOptions } from '../../detectors/ring/ring-state-options.ts';
import { runThrough } from '../../detectors/ring/steps.ts';
import type { RingSettings } from '../../detectors/ring/settings.ts';
import { surveyRings, type SweptRing } from '../../detectors/ring/sweep-rings.ts';
import type { KnownRing } from '../../detectors/ring/ring-id.ts';
import type { LabelledReview } from './labelled-review.ts';

const DAY_MS = 86_400_000;

/** What came of replaying a stream as it would have arrived. */
export interface Replay {
  /** Latest form of each ring, by id, in order of discovery. */
  readonly rings: ReadonlyMap<string, SweptRing>;
  /** Highest nats of a ring that the account was in. */
  readonly natsByAccount: ReadonlyMap<string, number>;
  /** Highest sum of the surprise of the account's strong pairs. */
  readonly pairNatsByAccount: ReadonlyMap<string, number>;
  readonly addSeconds: number;
  readonly sweepSeconds: number;
  readonly sweeps: number;
}

/**
 * Feeds reviews, which come by time, into a ring state and sweeps it every so many days, as the scheduled job does.
 * Registration is not in such files: an account's first review stands for it.
 */
export const replayReviews = (
  reviews: readonly LabelledReview[],
  settings: RingSettings,
  sweepEveryDays: number,
): Replay => {
  const firstMsByAccount = new Map<string, number>();
  const knowledge: AccountKnowledge = { registeredAtMs: (accountId) => firstMsByAccount.get(accountId) };
  const state = new RingState(ringStateOptions(settings));
  const rings = new Map<string, SweptRing>();
  const natsByAccount = new Map<string, number>();
  const pairNatsByAccount = new Map<string, number>();
  let addMs = 0;
  let sweepMs = 0;
  let sweeps = 0;
  const sweep = (nowMs: number): void => {
    const startMs = performance.now();
    state.expire(nowMs);
    const seen = runThrough(surveyRings(state, settings, { ...knowledge, knownRings: knownRings(rings) }));
    for (const [id, nats] of seen.pairNatsByAccount) {
      pairNatsByAccount.set(id, Math.max(pairNatsByAccount.get(id) ?? 0, nats));
    }
    for (const swept of seen.rings) {
      rings.set(swept.ringId, swept);
      for (const id of swept.ring.memberAccountIds) {
        natsByAccount.set(id, Math.max(natsByAccount.get(id) ?? 0, swept.ring.nats));
      }
    }
    sweepMs += performance.now() - startMs;
    sweeps += 1;
  };
  let nextSweepMs = (reviews[0]?.atMs ?? 0) + sweepEveryDays * DAY_MS;
  let startMs = performance.now();
  for (const review of reviews) {
    if (review.atMs >= nextSweepMs) {
      addMs += performance.now() - startMs;
      sweep(review.atMs);
      nextSweepMs = review.atMs + sweepEveryDays * DAY_MS;
      startMs = performance.now();
    }
    if (!firstMsByAccount.has(review.accountId)) firstMsByAccount.set(review.accountId, review.atMs);
    state.add(review);
  }
  addMs += performance.now() - startMs;
  sweep(reviews.at(-1)?.atMs ?? 0);
  return { rings, natsByAccount, pairNatsByAccount, addSeconds: addMs / 1_000, sweepSeconds: sweepMs / 1_000, sweeps };
};

const knownRings = (rings: ReadonlyMap<string, SweptRing>): KnownRing[] =>
  [...rings].map(([ringId, { ring }]) => ({
    ringId,
    direction: ring.direction,
    memberAccountIds: ring.memberAccountIds,
    firstAtMs: ring.reviews[0]?.atMs ?? 0,
  }));
