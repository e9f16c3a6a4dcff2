import { DAY_MS, LAST_MS, msBefore } from './demo-calendar.ts';
import type { DemoBuyer } from './make-people.ts';
import { lastEventMs, LONGEST_FATE_MS, type ParcelFate } from './build-orders.ts';
import type { PlannedListing } from './build-ordinary-listings.ts';
import type { DemoTruth, TruthFault, TruthReviewWeight } from './demo-records.ts';
import { chooseWords } from './demo-wording/choose-words.ts';
import {
  CARRIER_LATE_REVIEWS,
  CARRIER_LOST_REVIEWS,
  CUSTOMS_REVIEWS,
  HARD_TO_READ,
  MIXED_CUSTOMS_REVIEWS,
  MIXED_LATE_REVIEWS,
  NEVER_SENT_REVIEWS,
} from './demo-wording/delivery-words.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { TradeLedger } from './trade-ledger.ts';
import { writeHonestReview } from './write-reviews.ts';
import type { TextMemory } from './text-likeness.ts';

/** What buyers write, by what happened. */
const POOLS = {
  CUSTOMS_ONLY: CUSTOMS_REVIEWS,
  CARRIER_LOST: CARRIER_LOST_REVIEWS,
  CARRIER_LATE: CARRIER_LATE_REVIEWS,
  MIXED_CUSTOMS: MIXED_CUSTOMS_REVIEWS,
  MIXED_LATE: MIXED_LATE_REVIEWS,
  NEVER_SENT: NEVER_SENT_REVIEWS,
} as const;

/** One kind of mishap at one seller: how often, and what the buyers say. */
interface Mishap {
  readonly sellerId: string;
  readonly fate: ParcelFate;
  readonly count: number;
  readonly says: keyof typeof POOLS | 'COUNTERFEIT' | 'NOTHING';
  readonly responsible: TruthFault['responsible'];
  readonly story: string;
  /** Days before the anchor in which the orders are placed. */
  readonly days: readonly [number, number];
}

const MISHAPS: readonly Mishap[] = [
  {
    sellerId: 's-kyoto-craft',
    fate: 'HELD_BY_CUSTOMS',
    count: 13,
    says: 'CUSTOMS_ONLY',
    responsible: 'CUSTOMS',
    story: 'Sent in time with complete papers; customs holds the parcel.',
    days: [200, 50],
  },
  {
    sellerId: 's-kyoto-craft',
    fate: 'RETURNED_BY_CUSTOMS',
    count: 6,
    says: 'CUSTOMS_ONLY',
    responsible: 'CUSTOMS',
    story: 'Sent in time; customs sent the parcel back without a reason.',
    days: [190, 60],
  },
  {
    sellerId: 's-kyoto-craft',
    fate: 'DUTY_UNPAID',
    count: 4,
    says: 'NOTHING',
    responsible: 'BUYER',
    story: 'The buyer did not pay the duty.',
    days: [180, 60],
  },
  {
    sellerId: 's-kyoto-craft',
    fate: 'RELEASED_LATE',
    count: 4,
    says: 'MIXED_CUSTOMS',
    responsible: 'CUSTOMS',
    story: 'Weeks late by customs; the review also speaks of the goods.',
    days: [180, 60],
  },
  {
    sellerId: 's-loom-and-thread',
    fate: 'LOST_BY_CARRIER',
    count: 8,
    says: 'CARRIER_LOST',
    responsible: 'CARRIER',
    story: 'Scanned in time, then lost while the carrier’s depot was on strike.',
    days: [95, 78],
  },
  {
    sellerId: 's-loom-and-thread',
    fate: 'LATE_BY_STRIKE',
    count: 9,
    says: 'CARRIER_LATE',
    responsible: 'CARRIER',
    story: 'Scanned in time, weeks late by the strike.',
    days: [95, 75],
  },
  {
    sellerId: 's-loom-and-thread',
    fate: 'LATE_BY_STRIKE',
    count: 4,
    says: 'MIXED_LATE',
    responsible: 'CARRIER',
    story: 'Late by the strike; the review also speaks of the goods.',
    days: [94, 76],
  },
  {
    sellerId: 's-quickbuy',
    fate: 'NEVER_SENT',
    count: 16,
    says: 'NEVER_SENT',
    responsible: 'SELLER',
    story: 'A tracking number was uploaded, but nothing was ever handed to the carrier.',
    days: [170, 40],
  },
  {
    sellerId: 's-mirror-luxe',
    fate: 'SEIZED_AS_COUNTERFEIT',
    count: 7,
    says: 'COUNTERFEIT',
    responsible: 'SELLER',
    story: 'Customs seized the goods as counterfeit: that is the seller’s own doing.',
    days: [58, 30],
  },
  {
    sellerId: 's-alpenlicht',
    fate: 'REFUSED',
    count: 3,
    says: 'NOTHING',
    responsible: 'BUYER',
    story: 'The buyer refused the parcel.',
    days: [150, 40],
  },
];

