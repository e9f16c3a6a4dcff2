import { HASH_WORDS, type Hash256 } from './hash256.ts';
import { buildSegment } from './segment-builder.ts';
import { loadSegment, segmentBytes, type HammingSegment, type PermutedKeys } from './hamming-segment.ts';
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
  /** Everything, for a file: `loadHammingIndex` reads it. Finishes what is being merged. */
  serialise(): readonly Uint8Array[];
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

/** An empty index, or one over segments that are there already. */
export function createHammingIndex(segmentsAtStart: readonly HammingSegment[] = []): HammingIndex {
  let segments: readonly HammingSegment[] = segmentsAtStart;
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

  return {
    get size() {
      return segments.reduce((sum, segment) => sum + live(segment), 0) + delta.count + (sealed?.count ?? 0);
    },
    get segments() {
      return segments.length;
    },
    add(reference, key) {
      // A full delta behind a running merge waits for it; that happens only when keys come faster than they are paid.
      while (delta.isFull && sealed !== undefined) maintain();
      if (delta.isFull) maintain();
      permuteKey(key, permuted, 0);
      delta.add(reference, permuted);
      addsSinceStep++;
      if (addsSinceStep >= ADDS_PER_STEP && merge !== undefined) {
        addsSinceStep = 0;
        stepMerge();
      }
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
    serialise() {
      while (maintain());
      if (delta.count > 0) {
        sealed = delta;
        delta = createHammingDelta(DELTA_KEYS);
        while (maintain());
      }
      return segments.map(segmentBytes);
    },
  };
}

/** An index from what `serialise` gave, or why the bytes are not usable. */
export function loadHammingIndex(
  parts: readonly Uint8Array[],
): { readonly kind: 'index'; readonly index: HammingIndex } | { readonly kind: 'unusable'; readonly why: string } {
  const segments: HammingSegment[] = [];
  for (const part of parts) {
    const loaded = loadSegment(part);
    if (loaded.kind === 'unusable') return loaded;
    segments.push(loaded.segment);
  }
  return { kind: 'index', index: createHammingIndex(segments) };
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
