import type { ReviewEvent } from '../../detectors/ring/review-event.ts';
import type { SeededRandom } from './seeded-random.ts';

const DAY_MS = 86_400_000;

/** An honest stream for benches, by time: evenly spread over the days, listings with popularity falling as 1/√rank. */
export function* reviewStream(reviews: number, days: number, random: SeededRandom): Generator<ReviewEvent> {
  const accounts = Math.ceil(reviews / 8);
  const listings = Math.ceil(reviews / 15);
  for (let i = 0; i < reviews; i += 1) {
    const listing = Math.floor(listings * random.next() ** 2);
    yield {
      reviewId: `r${i}`,
      accountId: `u${random.below(accounts)}`,
      listingId: `l${listing}`,
      sellerId: `s${listing % 1_000}`,
      stars: random.next() < 0.85 ? 5 : 1,
      atMs: (i / reviews) * days * DAY_MS,
      text: '',
    };
  }
}
