import type { SweptRing } from '../../detectors/ring/sweep-rings.ts';
import type { RingSettings } from '../../detectors/ring/settings.ts';
import type { JudgedRing } from './fit-calibration.ts';
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
  /** Against the truth; absent where nothing is known of any reviewer. */
  readonly byReviewer?: RankingMetrics;
  /** Recall by size of the true ring: members × listings of planted rings, else a class of its number of members. */
  readonly recallBySize: Readonly<Record<string, { readonly members: number; readonly recall01: number }>>;
  /** Recall of each true ring, by its name. */
  readonly recallByRing: Readonly<Record<string, { readonly members: number; readonly recall01: number }>>;
  /** Share of the true members who reviewed two of their ring's listings at least: no pair of reviewers shows more. */
  readonly reachable01: number;
  readonly ringsFound: number;
  /** Rings found of which at most half of the members are fraud; absent where nothing is known of any reviewer. */
  readonly falseRings?: number;
  /** Each ring found with whether most of its members are fraud, for fitting the calibration. */
  readonly judged: readonly JudgedRing[];
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
  const judged = rings.map(({ ring }): JudgedRing => {
    const frauds = ring.memberAccountIds.filter((id) => truths.get(id)?.truth === 'FRAUD').length;
    return { nats: ring.nats, isConfirmed: 2 * frauds > ring.memberAccountIds.length };
  });
  return {
    reviews: reviews.length,
    reviewers: truths.size,
    frauds: known.filter(({ truth }) => truth === 'FRAUD').length,
    ...(known.length === 0
      ? {}
      : {
          byReviewer: rankingMetrics(known.map((item) => ({ ...item, isFraud: item.truth === 'FRAUD' }))),
          falseRings: judged.filter(({ isConfirmed }) => !isConfirmed).length,
        }),
    recallBySize: recallBy(known, sizeNames(known)),
    recallByRing: recallBy(known, new Map()),
    reachable01: reachable01(reviews),
    ringsFound: rings.length,
    judged: known.length === 0 ? [] : judged,
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

/** Upper bounds of the classes of ring sizes; larger rings are a class of their own. */
const SIZE_CLASSES = [5, 10, 20, 50];

/** Name of the class of each true ring: `members×listings` as the generator plants them, else by distinct members. */
const sizeNames = (scored: readonly ScoredReviewer[]): ReadonlyMap<string, string> => {
  const members = new Map<string, number>();
  for (const { ring } of scored) if (ring !== '') members.set(ring, (members.get(ring) ?? 0) + 1);
  return new Map(
    [...members].map(([ring, size]) => {
      const planted = /^(\d+x\d+)#/.exec(ring)?.[1];
      const above = SIZE_CLASSES.findIndex((most) => size <= most);
      const most = SIZE_CLASSES[above];
      const from = (SIZE_CLASSES[(above < 0 ? SIZE_CLASSES.length : above) - 1] ?? 0) + 1;
      return [ring, planted ?? (most === undefined ? `${from} and more members` : `${from}–${most} members`)];
    }),
  );
};

/** Share of the true members who were flagged, by name of the ring or by the class that `names` gives for it. */
const recallBy = (
  scored: readonly ScoredReviewer[],
  names: ReadonlyMap<string, string>,
): RingEvaluation['recallBySize'] => {
  const groups: Record<string, { members: number; recall01: number }> = {};
  for (const { ring, isFlagged } of scored) {
    if (ring === '') continue;
    const group = (groups[names.get(ring) ?? ring] ??= { members: 0, recall01: 0 });
    group.recall01 = (group.recall01 * group.members + (isFlagged ? 1 : 0)) / (group.members + 1);
    group.members += 1;
  }
  return groups;
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
