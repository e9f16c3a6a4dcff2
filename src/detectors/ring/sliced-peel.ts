import { z } from 'zod';
import { polarityOf, type ReviewEvent } from './review-event.ts';
import type { RingSettings } from './settings.ts';
import type { BipartiteEdges } from './review-graph.ts';
import type { RingState } from './ring-state.ts';
import type { Steps } from './steps.ts';
import { topBlockSteps } from './top-blocks.ts';

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

/** Reviews that are read between two pauses. */
const READ_A_STEP = 2_000;

/** The same for the same reviews in any order; another one, as good as surely, for others (two 32-bit FNV sums). */
export function* contentKeyOf(reviews: Iterable<ReviewEvent>): Steps<string> {
  let [count, first, second] = [0, 0, 0];
  for (const { reviewId, stars } of reviews) {
    const text = `${reviewId}/${polarityOf(stars)}`;
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    first = (first + hash) | 0;
    second = (second + Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)) | 0;
    count += 1;
    if (count % READ_A_STEP === 0) yield;
  }
  return `${count}.${(first >>> 0).toString(36)}.${(second >>> 0).toString(36)}`;
}

/** A slice's reviews by time, in steps; a live state may change meanwhile. */
export function* reviewsWithin(span: Span, state: RingState): Steps<ReviewEvent[]> {
  const inside: ReviewEvent[] = [];
  for (const slots of state.slotsByDay()) {
    for (const slot of slots) {
      const event = state.eventOf(slot);
      if (event !== undefined && event.atMs >= span.fromMs && event.atMs < span.toMs) inside.push(event);
    }
    yield;
  }
  return inside;
}

/**
 * Peels a slice, given its reviews by time: dense blocks are the seeds of large rings, praise and attack apart. Within 60
 * days a ring of marketplace size stands out that vanishes in years of reviews (measured in the design, protocol C). What
 * a block is worth is judged by the ring search that it seeds.
 */
export function* peelSlice(span: Span, inside: readonly ReviewEvent[], settings: RingSettings): Steps<PeeledSlice> {
  const blocks: PeeledSlice['blocks'] = [];
  for (const polarity of [0, 1]) {
    const { edges, accounts, listings } = yield* edgesOf(inside, polarity);
    const dense = yield* topBlockSteps(edges, settings.peel.blocks, false);
    for (const { score, users, items } of dense) {
      if (score < settings.peel.minScore || !isRingSize(users.length, settings)) continue;
      blocks.push({
        polarity,
        score,
        accountIds: Array.from(users, (user) => accounts[user] ?? ''),
        listingIds: Array.from(items, (item) => listings[item] ?? ''),
      });
    }
  }
  return { ...span, contentKey: yield* contentKeyOf(inside), blocks };
}

const isRingSize = (accounts: number, { minMembers }: RingSettings): boolean =>
  accounts >= minMembers && accounts <= LARGEST_BLOCK;

/** Each pair of account and listing once; both numbered as they first come. */
function* edgesOf(
  reviews: readonly ReviewEvent[],
  polarity: number,
): Steps<{ edges: BipartiteEdges; accounts: readonly string[]; listings: readonly string[] }> {
  const users = new Map<string, number>();
  const items = new Map<string, number>();
  const known = new Set<number>();
  const userOf: number[] = [];
  const itemOf: number[] = [];
  for (const [index, { accountId, listingId, stars }] of reviews.entries()) {
    if (index % READ_A_STEP === 0) yield;
    if (polarityOf(stars) !== polarity) continue;
    const user = numberIn(users, accountId);
    const item = numberIn(items, listingId);
    // 2^26 items leave 2^27 users within the whole numbers that a double holds.
    const edge = user * 2 ** 26 + item;
    if (known.has(edge)) continue;
    known.add(edge);
    userOf.push(user);
    itemOf.push(item);
  }
  return {
    edges: {
      users: users.size,
      items: items.size,
      userOf: Int32Array.from(userOf),
      itemOf: Int32Array.from(itemOf),
    },
    accounts: [...users.keys()],
    listings: [...items.keys()],
  };
}

const numberIn = (numbers: Map<string, number>, id: string): number => {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
};
