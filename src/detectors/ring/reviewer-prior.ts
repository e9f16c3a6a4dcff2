import { PRAISE, ATTACK, polarityOf, type ReviewEvent } from './review-event.ts';

const DAY_MS = 86_400_000;
/** Days between first and last review beyond which an account is not bursty. Source: Mukherjee et al., KDD 2013. */
const BURST_LIMIT_DAYS = 28;

/** What an account's reviews look like, apart from everybody else's network. */
interface Habits {
  readonly mostADay: number;
  readonly praiseShare01: number;
  readonly attackShare01: number;
  readonly meanDeviationStars: number;
  readonly burstiness01: number;
  readonly gapEntropy: number;
  readonly starEntropy: number;
}

/** High values of these are suspicious, low values of the others. */
const HIGH: readonly (keyof Habits)[] = [
  'mostADay',
  'praiseShare01',
  'attackShare01',
  'meanDeviationStars',
  'burstiness01',
];
const LOW: readonly (keyof Habits)[] = ['gapEntropy', 'starEntropy'];

/**
 * How odd each reviewer's habits are beside everybody else's, 0–1: 1 − √(mean of squared tail shares), one share for
 * each habit. It ranks reviewers of whom the network says nothing and is no probability. Source: the priors of SpEagle
 * (Rayana and Akoglu, KDD 2015, section 3.3), without those that read the text.
 */
export const reviewerPriors = (reviews: Iterable<ReviewEvent>): Map<string, number> => {
  const byAccount = new Map<string, ReviewEvent[]>();
  const starsOfListing = new Map<string, { sum: number; count: number }>();
  for (const review of reviews) {
    const own = byAccount.get(review.accountId);
    if (own === undefined) byAccount.set(review.accountId, [review]);
    else own.push(review);
    const stars = starsOfListing.get(review.listingId) ?? { sum: 0, count: 0 };
    stars.sum += review.stars;
    stars.count += 1;
    starsOfListing.set(review.listingId, stars);
  }
  const accounts = [...byAccount.keys()];
  const habits = accounts.map((account) => habitsOf(byAccount.get(account) ?? [], starsOfListing));
  const squares = new Float64Array(accounts.length);
  for (const name of [...HIGH, ...LOW]) {
    const shares = tailShares(
      habits.map((one) => one[name]),
      HIGH.includes(name),
    );
    for (const [index, share01] of shares.entries()) squares[index] = (squares[index] ?? 0) + share01 ** 2;
  }
  const count = HIGH.length + LOW.length;
  return new Map(accounts.map((account, index) => [account, 1 - Math.sqrt((squares[index] ?? 0) / count)]));
};

const habitsOf = (
  reviews: readonly ReviewEvent[],
  starsOfListing: ReadonlyMap<string, { readonly sum: number; readonly count: number }>,
): Habits => {
  const times = reviews.map(({ atMs }) => atMs).sort((a, b) => a - b);
  const perDay = countBy(times.map((atMs) => Math.floor(atMs / DAY_MS)));
  const spanDays = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / DAY_MS;
  const deviations = reviews.flatMap(({ listingId, stars }) => {
    const all = starsOfListing.get(listingId);
    return all === undefined || all.count < 2 ? [] : [Math.abs(stars - (all.sum - stars) / (all.count - 1))];
  });
  const shareOf = (polarity: number): number =>
    reviews.filter(({ stars }) => polarityOf(stars) === polarity).length / reviews.length;
  // Gaps in octaves of a day, so that a habit of minutes and one of weeks differ.
  const gaps = times.slice(1).map((atMs, index) => Math.round(Math.log2(1 + (atMs - (times[index] ?? atMs)) / DAY_MS)));
  return {
    mostADay: Math.max(...perDay.values()),
    praiseShare01: shareOf(PRAISE),
    attackShare01: shareOf(ATTACK),
    meanDeviationStars: deviations.reduce((sum, value) => sum + value, 0) / Math.max(1, deviations.length),
    burstiness01: reviews.length < 2 ? 0 : Math.max(0, 1 - spanDays / BURST_LIMIT_DAYS),
    gapEntropy: entropy(countBy(gaps)),
    starEntropy: entropy(countBy(reviews.map(({ stars }) => stars))),
  };
};

const countBy = (values: readonly number[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const entropy = (counts: ReadonlyMap<number, number>): number => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let sum = 0;
  for (const count of counts.values()) sum -= (count / total) * Math.log2(count / total);
  return sum;
};

/** For each value the share of all values that are at least as extreme, 0–1; equal values share the larger one. */
const tailShares = (values: readonly number[], isHighOdd: boolean): Float64Array => {
  // Sums that differ in their last digits only are the same habit.
  const signed = values.map((value) => Math.round(1e9 * (isHighOdd ? -value : value)));
  const order = signed.map((_, index) => index).sort((a, b) => (signed[a] ?? 0) - (signed[b] ?? 0));
  const shares = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && signed[order[end] ?? 0] === signed[order[start] ?? 0]) end += 1;
    for (let i = start; i < end; i += 1) shares[order[i] ?? 0] = end / order.length;
    start = end;
  }
  return shares;
};