/** What of a review may count, where that is in question. */
const COUNTS_OF: Partial<Readonly<Record<Mishap['says'], TruthReviewWeight['counts']>>> = {
  CUSTOMS_ONLY: 'NOT_AT_ALL',
  CARRIER_LOST: 'NOT_AT_ALL',
  CARRIER_LATE: 'NOT_AT_ALL',
  MIXED_CUSTOMS: 'ALL_BUT_DELIVERY',
  MIXED_LATE: 'ALL_BUT_DELIVERY',
};

const takeText = (pools: ReadonlyMap<string, string[]>, name: string): string => {
  const text = pools.get(name)?.pop();
  if (text === undefined) throw new RangeError(`more reviews of kind ${name} are wanted than are written`);
  return text;
};

interface Sufferers {
  readonly buyers: readonly DemoBuyer[];
  readonly listings: readonly PlannedListing[];
  readonly ledger: TradeLedger;
  readonly memory: TextMemory;
  readonly random: SeededRandom;
  readonly truth: DemoTruth;
}

/** Parcels go wrong, by customs, carriers, buyers and sellers, and some buyers blame the wrong one. */
export const sufferParcels = ({ buyers, listings, ledger, memory, random, truth }: Sufferers): void => {
  const pools = new Map(Object.entries(POOLS).map(([name, texts]) => [name, random.sample(texts, texts.length)]));
  for (const mishap of MISHAPS) {
    const [earliest, latest] = mishap.days;
    const goods = listings.filter(
      ({ listing }) => listing.sellerId === mishap.sellerId && Date.parse(listing.createdAt) < msBefore(latest + 2),
    );
    for (let count = 0; count < mishap.count; count += 1) {
      const planned = random.pick(goods);
      const opensMs = Math.max(msBefore(earliest), Date.parse(planned.listing.createdAt) + DAY_MS);
      const placedAtMs = random.between(
        opensMs,
        Math.max(opensMs, Math.min(msBefore(latest), LAST_MS - LONGEST_FATE_MS)),
      );
      const buyer = random.pick(
        buyers.filter(
          (candidate) =>
            Date.parse(candidate.account.registeredAt) < placedAtMs && !ledger.hasReviewed(candidate, planned),
        ),
      );
      const order = ledger.buy({ buyer, planned, placedAtMs, fate: mishap.fate });
      truth.faults.push({ orderId: order.id, responsible: mishap.responsible, story: mishap.story });
      if (mishap.says === 'NOTHING') continue;
      const pattern = mishap.says === 'COUNTERFEIT' ? undefined : takeText(pools, mishap.says);
      const text =
        pattern === undefined
          ? writeHonestReview({ kind: planned.kind, language: 'en', stars: 1 }, memory, random)
          : chooseWords(pattern, random);
      memory.remember(text);
      const stars = COUNTS_OF[mishap.says] === 'ALL_BUT_DELIVERY' ? random.pick([1, 2, 2]) : random.pick([1, 1, 1, 2]);
      const review = ledger.review(
        buyer,
        planned,
        { stars, text, atMs: lastEventMs(order) + random.between(0.1, 4) * DAY_MS },
        order,
      );
      const counts = COUNTS_OF[mishap.says];
      if (counts === undefined) continue;
      truth.reviewWeights.push({
        reviewId: review.id,
        counts,
        ...(pattern !== undefined && HARD_TO_READ.has(pattern) ? { isHard: true } : {}),
        story:
          counts === 'NOT_AT_ALL'
            ? 'Blames the delivery alone, for which the seller is not at fault.'
            : 'Blames the delivery and the goods: the part about the goods counts.',
      });
    }
  }
};
