import { poissonSurpriseNats } from './chance.ts';
import type { AccountKnowledge } from './find-rings.ts';
import { isNewcomer, newcomerWeights } from './newcomers.ts';
import type { ReviewEvent } from './review-event.ts';
import type { TextPair } from './ring.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';
import { shinglesOfReview } from './review-shingles.ts';
import { jaccard01 } from './text-similarity.ts';

const DAY_MS = 86_400_000;
/** Reviews of a ring whose texts are compared with each other by estimates: 200 make 19,900 comparisons, a millisecond. */
const TEXTS_COMPARED = 200;
/** Pairs of alike texts that are counted: many times what decides or anybody reads. */
const PAIRS_COUNTED = 150;

/** One line of the score, shown to the moderator. */
export interface RingTerm {
  readonly name: keyof RingSettings['termCaps'];
  /** One sentence with the numbers behind it. */
  readonly why: string;
  /** Log-likelihood ratio, ring against no ring, capped both ways. */
  readonly nats: number;
}

/** A ring before it is put into words. */
export interface RingDraft {
  readonly polarity: number;
  /** Account numbers. */
  readonly members: readonly number[];
  /** Slots of the reviews that make the ring. */
  readonly slots: readonly number[];
  /** Share of member × listing cells that hold a review, 0–1. */
  readonly density01: number;
  /** What made somebody look: the meetings, a burst; none where only the texts did. */
  readonly leading: readonly RingTerm[];
}

interface TermInput {
  readonly state: RingState;
  readonly draft: RingDraft;
  readonly reviews: readonly ReviewEvent[];
  readonly settings: RingSettings;
  readonly knowledge: AccountKnowledge;
}

/** The terms that say something, strongest first, and the pairs of texts behind one of them. */
export const ringTerms = (input: TermInput): { terms: RingTerm[]; textPairs: TextPair[] } => {
  const textPairs = nearDuplicates(input);
  const terms = [
    ...input.draft.leading,
    ratingDeviation(input),
    newcomers(input),
    sameMinute(input),
    accountLinks(input),
    nearDuplicateTexts(textPairs, input),
    oneSeller(input),
  ];
  const spoken = terms.flatMap((term) => {
    const cap = input.settings.termCaps[term.name];
    const nats = Math.max(-cap, Math.min(cap, term.nats));
    return nats === 0 ? [] : [{ ...term, nats }];
  });
  return { terms: spoken.sort((a, b) => b.nats - a.nats), textPairs };
};

/** How much rarer the ring's polarity is among the listing's other reviews than in the whole market, over all cells. */
const ratingDeviation = ({ state, draft, reviews }: TermInput): RingTerm => {
  const isMember = new Set(draft.members);
  const lanes = new Set(draft.slots.map((slot) => state.laneOf(slot)));
  const marketShare01 = state.liveReviewsOf(draft.polarity) / Math.max(1, state.liveReviews);
  let nats = 0;
  let same = 0;
  let all = 0;
  for (const lane of lanes) {
    const sameHere = othersIn(state, lane, isMember);
    const allHere = sameHere + othersIn(state, lane ^ 1, isMember);
    same += sameHere;
    all += allHere;
    const hits = reviews.length / lanes.size;
    nats += hits * Math.log(marketShare01 / ((sameHere + marketShare01) / (allHere + 1)));
  }
  return {
    name: 'ratingDeviation',
    why: `Of ${all} other reviews of these listings ${same} say the same; in the whole market ${Math.round(100 * marketShare01)} % would.`,
    nats: all === 0 ? 0 : Math.max(0, nats),
  };
};

const othersIn = (state: RingState, lane: number, isMember: ReadonlySet<number>): number =>
  state.lane(lane).reduce((sum, slot) => sum + (isMember.has(state.accountOf(slot)) ? 0 : 1), 0);

const newcomers = ({ state, draft, settings, knowledge }: TermInput): RingTerm => {
  let known = 0;
  let fresh = 0;
  for (const member of draft.members) {
    const isFresh = isNewcomer(state, member, settings, knowledge);
    if (isFresh === undefined) continue;
    known += 1;
    if (isFresh) fresh += 1;
  }
  const { freshNats, settledNats } = newcomerWeights(state, settings, knowledge);
  return {
    name: 'newcomers',
    why: `${fresh} of ${known} members began to review within ${settings.newcomerDays} days of registering.`,
    nats: fresh * freshNats + (known - fresh) * settledNats,
  };
};

