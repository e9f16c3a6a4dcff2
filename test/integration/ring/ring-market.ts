import { expect } from 'vitest';
import type { Review } from '../../../src/domain/review.ts';
import { randomFrom } from '../../unit/ring/ring-fixture.ts';
import type { TestAssay } from '../../support/assay.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

/** Stored reviews of an honest market, as rows: 1,500 by 500 buyers of 300 listings over 80 days. */
export const marketRows = (seed: number) => {
  const random = randomFrom(seed);
  return Array.from({ length: 1_500 }, (_, index) => {
    const listing = Math.floor(300 * random() ** 2);
    const stars = random() < 0.75 ? 5 : random() < 0.5 ? 3 : 1;
    const review: Review = {
      id: `honest-${index}`,
      listingId: `item-${listing}`,
      sellerId: `shop-${listing % 40}`,
      accountId: `buyer-${Math.floor(random() * 500)}`,
      stars,
      text: '',
      createdAt: daysAgo(1 + 79 * random()),
    };
    const { id, listingId, sellerId, accountId, createdAt } = review;
    const at = new Date(createdAt);
    return {
      id,
      listingId,
      sellerId,
      accountId,
      stars,
      version: 1,
      contentSha256: id,
      payload: review,
      createdAt: at,
      receivedAt: at,
    };
  });
};

const COLOURS = ['red', 'blue', 'green', 'grey', 'black'];

/** Reviews of one seller's listings by members who come together, each text but for one word the same. */
export const ringReviews = (
  name: string,
  {
    members,
    listings,
    stars,
    sellerId = `s-${name}`,
  }: { members: number; listings: number; stars: number; sellerId?: string },
): Review[] =>
  Array.from({ length: listings }, (_, listing) =>
    Array.from({ length: members }, (__, member): Review => ({
      id: `${name}-${listing}-${member}`,
      listingId: `${name}-item-${listing}`,
      sellerId,
      accountId: `${name}-${member}`,
      stars,
      text: `I bought the ${COLOURS[(listing + member) % COLOURS.length] ?? ''} lamp number ${listing} for my mother, and it shines all night without a flicker.`,
      createdAt: daysAgo(40 - 6 * listing + member / 3),
    })),
  ).flat();

/** Sends items to an intake path and waits until everything that follows from them is done. */
export const sendItems = async (assay: TestAssay, path: string, items: readonly object[]): Promise<void> => {
  const answer = await assay.client.post<{ items: readonly { status: string }[] }>(path, { items });
  expect(answer.items.map(({ status }) => status)).toEqual(items.map(() => 'accepted'));
  await assay.settle();
};
