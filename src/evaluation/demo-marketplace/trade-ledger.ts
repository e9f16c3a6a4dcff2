import { LAST_MS, isoTime } from './demo-calendar.ts';
import type { PlannedListing } from './build-ordinary-listings.ts';
import { writeOrder, type ParcelFate } from './build-orders.ts';
import type { DemoBuyer } from './make-people.ts';
import type { DemoOrder, DemoReview } from './demo-records.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What somebody bought and how it went. */
interface Purchase {
  readonly buyer: DemoBuyer;
  readonly planned: PlannedListing;
  readonly placedAtMs: number;
  readonly fate: ParcelFate;
}

/** What somebody wrote. */
export interface Opinion {
  readonly stars: number;
  readonly text: string;
  readonly atMs: number;
  readonly language?: string;
}

/** The orders and reviews of the demo as they come about. */
export interface TradeLedger {
  readonly orders: DemoOrder[];
  readonly reviews: DemoReview[];
  /** Adds an order with its events; the answer is the order. */
  buy(purchase: Purchase): DemoOrder;
  /** Adds a review; times after the last moment of the demo are moved before it. */
  review(buyer: DemoBuyer, planned: PlannedListing, opinion: Opinion, order?: DemoOrder): DemoReview;
  /** Whether the buyer has reviewed the listing already. */
  hasReviewed(buyer: DemoBuyer, planned: PlannedListing): boolean;
}

/** Makes an empty ledger. Ids count up in the order in which things are added. */
export const createTradeLedger = (random: SeededRandom): TradeLedger => {
  const orders: DemoOrder[] = [];
  const reviews: DemoReview[] = [];
  const seen = new Set<string>();
  const keyOf = (buyer: DemoBuyer, planned: PlannedListing): string => `${buyer.account.id} ${planned.listing.id}`;
  return {
    orders,
    reviews,
    buy: ({ buyer, planned, placedAtMs, fate }) => {
      const id = `order-${String(orders.length + 1).padStart(5, '0')}`;
      const { listing } = planned;
      const order = writeOrder(
        {
          id,
          listingId: listing.id,
          sellerId: listing.sellerId,
          accountId: buyer.account.id,
          valueMinor: listing.priceMinor,
          currency: listing.currency,
          placedAtMs,
          destination: buyer.country,
          fate,
        },
        random.fork(id),
      );
      orders.push(order);
      return order;
    },
    review: (buyer, planned, opinion, order) => {
      seen.add(keyOf(buyer, planned));
      const review: DemoReview = {
        id: `review-${String(reviews.length + 1).padStart(5, '0')}`,
        listingId: planned.listing.id,
        sellerId: planned.listing.sellerId,
        accountId: buyer.account.id,
        ...(order === undefined ? {} : { orderId: order.id }),
        stars: opinion.stars,
        text: opinion.text,
        ...(opinion.language === undefined ? {} : { language: opinion.language }),
        createdAt: isoTime(Math.min(opinion.atMs, LAST_MS)),
      };
      reviews.push(review);
      return review;
    },
    hasReviewed: (buyer, planned) => seen.has(keyOf(buyer, planned)),
  };
};
