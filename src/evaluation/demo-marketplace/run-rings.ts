import { DAY_MS, HOUR_MS, msBefore } from './demo-calendar.ts';
import type { DemoPeople } from './build-accounts.ts';
import type { DemoBuyer } from './make-people.ts';
import type { PlannedListing } from './build-ordinary-listings.ts';
import type { DemoTruth } from './demo-records.ts';
import { chooseWords } from './demo-wording/choose-words.ts';
import { RING_TEXTS } from './demo-wording/ring-words.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { TextMemory } from './text-likeness.ts';
import type { TradeLedger } from './trade-ledger.ts';
import { writeHonestReview } from './write-reviews.ts';

interface RingPlan {
  readonly id: string;
  readonly direction: 'PRAISE' | 'ATTACK';
  readonly members: readonly DemoBuyer[];
  /** The seller whose listings are reviewed. */
  readonly targetSellerId: string;
  readonly beneficiarySellerId: string;
  readonly listingCount: number;
  /** Chance that a member reviews one listing of the ring. */
  readonly participation01: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly texts: readonly string[];
  /** Chance that a text follows a pattern; the others are made up freely. */
  readonly patterned01: number;
  /** Reviews of strangers’ goods a member writes to look honest. */
  readonly camouflage: number;
  readonly hasOrders: boolean;
  readonly story: string;
}

interface RingWork {
  readonly people: DemoPeople;
  readonly listings: readonly PlannedListing[];
  readonly ledger: TradeLedger;
  readonly memory: TextMemory;
  readonly random: SeededRandom;
  readonly truth: DemoTruth;
}

/** The rings review what they were told to, in the days they were told to. */
export const runRings = (work: RingWork): void => {
  const { people } = work;
  const plans: readonly RingPlan[] = [
    {
      id: 'ring-brightnest',
      direction: 'PRAISE',
      members: people.praiseRing,
      targetSellerId: 's-brightnest',
      beneficiarySellerId: 's-brightnest',
      listingCount: 5,
      participation01: 0.85,
      firstDay: 27,
      lastDay: 18,
      texts: RING_TEXTS.lampPraise,
      patterned01: 0.55,
      camouflage: 1,
      hasOrders: true,
      story:
        'Fourteen new accounts praise five listings of BrightNest Home within nine days, half of them in the same words.',
    },
    {
      id: 'ring-gadget-galaxy',
      direction: 'PRAISE',
      members: people.gadgetRing,
      targetSellerId: 's-gadget-galaxy',
      beneficiarySellerId: 's-gadget-galaxy',
      listingCount: 4,
      participation01: 0.9,
      firstDay: 40,
      lastDay: 28,
      texts: RING_TEXTS.gadgetPraise,
      patterned01: 0.35,
      camouflage: 3,
      hasOrders: true,
      story: 'Ten accounts praise four listings of Gadget Galaxy and hide it among reviews of other shops.',
    },
    {
      id: 'ring-lampworld',
      direction: 'ATTACK',
      members: people.attackRing,
      targetSellerId: 's-alpenlicht',
      beneficiarySellerId: 's-lampworld',
      listingCount: 4,
      participation01: 0.88,
      firstDay: 16,
      lastDay: 9,
      texts: RING_TEXTS.attack,
      patterned01: 0.6,
      camouflage: 1,
      hasOrders: false,
      story:
        'Twelve accounts on rented servers give one star to four lamps of Alpenlicht within a week; some share a device with the competitor LampWorld.',
    },
    {
      id: 'ring-trendrush',
      direction: 'PRAISE',
      members: people.sockPuppets,
      targetSellerId: 's-trendrush',
      beneficiarySellerId: 's-trendrush',
      listingCount: 4,
      participation01: 0.8,
      firstDay: 21,
      lastDay: 13,
      texts: RING_TEXTS.puppetPraise,
      patterned01: 0.5,
      camouflage: 0,
      hasOrders: false,
      story: 'The sock puppets of TrendRush praise four of its listings.',
    },
  ];
  for (const plan of plans) runRing(plan, work);
};

const runRing = (plan: RingPlan, { listings, ledger, memory, random, truth }: RingWork): void => {
  const chance = random.fork(plan.id);
  const targets = listings
    .filter(
      ({ listing }) =>
        listing.sellerId === plan.targetSellerId &&
        Date.parse(listing.createdAt) < msBefore(plan.firstDay + 3) &&
        !listing.id.startsWith('stock-') &&
        !/stuffed|dupe/u.test(listing.id),
    )
    .slice(0, plan.listingCount);
  for (const [position, planned] of targets.entries()) {
    const share = (plan.firstDay - plan.lastDay) / targets.length;
    const startsMs = msBefore(plan.firstDay - position * share * 0.7);
    for (const buyer of plan.members) {
      if (!chance.chance(plan.participation01)) continue;
      const atMs = startsMs + chance.between(0, Math.max(2.2, share)) * DAY_MS;
      const stars = plan.direction === 'ATTACK' ? chance.pick([1, 1, 1, 2]) : chance.pick([5, 5, 5, 5, 4]);
      const text = chance.chance(plan.patterned01)
        ? chooseWords(chance.pick(plan.texts), chance)
        : writeHonestReview({ kind: planned.kind, language: 'en', stars }, memory, chance);
      const order =
        plan.hasOrders && chance.chance(0.7)
          ? ledger.buy({ buyer, planned, placedAtMs: atMs - 240 * HOUR_MS, fate: 'DELIVERED' })
          : undefined;
      ledger.review(buyer, planned, { stars, text, atMs, language: 'en' }, order);
    }
  }
  for (const buyer of plan.members) {
    for (let count = 0; count < plan.camouflage; count += 1) {
      const planned = chance.pick(listings);
      const atMs = msBefore(chance.between(2, plan.firstDay));
      if (
        ledger.hasReviewed(buyer, planned) ||
        Date.parse(planned.listing.createdAt) > atMs ||
        planned.listing.sellerId === plan.targetSellerId
      )
        continue;
      const stars = chance.pick([5, 4, 4, 3]);
      ledger.review(buyer, planned, {
        stars,
        text: writeHonestReview({ kind: planned.kind, language: 'en', stars }, memory, chance),
        atMs,
        language: 'en',
      });
    }
  }
  truth.rings.push({
    id: plan.id,
    direction: plan.direction,
    members: plan.members.map(({ account }) => account.id),
    listings: targets.map(({ listing }) => listing.id),
    beneficiarySellerId: plan.beneficiarySellerId,
    ...(plan.direction === 'ATTACK' ? { victimSellerId: plan.targetSellerId } : {}),
    minRecall01: 0.8,
    minPrecision01: 0.8,
    story: plan.story,
  });
};
