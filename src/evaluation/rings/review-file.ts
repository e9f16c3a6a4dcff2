import { AppError } from '../../domain/errors.ts';
import { cellsOf, instantOf, type BadLine, type CellReader, type ReadObject } from '../labelled-file.ts';
import type { LabelledReview, Truth } from './labelled-review.ts';

export interface ReviewFile {
  /** By time. */
  readonly reviews: readonly LabelledReview[];
  readonly bad: readonly BadLine[];
}

const FRAUD_LABELS = new Set(['1', 'true', 'yes', 'fraud', 'spam', '-1']);
const HONEST_LABELS = new Set(['0', 'false', 'no', 'honest', 'genuine']);
/** What each column is called in the sets that are published. */
const COLUMNS = {
  reviewer: ['reviewer', 'reviewer_id', 'reviewerid', 'user', 'user_id', 'account', 'account_id'],
  product: ['product', 'product_id', 'prod_id', 'item', 'item_id', 'listing', 'listing_id', 'asin'],
  rating: ['rating', 'stars', 'overall'],
  time: ['time', 'timestamp', 'date', 'at', 'unixreviewtime'],
  seller: ['seller', 'seller_id'],
  text: ['text', 'review', 'reviewtext', 'content'],
  label: ['label', 'fraud'],
  ring: ['ring', 'group'],
} as const;
const REQUIRED = ['reviewer', 'product', 'rating', 'time'] as const;

/**
 * Reads reviews with the fields reviewer, product, seller, rating, time, text, label and ring; seller, text, label and
 * ring may be missing. A rating is 1–5, a time is a date or seconds or milliseconds since 1970. `-1` counts as a fraud
 * label, as in the published sets. Without labels and rings nothing is known of any reviewer.
 * @throws AppError `item.invalid` when no line has the fields that are needed.
 */
export const readReviewFile = async (objects: AsyncIterable<ReadObject>): Promise<ReviewFile> => {
  const bad: BadLine[] = [];
  const reviews: LabelledReview[] = [];
  let missing: readonly string[] = REQUIRED;
  for await (const { line, value } of objects) {
    const cell = cellsOf(value);
    if (cell === undefined) {
      bad.push({ line, why: 'no review: neither a JSON object nor a row of a table' });
      continue;
    }
    const lacking = REQUIRED.filter((name) => cell(...COLUMNS[name]) === '');
    if (lacking.length < missing.length) missing = lacking;
    const review = lacking.length > 0 ? `without ${lacking.join(', ')}` : reviewOf(cell, line);
    if (typeof review === 'string') bad.push({ line, why: review });
    else reviews.push(review);
  }
  if (reviews.length === 0 && missing.length > 0) {
    throw new AppError(
      'item.invalid',
      `No line holds a review: ${missing.join(', ')} missing. The first line of a table must name its columns: ${Object.keys(COLUMNS).join(', ')}; the last four may be left out.`,
    );
  }
  const inOrder = reviews.sort((a, b) => a.atMs - b.atMs);
  return { reviews: othersAreHonest(reviews) ? inOrder.map(withoutDoubt) : inOrder, bad };
};

const reviewOf = (cell: CellReader, line: number): LabelledReview | string => {
  const [rating, time, ring] = [cell(...COLUMNS.rating), cell(...COLUMNS.time), cell(...COLUMNS.ring)];
  const stars = Number(rating);
  if (!(stars >= 1 && stars <= 5)) return `the rating "${rating}" is not from 1 to 5`;
  const atMs = instantOf(time);
  if (Number.isNaN(atMs)) return `the time "${time}" cannot be read`;
  return {
    reviewId: `line-${line}`,
    accountId: cell(...COLUMNS.reviewer),
    listingId: cell(...COLUMNS.product),
    sellerId: cell(...COLUMNS.seller),
    stars: Math.round(stars),
    atMs,
    text: cell(...COLUMNS.text),
    truth: truthOf(cell(...COLUMNS.label).toLowerCase(), ring),
    ring,
  };
};

const truthOf = (label: string, ring: string): Truth => {
  if (ring !== '' || FRAUD_LABELS.has(label)) return 'FRAUD';
  return HONEST_LABELS.has(label) ? 'HONEST' : 'UNKNOWN';
};

/** A file that marks rings and nothing else says by that that the others are honest. */
const othersAreHonest = (reviews: readonly LabelledReview[]): boolean =>
  reviews.every(({ truth, ring }) => truth === 'UNKNOWN' || ring !== '') && reviews.some(({ ring }) => ring !== '');

const withoutDoubt = (review: LabelledReview): LabelledReview =>
  review.truth === 'UNKNOWN' ? { ...review, truth: 'HONEST' } : review;
