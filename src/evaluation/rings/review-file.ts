import { parse } from 'csv-parse/sync';
import type { LabelledReview, Truth } from './labelled-review.ts';

/** A line that holds no review, and why; lines count from 1 with the heading. */
export interface LineProblem {
  readonly line: number;
  readonly why: string;
}

export interface ReviewFile {
  /** By time. */
  readonly reviews: readonly LabelledReview[];
  readonly problems: readonly LineProblem[];
}

const FRAUD_LABELS = new Set(['1', 'true', 'yes', 'fraud', 'spam', '-1']);
const HONEST_LABELS = new Set(['0', 'false', 'no', 'honest', 'genuine']);
const REQUIRED = ['reviewer', 'product', 'rating', 'time'] as const;
/** Times below are seconds, above milliseconds since 1970: the border is the year 5138 in one and 1973 in the other. */
const SECONDS_LIMIT = 1e11;

/**
 * Reads `reviewer,product,seller,rating,time,text,label,ring` with a heading, separated by commas or tabs; seller, text,
 * label and ring may be missing. A rating is 1–5, a time is RFC 3339 or seconds or milliseconds since 1970. `-1`
 * counts as a fraud label, as in the published sets.
 */
export const readReviewFile = (content: string): ReviewFile => {
  const heading = content.slice(0, content.indexOf('\n'));
  const rows: string[][] = parse(content, {
    delimiter: heading.includes('\t') ? '\t' : ',',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    bom: true,
  });
  const columns = new Map((rows[0] ?? []).map((name, index) => [name.trim().toLowerCase(), index]));
  const missing = REQUIRED.filter((name) => !columns.has(name));
  if (missing.length > 0) {
    return { reviews: [], problems: [{ line: 1, why: `the heading lacks ${missing.join(', ')}` }] };
  }
  const problems: LineProblem[] = [];
  const reviews: LabelledReview[] = [];
  for (const [index, row] of rows.entries()) {
    if (index === 0) continue;
    const cell = (name: string): string => row[columns.get(name) ?? -1]?.trim() ?? '';
    const review = reviewOf(cell, index, columns.has('label'));
    if (typeof review === 'string') problems.push({ line: index + 1, why: review });
    else reviews.push(review);
  }
  return { reviews: reviews.sort((a, b) => a.atMs - b.atMs), problems };
};

const reviewOf = (cell: (name: string) => string, index: number, hasLabels: boolean): LabelledReview | string => {
  if (cell('reviewer') === '') return 'the reviewer is empty';
  if (cell('product') === '') return 'the product is empty';
  const stars = Number(cell('rating'));
  if (cell('rating') === '' || !(stars >= 1 && stars <= 5)) return `the rating "${cell('rating')}" is not from 1 to 5`;
  const atMs = readTime(cell('time'));
  if (Number.isNaN(atMs)) return `the time "${cell('time')}" cannot be read`;
  const ring = cell('ring');
  return {
    reviewId: `row-${index}`,
    accountId: cell('reviewer'),
    listingId: cell('product'),
    sellerId: cell('seller'),
    stars: Math.round(stars),
    atMs,
    text: cell('text'),
    truth: truthOf(cell('label').toLowerCase(), ring, hasLabels),
    ring,
  };
};

const readTime = (text: string): number => {
  if (text === '') return Number.NaN;
  const number = Number(text);
  if (Number.isNaN(number)) return Date.parse(text);
  return Math.abs(number) < SECONDS_LIMIT ? 1_000 * number : number;
};

const truthOf = (label: string, ring: string, hasLabels: boolean): Truth => {
  if (ring !== '' || FRAUD_LABELS.has(label)) return 'FRAUD';
  if (HONEST_LABELS.has(label)) return 'HONEST';
  return hasLabels ? 'UNKNOWN' : 'HONEST';
};
