import type { ReviewEvent } from './review-event.ts';
import { evenText, shinglesOf } from './text-similarity.ts';

/** What was computed of a review goes when the review goes; a ring's texts are compared with each new one of it. */
const known = new WeakMap<ReviewEvent, Uint32Array>();

/** The set of shingles of a review's text, remembered as long as the review is. */
export const shinglesOfReview = (review: ReviewEvent): Uint32Array => {
  const before = known.get(review);
  if (before !== undefined) return before;
  const shingles = shinglesOf(evenText(review.text));
  known.set(review, shingles);
  return shingles;
};
