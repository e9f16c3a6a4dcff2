import type { LabelledReview } from './labelled-review.ts';
import type { PlantedGraph } from './plant-block.ts';
import type { SeededRandom } from './seeded-random.ts';
import { LAUNCH_DAYS, simulateDays, STREAM_START_MS } from './simulate-times.ts';

const DAY_MS = 86_400_000;

/** A planted graph as a stream: honest reviews by the timing model, planted ones within a campaign, by time. */
export const timeBlock = (
  { edges, fraudUsers, plantedFrom }: PlantedGraph,
  { campaignDays, daysPerListing }: { readonly campaignDays: number; readonly daysPerListing: number },
  random: SeededRandom,
): LabelledReview[] => {
  const days = simulateDays(edges, random);
  const campaignStart = random.next() * LAUNCH_DAYS;
  const starts = new Map<number, number>();
  for (let edge = plantedFrom; edge < days.length; edge += 1) {
    const item = edges.itemOf[edge] ?? 0;
    const start = starts.get(item) ?? campaignStart + random.next() * (campaignDays - daysPerListing);
    starts.set(item, start);
    days[edge] = start + random.next() * daysPerListing;
  }
  return Array.from(days, (day, edge): LabelledReview => {
    const user = edges.userOf[edge] ?? 0;
    return {
      reviewId: `r${edge}`,
      accountId: `u${user}`,
      listingId: `l${edges.itemOf[edge] ?? 0}`,
      sellerId: '',
      stars: 5,
      atMs: STREAM_START_MS + day * DAY_MS,
      text: '',
      truth: fraudUsers.has(user) ? 'FRAUD' : 'HONEST',
      ring: fraudUsers.has(user) ? 'block' : '',
    };
  }).sort((a, b) => a.atMs - b.atMs);
};
