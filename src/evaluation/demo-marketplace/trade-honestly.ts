import { DAY_MS, HOUR_MS, LAST_MS, msBefore } from './demo-calendar.ts';
import type { DemoBuyer } from './make-people.ts';
import { lastEventMs } from './build-orders.ts';
import type { PlannedListing } from './build-ordinary-listings.ts';
import { DEMO_SELLERS } from './demo-cast/demo-sellers.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { TextMemory } from './text-likeness.ts';
import type { TradeLedger } from './trade-ledger.ts';
import { writeHonestReview } from './write-reviews.ts';

/** Honest reviews drawn at random, beside those of the stories. */
const ORDINARY_REVIEWS = 1_690;

/** Stars about the seller's mean; most reviews are fives, as on every marketplace. */
const drawStars = (mean: number, random: SeededRandom): number => {
  const pleased = (mean - 1) / 4;
  let stars = 1;
  for (let step = 0; step < 4; step += 1) if (random.chance(pleased)) stars += 1;
  return random.chance(0.35) ? stars : Math.min(5, Math.max(1, Math.round(mean + (random.next01() - 0.42) * 2.4)));
};

const pickWeighted = <Item>(items: readonly Item[], weightOf: (item: Item) => number, random: SeededRandom): Item => {
  let left = random.next01() * items.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return random.pick(items);
};

interface HonestTrade {
  readonly buyers: readonly DemoBuyer[];
  readonly listings: readonly PlannedListing[];
  readonly ledger: TradeLedger;
  readonly memory: TextMemory;
  readonly random: SeededRandom;
}

/** People buy, wait for the parcel and write what they think. */
export const tradeHonestly = ({ buyers, listings, ledger, memory, random }: HonestTrade): void => {
  const cast = new Map(DEMO_SELLERS.map((seller) => [seller.id, seller]));
  const attraction = new Map(
    listings.map((planned) => [
      planned,
      (cast.get(planned.listing.sellerId)?.popularity ?? 1) * random.pick([0.4, 0.7, 1, 1, 1.6, 2.4]),
    ]),
  );
  let written = 0;
  while (written < ORDINARY_REVIEWS) {
    const buyer = pickWeighted(buyers, ({ eagerness }) => eagerness, random);
    const planned = pickWeighted(listings, (candidate) => attraction.get(candidate) ?? 1, random);
    const seller = cast.get(planned.listing.sellerId);
    const opensMs =
      Math.max(Date.parse(planned.listing.createdAt), Date.parse(buyer.account.registeredAt)) + 2 * HOUR_MS;
    const roomMs = LAST_MS - opensMs - 16 * DAY_MS;
    if (seller === undefined || roomMs <= 0 || ledger.hasReviewed(buyer, planned)) continue;
    const placedAtMs = LAST_MS - 16 * DAY_MS - roomMs * random.next01() ** 1.4;
    const order = ledger.buy({ buyer, planned, placedAtMs, fate: 'DELIVERED' });
    const stars = drawStars(seller.meanStars, random);
    const language = random.chance(0.85) ? buyer.language : 'en';
    const text = random.chance(0.04) ? '' : writeHonestReview({ kind: planned.kind, language, stars }, memory, random);
    const atMs = lastEventMs(order) + DAY_MS * random.between(0.2, 9);
    ledger.review(buyer, planned, { stars, text, atMs, ...(text === '' ? {} : { language }) }, order);
    written += 1;
  }
  tradeWithoutReview({ buyers, listings, ledger, memory, random });
  celebrateLaunch({ buyers, listings, ledger, memory, random });
};

/** Many buyers say nothing. */
const tradeWithoutReview = ({ buyers, listings, ledger, random }: HonestTrade): void => {
  for (let count = 0; count < 260; count += 1) {
    const buyer = random.pick(buyers);
    const planned = random.pick(listings);
    const opensMs = Math.max(Date.parse(planned.listing.createdAt), Date.parse(buyer.account.registeredAt));
    const roomMs = LAST_MS - opensMs - DAY_MS;
    if (roomMs <= 0) continue;
    const fate = random.pick(['DELIVERED', 'DELIVERED', 'DELIVERED', 'DELIVERED', 'CANCELLED', 'REFUSED'] as const);
    ledger.buy({ buyer, planned, placedAtMs: opensMs + roomMs * random.next01(), fate });
  }
};

/** A new shoe is launched and twenty-four people review it within four days: a burst that is no ring. */
const celebrateLaunch = ({ buyers, listings, ledger, memory, random }: HonestTrade): void => {
  const launched = listings.find(({ listing }) => listing.id === 'norvik-09');
  if (launched === undefined) return;
  const startMs = Math.max(Date.parse(launched.listing.createdAt) + 9 * DAY_MS, msBefore(60));
  const fans = random.sample(
    buyers.filter(
      (buyer) => Date.parse(buyer.account.registeredAt) < startMs - 20 * DAY_MS && !ledger.hasReviewed(buyer, launched),
    ),
    24,
  );
  for (const buyer of fans) {
    const order = ledger.buy({
      buyer,
      planned: launched,
      placedAtMs: startMs - random.between(0, 2) * DAY_MS,
      fate: 'DELIVERED',
    });
    const stars = random.pick([5, 5, 5, 4, 4, 3]);
    const text = writeHonestReview({ kind: launched.kind, language: buyer.language, stars }, memory, random);
    ledger.review(
      buyer,
      launched,
      { stars, text, atMs: lastEventMs(order) + random.between(0, 3) * DAY_MS, language: buyer.language },
      order,
    );
  }
};
