import { HASH_WORDS, type Hash256 } from './hash256.ts';
import { buildSegment } from './segment-builder.ts';
import type { HammingSegment, PermutedKeys } from './hamming-segment.ts';
import { createHammingDelta, type HammingDelta } from './hamming-delta.ts';
import { permuteKey } from './key-permutation.ts';
import type { BatchVisitor } from './scan-blocks.ts';

/** Told of every key within the radius, in no particular order. Must not search the same index. */
export type HammingVisitor = (reference: number, distanceBits: number) => void;

/** An exact index of 256-bit keys: what it finds equals a comparison with every key, at every moment. */
export interface HammingIndex {
  /** Keys in the index. */
  readonly size: number;
  /** Segments that a search walks through, beside the keys that are not in one yet. */
  readonly segments: number;
  /** Adds a key under a reference that the caller chose, 0 to 2³²−1; several keys may share one. It is found at once. */
  add(reference: number, key: Hash256): void;
  /** Takes out one key that was added under the reference; whether it was there. It is not found any more at once. */
  remove(reference: number, key: Hash256): boolean;
  search(key: Hash256, radiusBits: number, visit: HammingVisitor): void;
  /** Searches for several keys, 8 words each, at once: what `search` tells of each, with the number of the key. */
  searchMany(keys: Uint32Array, radiusBits: number, visit: BatchVisitor): void;
  /** Does a part of the merging that is due; whether there is more. `add` does its share by itself. */
  maintain(): boolean;
  /** What is in the index at this moment, for a file. Waits for no merge, and copies no segment. */
  capture(): HammingState;
}

/** What an index is made of; `createHammingIndex` goes on from there. */
export interface HammingState {
  /** Marks of a segment change when keys are taken out of it: a copy of them belongs to the moment. */
  readonly segments: readonly { readonly segment: HammingSegment; readonly marks: Uint32Array }[];
  /** Keys that are in no segment yet. */
  readonly recent: PermutedKeys;
}

/** Keys that are compared one by one before they become a segment; 8,192 comparisons take some 20 µs (measured). */
const DELTA_KEYS = 8_192;
/** A segment is merged with newer ones when they hold at least a quarter of its keys: few segments, little rewriting. */
const MERGE_FACTOR = 4;
/** Adding so many keys pays for one step of a pending merge (16,384 keys in one table). */
const ADDS_PER_STEP = 48;

interface Merge {
  readonly build: Generator<void, HammingSegment, void>;
  readonly replaced: ReadonlySet<HammingSegment>;
  readonly delta: HammingDelta;
  /** Keys taken out of the sources since the merge began; they must not rise again. */
  readonly removed: { readonly reference: number; readonly permuted: Hash256 }[];
}

