import type { AccountKnowledge } from './find-rings.ts';
import type { ReviewEvent, RingDirection } from './review-event.ts';
import { directionOf } from './review-event.ts';
import { ringTerms, type RingDraft, type RingTerm } from './ring-terms.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';

/** Two reviews of a ring with nearly the same words. */
export interface TextPair {
  readonly left: ReviewEvent;
  readonly right: ReviewEvent;
  readonly jaccard01: number;
}

/** A group of reviewers that acts as one, in the words of the marketplace. */
export interface Ring {
  readonly direction: RingDirection;
  /** Ascending. */
  readonly memberAccountIds: readonly string[];
  readonly listingIds: readonly string[];
  readonly sellerIds: readonly string[];
  /** The members' reviews of the ring's listings within the campaign, by time, then review id. */
  readonly reviews: readonly ReviewEvent[];
  readonly textPairs: readonly TextPair[];
  readonly terms: readonly RingTerm[];
  /** Sum of the terms. */
  readonly nats: number;
  readonly density01: number;
}

/** Puts a draft into words, with every term of its score. */
export const describeRing = (
  state: RingState,
  draft: RingDraft,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): Ring => {
  const reviews = draft.slots
    .flatMap((slot) => state.eventOf(slot) ?? [])
    .sort((a, b) => a.atMs - b.atMs || (a.reviewId < b.reviewId ? -1 : 1));
  const { terms, textPairs } = ringTerms({ state, draft, reviews, settings, knowledge });
  return {
    direction: directionOf(draft.polarity),
    memberAccountIds: draft.members.map((member) => state.accountId(member)).sort(),
    listingIds: distinct(reviews.map((review) => review.listingId)),
    sellerIds: distinct(reviews.map((review) => review.sellerId)),
    reviews,
    textPairs,
    terms,
    nats: terms.reduce((sum, term) => sum + term.nats, 0),
    density01: draft.density01,
  };
};

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].sort();
