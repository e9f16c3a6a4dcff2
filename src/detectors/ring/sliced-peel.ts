import { z } from 'zod';
import { polarityOf, type ReviewEvent } from './review-event.ts';
import type { RingSettings } from './settings.ts';
import { topBlocks } from './top-blocks.ts';

const DAY_MS = 86_400_000;

/** How far a sweep over slices of time has come: plain data, stored after each slice, so that a crash loses one slice. */
export const slicedPeelProgress = z.strictObject({
  /** Start of the next slice. */
  nextFromMs: z.number(),
  /** Where the last slice may begin at the latest. */
  untilMs: z.number(),
  /** Dense blocks found so far, by slice, then densest first. */
  blocks: z.array(
    z.strictObject({
      fromMs: z.number(),
      toMs: z.number(),
      polarity: z.int().min(0).max(1),
      score: z.number(),
      accountIds: z.array(z.string()),
      listingIds: z.array(z.string()),
    }),
  ),
});
export type SlicedPeelProgress = z.infer<typeof slicedPeelProgress>;

export const beginSlicedPeel = (fromMs: number, untilMs: number): SlicedPeelProgress => ({
  nextFromMs: fromMs,
  untilMs,
  blocks: [],
});

/** Whether every slice has been peeled. */
export const isPeeled = (progress: SlicedPeelProgress): boolean => progress.nextFromMs >= progress.untilMs;

/** The span of the next slice: slices overlap by half, so that no campaign is cut in two in both. */
export const nextSlice = ({ nextFromMs }: SlicedPeelProgress, { peel }: RingSettings) => ({
  fromMs: nextFromMs,
  toMs: nextFromMs + peel.sliceDays * DAY_MS,
});

/**
 * Peels the next slice, given its reviews (others are left aside): dense blocks are the seeds of large rings, praise and
 * attack apart. Within 60 days a ring of marketplace size stands out that vanishes in years of reviews (measured in the
 * design, protocol C). What a block is worth is judged by the ring search that it seeds.
 */
export const peelNextSlice = (
  progress: SlicedPeelProgress,
  reviews: Iterable<ReviewEvent>,
  settings: RingSettings,
): SlicedPeelProgress => {
  const { fromMs, toMs } = nextSlice(progress, settings);
  const inside = [...reviews].filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const found = [0, 1].flatMap((polarity) => {
    const here = inside.filter(({ stars }) => polarityOf(stars) === polarity);
    const accounts = [...new Set(here.map(({ accountId }) => accountId))].sort();
    const listings = [...new Set(here.map(({ listingId }) => listingId))].sort();
    return topBlocks(edgesOf(here, accounts, listings), settings.peel.blocks, false)
      .filter(({ score, users }) => score >= settings.peel.minScore && users.length >= settings.minMembers)
      .map(({ score, users, items }) => ({
        fromMs,
        toMs,
        polarity,
        score,
        accountIds: Array.from(users, (user) => accounts[user] ?? ''),
        listingIds: Array.from(items, (item) => listings[item] ?? ''),
      }));
  });
  const nextFromMs = fromMs + (settings.peel.sliceDays * DAY_MS) / 2;
  return { nextFromMs, untilMs: progress.untilMs, blocks: [...progress.blocks, ...found] };
};

const edgesOf = (reviews: readonly ReviewEvent[], accounts: readonly string[], listings: readonly string[]) => {
  const users = new Map(accounts.map((id, number) => [id, number]));
  const items = new Map(listings.map((id, number) => [id, number]));
  const edges = new Map(
    reviews.map(({ accountId, listingId }) => {
      const [user, item] = [users.get(accountId) ?? 0, items.get(listingId) ?? 0];
      return [user * listings.length + item, { user, item }];
    }),
  );
  return {
    users: accounts.length,
    items: listings.length,
    userOf: Int32Array.from(edges.values(), ({ user }) => user),
    itemOf: Int32Array.from(edges.values(), ({ item }) => item),
  };
};
