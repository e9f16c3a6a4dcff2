import type { BipartiteEdges } from '../../detectors/ring/review-graph.ts';
import type { LabelledReview } from './labelled-review.ts';
import type { SeededRandom } from './seeded-random.ts';
import { LAUNCH_DAYS, simulateDays, STREAM_START_MS } from './simulate-times.ts';

const DAY_MS = 86_400_000;

/** What is planted in a stream of reviews. */
export interface ProtocolC {
  /** Rings to plant: so many of members × listings. */
  readonly rings: readonly { readonly count: number; readonly members: number; readonly listings: number }[];
  /** Chance that a member reviews a listing of the ring, 0–1. */
  readonly participation01: number;
  readonly daysPerListing: number;
  readonly campaignDays: number;
  /** Reviews of random listings, as a multiple of a member's ring reviews. */
  readonly camouflage: number;
  /** Share of rings that attack, 0–1; honest reviews are then mixed too. With 0 everybody gives five stars. */
  readonly attackShare01: number;
}

/** The rings of the design's stream protocol: 55 rings of new accounts, 750 members. */
export const PROTOCOL_C: ProtocolC = {
  rings: [
    { count: 20, members: 5, listings: 4 },
    { count: 20, members: 10, listings: 5 },
    { count: 10, members: 20, listings: 10 },
    { count: 5, members: 50, listings: 20 },
  ],
  participation01: 0.7,
  daysPerListing: 5,
  campaignDays: 60,
  camouflage: 1,
  attackShare01: 0,
};

/** Stars of honest reviewers where ratings are mixed; about the J shape of shop reviews (judgement). */
const honestStars = (random: SeededRandom): number => {
  const draw = random.next();
  return draw < 0.6 ? 5 : draw < 0.8 ? 4 : draw < 0.88 ? 3 : draw < 0.93 ? 2 : 1;
};

/** A graph with simulated times and planted rings of new accounts, by time. Listings are the graph's own. */
export const plantRings = (graph: BipartiteEdges, protocol: ProtocolC, random: SeededRandom): LabelledReview[] => {
  const days = simulateDays(graph, random);
  const isMixed = protocol.attackShare01 > 0;
  const reviews: LabelledReview[] = [];
  const push = (user: string, item: number, day: number, stars: number, ring: string): void => {
    reviews.push({
      reviewId: `r${reviews.length}`,
      accountId: user,
      listingId: `l${item}`,
      sellerId: '',
      stars,
      atMs: STREAM_START_MS + day * DAY_MS,
      text: '',
      truth: ring === '' ? 'HONEST' : 'FRAUD',
      ring,
    });
  };
  for (let edge = 0; edge < days.length; edge += 1) {
    const stars = isMixed ? honestStars(random) : 5;
    push(`u${graph.userOf[edge] ?? 0}`, graph.itemOf[edge] ?? 0, days[edge] ?? 0, stars, '');
  }
  let planted = 0;
  for (const { count, members, listings } of protocol.rings) {
    for (let i = 0; i < count; i += 1, planted += 1) {
      const ring = `${members}x${listings}#${i}`;
      const stars = random.next() < protocol.attackShare01 ? 1 : 5;
      plantRing({ ring, members, listings, stars, planted }, { graph, protocol, random, push, isMixed });
    }
  }
  return reviews.sort((a, b) => a.atMs - b.atMs);
};

interface Planting {
  readonly graph: BipartiteEdges;
  readonly protocol: ProtocolC;
  readonly random: SeededRandom;
  readonly isMixed: boolean;
  readonly push: (user: string, item: number, day: number, stars: number, ring: string) => void;
}

const plantRing = (
  ring: { ring: string; members: number; listings: number; stars: number; planted: number },
  { graph, protocol, random, push, isMixed }: Planting,
): void => {
  const campaignStart = random.next() * LAUNCH_DAYS;
  const items = random.distinct(ring.listings, graph.items);
  const starts = items.map(() => campaignStart + random.next() * (protocol.campaignDays - protocol.daysPerListing));
  for (let member = 0; member < ring.members; member += 1) {
    const user = `f${ring.planted}.${member}`;
    let written = 0;
    for (const [index, item] of items.entries()) {
      if (random.next() >= protocol.participation01) continue;
      written += 1;
      push(user, item, (starts[index] ?? 0) + random.next() * protocol.daysPerListing, ring.stars, ring.ring);
    }
    for (let i = 0; i < Math.round(written * protocol.camouflage); i += 1) {
      const day = campaignStart + random.next() * protocol.campaignDays;
      push(user, random.below(graph.items), day, isMixed ? honestStars(random) : 5, ring.ring);
    }
  }
};
