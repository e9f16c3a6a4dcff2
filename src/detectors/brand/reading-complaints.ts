import type { ListingReviewText } from './brand-facts.ts';
import { createContextLexicon } from './context-lexicon.ts';
import type { ComplaintMeaning, ContextLexicon } from './context-lexicon.ts';
import { wordsBetween } from './listing-fields.ts';
import type { BrandSettings } from './settings.ts';
import type { TermHit } from './term-index.ts';

/** A buyer who says that the goods are fake. */
export interface FakeComplaint {
  readonly reviewId: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Words between a negation and the complaint that it turns round: "not a fake", "вовсе не подделка". */
const NEGATION_REACH_WORDS = 2;
/** In Japanese, Korean and Turkish the negation follows. */
const NEGATION_AFTER_WORDS = 1;
/** Five stars and "fake" praise a fake fur more often than they complain. */
const MAX_STARS = 4;

/**
 * Complaints among reviews, one for each review at most. A negation before the word, in the same sentence, turns it
 * round; phrases that hold their own negation ("not original") are complaints as they stand.
 */
export const findFakeComplaints = (reviews: readonly ListingReviewText[], lexicon: ContextLexicon): FakeComplaint[] =>
  reviews.flatMap((review) => {
    if (review.stars > MAX_STARS) return [];
    const words = lexicon.complaints.find(review.text);
    const complaint = words.find((word) => word.term.meaning === 'complaint' && !isNegated(review.text, word, words));
    if (complaint === undefined) return [];
    const { start, end } = complaint;
    return [{ reviewId: review.reviewId, start, end, text: review.text.slice(start, end) }];
  });

const isNegated = (
  text: string,
  complaint: TermHit<ComplaintMeaning>,
  words: readonly TermHit<ComplaintMeaning>[],
): boolean =>
  words.some((word) => {
    if (word.term.meaning !== 'negation') return false;
    // A negation that is part of the phrase itself: "not original".
    if (word.start >= complaint.start && word.end <= complaint.end) return false;
    if (word.end <= complaint.start) {
      return (
        isOneClause(text.slice(word.end, complaint.start)) &&
        wordsBetween(text, word, complaint) <= NEGATION_REACH_WORDS
      );
    }
    const isAfter = word.start >= complaint.end && POSTPOSED.test(word.term.text);
    return isAfter && wordsBetween(text, complaint, word) <= NEGATION_AFTER_WORDS;
  });

const POSTPOSED = /^(?:değil|ではない|じゃない|아니)$/;
const isOneClause = (between: string): boolean => !/[.!?;,。！？，]/.test(between);

/** Tells of a review whether it calls the goods fake; made once for each version of the rules. */
export const createComplaintReader = (settings: BrandSettings): ((review: ListingReviewText) => boolean) => {
  const lexicon = createContextLexicon(settings);
  return (review) => findFakeComplaints([review], lexicon).length > 0;
};
