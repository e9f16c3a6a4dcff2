import { z } from 'zod';
import { polarityOf, type ReviewEvent } from './review-event.ts';
import type { RingSettings } from './settings.ts';
import { topBlocks } from './top-blocks.ts';

const DAY_MS = 86_400_000;

/** Accounts of a block beyond which it is a market's crowd and no place to begin a search at. */
const LARGEST_BLOCK = 3_000;

/** A span of time whose reviews were peeled, and the dense blocks in it. */
const peeledSlice = z.strictObject({
  fromMs: z.number(),
  toMs: z.number(),
  /** Tells whether the slice holds other reviews than when it was peeled. */
  contentKey: z.string(),
  /** Praise before attack, then densest first. */
  blocks: z.array(
    z.strictObject({
      polarity: z.int().min(0).max(1),
      score: z.number(),
      accountIds: z.array(z.string()),
      listingIds: z.array(z.string()),
    }),
  ),
});
export type PeeledSlice = z.infer<typeof peeledSlice>;

/** How far a sweep over slices of time has come: plain data, stored after each slice, so that a crash loses one slice. */
export const slicedPeelProgress = z.strictObject({
  /** Slices peeled under other settings are peeled anew. */
  settingsKey: z.string(),
  slices: z.array(peeledSlice),
});
export type SlicedPeelProgress = z.infer<typeof slicedPeelProgress>;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The slices that hold reviews between two times, oldest first. They lie on a grid that does not move with the clock, so
 * that old slices stay what they were, and overlap by half, so that no campaign is cut in two in both.
 */
export const slicesBetween = (fromMs: number, untilMs: number, { peel }: RingSettings): Span[] => {
  const half = (peel.sliceDays * DAY_MS) / 2;
  const spans: Span[] = [];
  for (let start = Math.floor(fromMs / half) * half; start < untilMs; start += half) {
    spans.push({ fromMs: start, toMs: start + 2 * half });
  }
  return spans;
};

/** Begins anew where there is no progress or it came about under other settings. */
export const resumeSlicedPeel = (
  progress: SlicedPeelProgress | undefined,
  { peel, minMembers }: RingSettings,
): SlicedPeelProgress => {
  const settingsKey = JSON.stringify({ peel, minMembers });
  return progress?.settingsKey === settingsKey ? progress : { settingsKey, slices: [] };
};

/** What the slice was peeled to, if that was of the same reviews, whatever their order. */
export const knownSlice = ({ slices }: SlicedPeelProgress, span: Span, contentKey: string): PeeledSlice | undefined =>
  slices.find((slice) => slice.fromMs === span.fromMs && slice.toMs === span.toMs && slice.contentKey === contentKey);

/** Puts a peeled slice in the place of what was known of its span, and forgets spans that end before a time. */
export const withSlice = (progress: SlicedPeelProgress, slice: PeeledSlice, fromMs: number): SlicedPeelProgress => ({
  ...progress,
  slices: [...progress.slices.filter((known) => known.fromMs !== slice.fromMs && known.toMs > fromMs), slice].sort(
    (a, b) => a.fromMs - b.fromMs,
  ),
});

/** The same for the same reviews in any order; another one, as good as surely, for others (two 32-bit FNV sums). */
export const contentKeyOf = (reviews: Iterable<ReviewEvent>): string => {
  let [count, first, second] = [0, 0, 0];
  for (const { reviewId, stars } of reviews) {
    const text = `${reviewId}/${polarityOf(stars)}`;
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    first = (first + hash) | 0;
    second = (second + Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)) | 0;
    count += 1;
  }
  return `${count}.${(first >>> 0).toString(36)}.${(second >>> 0).toString(36)}`;
};

/**
 * Peels a slice, given its reviews (others are left aside): dense blocks are the seeds of large rings, praise and attack
 * apart. Within 60 days a ring of marketplace size stands out that vanishes in years of reviews (measured in the design,
 * protocol C). What a block is worth is judged by the ring search that it seeds.
 */
export const peelSlice = (span: Span, reviews: Iterable<ReviewEvent>, settings: RingSettings): PeeledSlice => {
  const inside = [...reviews].filter(({ atMs }) => atMs >= span.fromMs && atMs < span.toMs);
  const blocks = [0, 1].flatMap((polarity) => {
    const here = inside.filter(({ stars }) => polarityOf(stars) === polarity);
    const accounts = [...new Set(here.map(({ accountId }) => accountId))].sort();
    const listings = [...new Set(here.map(({ listingId }) => listingId))].sort();
    return topBlocks(edgesOf(here, accounts, listings), settings.peel.blocks, false)
      .filter(({ score, users }) => score >= settings.peel.minScore && isRingSize(users.length, settings))
      .map(({ score, users, items }) => ({
        polarity,
        score,
        accountIds: Array.from(users, (user) => accounts[user] ?? ''),
        listingIds: Array.from(items, (item) => listings[item] ?? ''),
      }));
  });
  return { ...span, contentKey: contentKeyOf(inside), blocks };
};

const isRingSize = (accounts: number, { minMembers }: RingSettings): boolean =>
  accounts >= minMembers && accounts <= LARGEST_BLOCK;

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