/** An empty index, or one that goes on with segments and keys that are there already. */
export function createHammingIndex(start?: {
  readonly segments: readonly HammingSegment[];
  readonly recent: PermutedKeys;
}): HammingIndex {
  let segments: readonly HammingSegment[] = start?.segments ?? [];
  let delta = createHammingDelta(DELTA_KEYS);
  let merge: Merge | undefined;
  let sealed: HammingDelta | undefined;
  let addsSinceStep = 0;
  const permuted = new Uint32Array(HASH_WORDS);

  const startMerge = (): void => {
    if (merge !== undefined || sealed === undefined) return;
    let total = sealed.count;
    const replaced = new Set<HammingSegment>();
    for (const segment of [...segments].sort((a, b) => live(a) - live(b))) {
      if (live(segment) > MERGE_FACTOR * total) break;
      replaced.add(segment);
      total += live(segment);
    }
    const sources = [sealed.liveKeys(), ...[...replaced].map((segment) => segment.liveKeys())];
    merge = { build: buildSegment(joinKeys(sources)), replaced, delta: sealed, removed: [] };
  };

  const stepMerge = (): void => {
    if (merge === undefined) return;
    const step = merge.build.next();
    if (step.done !== true) return;
    const { replaced, removed } = merge;
    for (const { reference, permuted: key } of removed) removeFrom(step.value, reference, key);
    segments = [...segments.filter((segment) => !replaced.has(segment)), step.value];
    merge = undefined;
    sealed = undefined;
  };

  const maintain = (): boolean => {
    if (sealed === undefined && delta.isFull) {
      sealed = delta;
      delta = createHammingDelta(DELTA_KEYS);
    }
    startMerge();
    stepMerge();
    return merge !== undefined || delta.isFull;
  };

  const addPermuted = (reference: number, key: Hash256): void => {
    // A full delta behind a running merge waits for it; that happens only when keys come faster than they are paid.
    while (delta.isFull && sealed !== undefined) maintain();
    if (delta.isFull) maintain();
    delta.add(reference, key);
    addsSinceStep++;
    if (addsSinceStep >= ADDS_PER_STEP && merge !== undefined) {
      addsSinceStep = 0;
      stepMerge();
    }
  };
  if (start !== undefined) {
    const { words, references, count } = start.recent;
    for (let i = 0; i < count; i++) {
      addPermuted(references[i] as number, words.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS));
    }
  }

  return {
    get size() {
      return segments.reduce((sum, segment) => sum + live(segment), 0) + delta.count + (sealed?.count ?? 0);
    },
    get segments() {
      return segments.length;
    },
    add(reference, key) {
      permuteKey(key, permuted, 0);
      addPermuted(reference, permuted);
    },
    remove(reference, key) {
      permuteKey(key, permuted, 0);
      if (delta.remove(reference, permuted)) return true;
      const isGone =
        sealed?.remove(reference, permuted) === true ||
        segments.some((segment) => removeFrom(segment, reference, permuted));
      // A source of the running merge was copied before: the copy must forget the key too.
      if (isGone && merge !== undefined) merge.removed.push({ reference, permuted: permuted.slice() });
      return isGone;
    },
    search(key, radiusBits, visit) {
      permuteKey(key, permuted, 0);
      delta.search(permuted, radiusBits, visit);
      sealed?.search(permuted, radiusBits, visit);
      for (const segment of segments) {
        segment.search(permuted, radiusBits, (_, reference, distanceBits) => visit(reference, distanceBits));
      }
    },
    searchMany(keys, radiusBits, visit) {
      const queries = new Uint32Array(keys.length);
      for (let word = 0; word < keys.length; word += HASH_WORDS) permuteKey(keys, queries, word, word);
      delta.searchMany(queries, radiusBits, visit);
      sealed?.searchMany(queries, radiusBits, visit);
      for (const segment of segments) segment.searchMany(queries, radiusBits, visit);
    },
    maintain,
    capture: () => ({
      segments: segments.map((segment) => ({ segment, marks: segment.marks() })),
      recent: joinKeys([delta.liveKeys(), ...(sealed === undefined ? [] : [sealed.liveKeys()])]),
    }),
  };
}

function live(segment: HammingSegment): number {
  return segment.count - segment.removed;
}

function removeFrom(segment: HammingSegment, reference: number, permuted: Hash256): boolean {
  let keyNumber = -1;
  segment.search(permuted, 0, (number, found) => {
    if (found === reference) keyNumber = number;
  });
  if (keyNumber < 0) return false;
  segment.remove(keyNumber);
  return true;
}

function joinKeys(sources: readonly PermutedKeys[]): PermutedKeys {
  const count = sources.reduce((sum, source) => sum + source.count, 0);
  const joined = { words: new Uint32Array(count * HASH_WORDS), references: new Uint32Array(count), count };
  let at = 0;
  for (const source of sources) {
    joined.words.set(source.words.subarray(0, source.count * HASH_WORDS), at * HASH_WORDS);
    joined.references.set(source.references.subarray(0, source.count), at);
    at += source.count;
  }
  return joined;
}
