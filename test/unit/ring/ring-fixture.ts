import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ReviewEvent } from '../../../src/detectors/ring/review-event.ts';
import { RingState } from '../../../src/detectors/ring/ring-state.ts';
import { ringStateOptions } from '../../../src/detectors/ring/ring-state-options.ts';
import { ringSettings, type RingSettings } from '../../../src/detectors/ring/settings.ts';

export const DAY_MS = 86_400_000;
export const NOW_MS = Date.UTC(2026, 5, 1);

/** The settings that are shipped. */
export const shippedSettings = (): RingSettings => ringSettings.parse(parse(readFileSync('rules/ring.yaml', 'utf8')));

/** A review `ageDays` before NOW_MS; the id tells account and listing. */
export const reviewOf = (
  accountId: string,
  listingId: string,
  ageDays: number,
  more: Partial<ReviewEvent> = {},
): ReviewEvent => ({
  reviewId: `${accountId}@${listingId}`,
  accountId,
  listingId,
  sellerId: `seller-of-${listingId.split('.')[0] ?? ''}`,
  stars: 5,
  atMs: NOW_MS - ageDays * DAY_MS,
  text: '',
  ...more,
});

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** An honest market: 3,000 reviews by 900 buyers of 600 listings over 80 days, a few listings far busier than others. */
export const honestMarket = (seed: number): ReviewEvent[] => {
  const random = randomFrom(seed);
  return Array.from({ length: 3_000 }, (_, index) => {
    const buyer = Math.floor(random() * 900);
    const listing = Math.floor(600 * random() ** 3);
    const stars = random() < 0.75 ? 5 : random() < 0.5 ? 3 : 1;
    return reviewOf(`buyer-${buyer}`, `shop${listing % 40}.item-${listing}`, 80 * random(), {
      reviewId: `honest-${index}`,
      stars,
    });
  });
};

/** `members` accounts who each review `listings` listings of one shop within five days each, some cells left out. */
export const plantedRing = (
  name: string,
  { members, listings, stars, seed }: { members: number; listings: number; stars: number; seed: number },
): ReviewEvent[] => {
  const random = randomFrom(seed);
  const reviews: ReviewEvent[] = [];
  for (let listing = 0; listing < listings; listing += 1) {
    const startDays = 10 + 40 * random();
    for (let member = 0; member < members; member += 1) {
      if (random() > 0.85) continue;
      const listingId = `${name}-shop.item-${listing}`;
      reviews.push(reviewOf(`${name}-${member}`, listingId, startDays + 5 * random(), { stars }));
    }
  }
  return reviews;
};

export const stateOf = (events: readonly ReviewEvent[]): RingState => {
  const settings = shippedSettings();
  const state = new RingState(ringStateOptions(settings));
  for (const event of events) state.add(event);
  return state;
};