/** Pairs of reviews within a minute at one listing, against the number that an even spread over the span would give. */
const sameMinute = ({ reviews, settings }: TermInput): RingTerm => {
  const byListing = new Map<string, ReviewEvent[]>();
  for (const review of reviews) byListing.set(review.listingId, [...(byListing.get(review.listingId) ?? []), review]);
  let together = 0;
  let expected = 0;
  for (const here of byListing.values()) {
    const spanMs = Math.max(DAY_MS, (here.at(-1)?.atMs ?? 0) - (here[0]?.atMs ?? 0));
    expected += (here.length * (here.length - 1) * settings.sameMinuteMs) / spanMs;
    for (const [index, review] of here.entries()) {
      for (const later of here.slice(index + 1)) {
        if (later.atMs - review.atMs > settings.sameMinuteMs) break;
        if (later.accountId !== review.accountId) together += 1;
      }
    }
  }
  return {
    name: 'sameMinute',
    why: `${together} pairs of reviews of one listing were posted within ${settings.sameMinuteMs / 1_000} seconds of each other.`,
    nats: together === 0 ? 0 : poissonSurpriseNats(together, expected),
  };
};

const accountLinks = ({ state, draft, knowledge }: TermInput): RingTerm => {
  const ids = draft.members.map((member) => state.accountId(member));
  let linked = 0;
  let nats = 0;
  for (const [index, left] of ids.entries()) {
    for (const right of ids.slice(index + 1)) {
      const link = knowledge.accountLinks?.(left, right) ?? 0;
      if (link <= 0) continue;
      linked += 1;
      nats += link;
    }
  }
  return { name: 'accountLinks', why: `${linked} pairs of members are linked by what their accounts share.`, nats };
};

const nearDuplicates = ({ state, reviews, settings }: TermInput): TextPair[] => {
  const texts = reviews.slice(0, TEXTS_COMPARED).flatMap((review) => {
    const slot = state.slotOfReview(review.reviewId);
    return slot === undefined ? [] : [{ review, slot }];
  });
  const pairs: TextPair[] = [];
  for (const [index, left] of texts.entries()) {
    for (let other = index + 1; other < texts.length && pairs.length < PAIRS_COUNTED; other += 1) {
      const right = texts[other] ?? left;
      if (left.review.accountId === right.review.accountId) continue;
      if (!state.mayReadAlike(left.slot, right.slot, settings.text.minJaccard01)) continue;
      const similarity01 = jaccard01(shinglesOfReview(left.review), shinglesOfReview(right.review));
      if (similarity01 < settings.text.minJaccard01) continue;
      pairs.push({ left: left.review, right: right.review, jaccard01: similarity01 });
    }
  }
  return pairs.sort((a, b) => b.jaccard01 - a.jaccard01);
};

const nearDuplicateTexts = (pairs: readonly TextPair[], { settings }: TermInput): RingTerm => ({
  name: 'nearDuplicateTexts',
  why: `${pairs.length}${pairs.length === PAIRS_COUNTED ? ' and more' : ''} pairs of the members' texts are nearly the same.`,
  nats: pairs.length * settings.text.pairNats,
});

/** How unlikely it is that all listings but the first belong to the ring's commonest seller by chance. */
const oneSeller = ({ state, reviews }: TermInput): RingTerm => {
  const sellerOf = new Map(reviews.map((review) => [review.listingId, review.sellerId]));
  const counts = new Map<string, number>();
  for (const sellerId of sellerOf.values()) counts.set(sellerId, (counts.get(sellerId) ?? 0) + 1);
  const [sellerId, listings] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  const share01 = (state.liveReviewsOfSeller(sellerId) + 1) / (state.liveReviews + 2);
  return {
    name: 'oneSeller',
    why: `${listings} of ${sellerOf.size} listings belong to one seller, who has ${(100 * share01).toFixed(1)} % of all reviews.`,
    nats: listings < 2 ? 0 : Math.max(0, (listings - 1) * Math.log(listings / sellerOf.size / share01)),
  };
};
