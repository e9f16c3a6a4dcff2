import type { SweptRing } from '../../detectors/ring/sweep-rings.ts';
import type { RingSettings } from '../../detectors/ring/settings.ts';
import type { LabelledReview, Truth } from './labelled-review.ts';
import { rankingMetrics, type RankingMetrics } from './ranking-metrics.ts';
import { reviewerPriors } from '../../detectors/ring/reviewer-prior.ts';
import { replayReviews } from './replay-reviews.ts';

/** Reviewers in a ring rank above all others; beyond this sum of pair surprise nobody else does. */
const RING_BONUS_NATS = 10_000;

export interface ScoredReviewer {
  readonly accountId: string;
  /** Rank value: nats of the ring plus a bonus, or the surprise of the reviewer's pairs; plus the prior of habits. */
  readonly score: number;
  readonly isFlagged: boolean;
  readonly truth: Truth;
  /** The true ring, where the file tells it. */
  readonly ring: string;
}

export interface RingEvaluation {
  readonly reviews: number;
  readonly reviewers: number;
  readonly frauds: number;
  readonly byReviewer: RankingMetrics;
  /** Recall by the part of a ring's name before `#`, usually members × listings. */
  readonly recallBySize: Readonly<Record<string, { readonly members: number; readonly recall01: number }>>;
  /** Share of the true members who reviewed two of their ring's listings at least: no pair of reviewers shows more. */
  readonly reachable01: number;
  readonly ringsFound: number;
  /** Rings found of which at most half of the members are fraud. */
  readonly falseRings: number;
  readonly addMicrosecondsPerReview: number;
  readonly sweepSeconds: number;
  readonly sweeps: number;
  readonly scored: readonly ScoredReviewer[];
  readonly rings: readonly SweptRing[];
}

/** Replays labelled reviews, which come by time, and holds what was found against the truth, by reviewer. */
export const evaluateRings = (
  reviews: readonly LabelledReview[],
  settings: RingSettings,
  sweepEveryDays: number,
): RingEvaluation => {
  const replay = replayReviews(reviews, settings, sweepEveryDays);
  const truths = truthByAccount(reviews);
  const priors = reviewerPriors(reviews);
  const scored = [...truths].map(([accountId, { truth, ring }]): ScoredReviewer => {
    const nats = replay.natsByAccount.get(accountId);
    const pairNats = replay.pairNatsByAccount.get(accountId) ?? 0;
    const base = nats === undefined ? Math.min(pairNats, RING_BONUS_NATS) : RING_BONUS_NATS + nats;
    const score = base + (priors.get(accountId) ?? 0);
    return { accountId, score, isFlagged: nats !== undefined, truth, ring };
  });
  const known = scored.filter(({ truth }) => truth !== 'UNKNOWN');
  const rings = [...replay.rings.values()];
  return {
    reviews: reviews.length,
    reviewers: truths.size,
    frauds: known.filter(({ truth }) => truth === 'FRAUD').length,
    byReviewer: rankingMetrics(known.map((item) => ({ ...item, isFraud: item.truth === 'FRAUD' }))),
    recallBySize: recallBySize(known),
    reachable01: reachable01(reviews),
    ringsFound: rings.length,
    falseRings: rings.filter(({ ring }) => {
      const frauds = ring.memberAccountIds.filter((id) => truths.get(id)?.truth === 'FRAUD').length;
      return 2 * frauds <= ring.memberAccountIds.length;
    }).length,
    addMicrosecondsPerReview: (1e6 * replay.addSeconds) / Math.max(1, reviews.length),
    sweepSeconds: replay.sweepSeconds,
    sweeps: replay.sweeps,
    scored: scored.sort((a, b) => b.score - a.score || (a.accountId < b.accountId ? -1 : 1)),
    rings,
  };
};

/** A reviewer is a fraud when one review says so, honest when one says that and none says fraud. */
const truthByAccount = (reviews: readonly LabelledReview[]): Map<string, { truth: Truth; ring: string }> => {
  const truths = new Map<string, { truth: Truth; ring: string }>();
  for (const { accountId, truth, ring } of reviews) {
    const known = truths.get(accountId);
    if (known === undefined) truths.set(accountId, { truth, ring });
    else {
      if (truth === 'FRAUD' || known.truth === 'UNKNOWN') known.truth = truth;
      if (known.ring === '') known.ring = ring;
    }
  }
  return truths;
};

const recallBySize = (scored: readonly ScoredReviewer[]): RingEvaluation['recallBySize'] => {
  const sizes: Record<string, { members: number; recall01: number }> = {};
  for (const { ring, isFlagged } of scored) {
    if (ring === '') continue;
    const size = (sizes[ring.split('#')[0] ?? ring] ??= { members: 0, recall01: 0 });
    size.recall01 = (size.recall01 * size.members + (isFlagged ? 1 : 0)) / (size.members + 1);
    size.members += 1;
  }
  return sizes;
};

const reachable01 = (reviews: readonly LabelledReview[]): number => {
  const members = new Map<string, Set<string>>();
  const membersOfListing = new Map<string, Set<string>>();
  for (const { ring, accountId, listingId } of reviews) {
    if (ring === '') continue;
    const key = `${ring}\n${listingId}`;
    membersOfListing.set(key, (membersOfListing.get(key) ?? new Set()).add(accountId));
    if (!members.has(accountId)) members.set(accountId, new Set());
  }
  for (const [listing, accounts] of membersOfListing) {
    if (accounts.size < 2) continue;
    for (const account of accounts) members.get(account)?.add(listing);
  }
  const reachable = [...members.values()].filter((listings) => listings.size >= 2).length;
  return members.size === 0 ? 0 : reachable / members.size;
};
