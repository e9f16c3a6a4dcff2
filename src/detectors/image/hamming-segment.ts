import { HASH_WORDS, type Hash256 } from './hash256.ts';
import {
  allotRadii,
  MAX_CHUNK_RADIUS,
  MAX_NEIGHBOURS,
  neighbours,
  planChunks,
  type ChunkRadii,
} from './hamming-plan.ts';
import { permuteKey } from './key-permutation.ts';
import { allocateMemory, bindKernel, PAGE_BYTES, type KernelMemory } from './wasm-memory.ts';

/** Told of every key within the radius: its number in the segment, its reference, its distance. */
export type SegmentVisitor = (keyNumber: number, reference: number, distanceBits: number) => void;

/** Keys with their references that a segment is built from, already permuted. */
export interface PermutedKeys {
  readonly words: Uint32Array;
  readonly references: Uint32Array;
  readonly count: number;
}

/** An immutable, exact table of keys. Keys can be taken out, never added. */
export interface HammingSegment {
  readonly count: number;
  readonly removed: number;
  readonly bytes: number;
  /** The whole segment: sharing this with a thread, or writing its bytes to a file, is all there is to it. */
  readonly memory: KernelMemory;
  /** `permuted` is the query after `permuteKey`. */
  search(permuted: Hash256, radiusBits: number, visit: SegmentVisitor): void;
  remove(keyNumber: number): void;
  isRemoved(keyNumber: number): boolean;
  /** The keys that were not taken out. */
  liveKeys(): PermutedKeys;
}

/** `AHI1`, little-endian. */
const MAGIC = 0x31494841;
const HEADER_WORDS = 512;
const CHUNK_WORDS = 8;
const FIRST_CHUNK_WORD = 16;
/** Words of the header. */
const AT = {
  magic: 0,
  count: 1,
  chunks: 2,
  bytes: 3,
  keys: 4,
  references: 5,
  tombs: 6,
  scratch: 7,
  slots: 8,
  removed: 9,
};

// Scratch memory of one searching thread.
const LIST_BYTES = MAX_NEIGHBOURS * 4;
const FOUND_BYTES = 32_768;
const PAIRS = 4_096;
const SCRATCH_BYTES = 64 + LIST_BYTES + FOUND_BYTES + 64 + PAIRS * 8;
/** Threads that may search one segment at the same time. */
export const SCRATCH_SLOTS = 4;

/** Radius for which tables are laid out; others are searched exactly too, only less fast. Source: PDQ's threshold. */
const PLANNED_RADIUS_BITS = 31;
/** Bytes a key for tables, beside 32 for the key, 4 for its reference and an eighth for its tombstone: 96 in all. */
const TABLE_BYTES_PER_KEY = 59;
/** Keys that are handled before a build gives way to others. */
const STEP_KEYS = 16_384;

/**
 * Builds a segment. Yields after every few thousand keys, so that whoever drives it can let others run; the value
 * returned is the segment.
 */
export function* buildSegment(keys: PermutedKeys): Generator<void, HammingSegment, void> {
  const { count } = keys;
  const { widths } = planChunks(count, PLANNED_RADIUS_BITS, TABLE_BYTES_PER_KEY);
  const layout = createLayout();
  layout.reserve(HEADER_WORDS * 4);
  const scratch = layout.reserve(SCRATCH_BYTES * SCRATCH_SLOTS);
  const keysAt = layout.reserve(count * 32);
  const referencesAt = layout.reserve(count * 4);
  const tombsAt = layout.reserve(Math.ceil(count / 32) * 4);
  const masks = new Map<number, number>();
  for (const width of new Set(widths)) masks.set(width, layout.reserve(maskCount(width) * 4));

  const memory = allocateMemory(layout.end());
  let words = new Uint32Array(memory.buffer);
  words.set(keys.words.subarray(0, count * HASH_WORDS), keysAt / 4);
  words.set(keys.references.subarray(0, count), referencesAt / 4);
  for (const [width, at] of masks) writeMasks(width, words, at / 4);
  yield;

  let startBit = 0;
  for (const [chunk, width] of widths.entries()) {
    const cut = chunkReader(startBit, width);
    const table = yield* countBuckets(words, { keysWord: keysAt / 4, count, width, cut });
    const bitmap = layout.reserve(Math.max(16, 2 ** width / 8));
    const rank = layout.reserve(Math.max(4, 2 ** width / 32));
    const slots = layout.reserve(table.occupied * 4);
    const overflow = layout.reserve(table.listed * 4);
    const missing = Math.ceil(layout.end() / PAGE_BYTES) - words.byteLength / PAGE_BYTES;
    if (missing > 0) memory.grow(missing);
    words = new Uint32Array(memory.buffer);
    yield* fillTable(words, {
      ...{ keysWord: keysAt / 4, count, width, cut, counts: table.counts },
      ...{ bitmap: bitmap / 4, rank: rank / 4, slots: slots / 4, overflow: overflow / 4 },
    });
    const described = [startBit, width, bitmap, rank, slots, overflow, masks.get(width) as number, 0];
    words.set(described, FIRST_CHUNK_WORD + chunk * CHUNK_WORDS);
    startBit += width;
  }
  words[AT.count] = count;
  words[AT.chunks] = widths.length;
  words[AT.bytes] = layout.end();
  words[AT.keys] = keysAt;
  words[AT.references] = referencesAt;
  words[AT.tombs] = tombsAt;
  words[AT.scratch] = scratch;
  words[AT.slots] = SCRATCH_SLOTS;
  words[AT.magic] = MAGIC;
  return openSegment(memory);
}

/** Runs a build to its end. */
export function buildSegmentNow(keys: PermutedKeys): HammingSegment {
  const build = buildSegment(keys);
  for (;;) {
    const step = build.next();
    if (step.done === true) return step.value;
  }
}

/** The bytes of a segment, for a file. */
export function segmentBytes(segment: HammingSegment): Uint8Array {
  return new Uint8Array(segment.memory.buffer, 0, segment.bytes);
}

/** A segment from bytes that `segmentBytes` gave, or why they are none. */
export function loadSegment(
  bytes: Uint8Array,
):
  { readonly kind: 'segment'; readonly segment: HammingSegment } | { readonly kind: 'unusable'; readonly why: string } {
  if (bytes.length < HEADER_WORDS * 4) return { kind: 'unusable', why: 'too short for a segment' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return { kind: 'unusable', why: 'no segment of this version' };
  if (view.getUint32(AT.bytes * 4, true) !== bytes.length) return { kind: 'unusable', why: 'the segment is cut off' };
  const memory = allocateMemory(bytes.length);
  new Uint8Array(memory.buffer).set(bytes);
  return { kind: 'segment', segment: openSegment(memory) };
}

/**
 * A segment in memory that is there already: just built, loaded, or shared by another thread. Threads that search at
 * the same time must take different scratch slots, 0 to 3.
 */
export function openSegment(memory: KernelMemory, scratchSlot = 0): HammingSegment {
  const words = new Uint32Array(memory.buffer);
  const kernel = bindKernel(memory);
  const at = (word: number): number => words[word] as number;
  const count = at(AT.count);
  const chunks = Array.from({ length: at(AT.chunks) }, (_, i) => {
    const from = FIRST_CHUNK_WORD + i * CHUNK_WORDS;
    const [startBit, width] = [at(from), at(from + 1)];
    return {
      width,
      cut: chunkReader(startBit, width),
      bitmap: at(from + 2),
      rank: at(from + 3),
      slots: at(from + 4),
      overflow: at(from + 5),
      masks: at(from + 6),
    };
  });
  const plan = { widths: chunks.map((chunk) => chunk.width) };
  const allotted = new Map<number, ChunkRadii>();
  const keysAt = at(AT.keys);
  const keysWord = keysAt / 4;
  const referencesWord = at(AT.references) / 4;
  const tombsWord = at(AT.tombs) / 4;
  const query = at(AT.scratch) + scratchSlot * SCRATCH_BYTES;
  const queryWord = query / 4;
  const list = query + 64;
  const found = list + LIST_BYTES;
  // The kernel checks for room before it appends to a list entry by entry, so one entry beyond the end is enough.
  const foundEnd = found + FOUND_BYTES;
  const out = foundEnd + 64;
  const outWord = out / 4;
  const outEnd = out + PAIRS * 8;

  const isRemoved = (keyNumber: number): boolean =>
    (((words[tombsWord + (keyNumber >>> 5)] as number) >>> (keyNumber & 31)) & 1) === 1;

  const scan = (radiusBits: number, visit: SegmentVisitor): void => {
    for (let from = 0; from < count; from += PAIRS) {
      const near = kernel.scan(query, keysAt + from * 32, Math.min(PAIRS, count - from), radiusBits, out);
      for (let i = 0; i < near; i++) {
        const keyNumber = from + at(outWord + 2 * i);
        if (!isRemoved(keyNumber)) visit(keyNumber, at(referencesWord + keyNumber), at(outWord + 2 * i + 1));
      }
    }
  };

  const search = (permuted: Hash256, radiusBits: number, visit: SegmentVisitor): void => {
    words.set(permuted, queryWord);
    let radii = allotted.get(radiusBits);
    if (radii === undefined) {
      radii = allotRadii(plan, radiusBits, count);
      allotted.set(radiusBits, radii);
    }
    if (radii.kind === 'scan') {
      scan(radiusBits, visit);
      return;
    }
    let end = out;
    const chunkEnds: number[] = [];
    for (let i = 0; i < chunks.length; i++) {
      const radius = radii.radii[i] as number;
      if (radius >= 0) {
        const { cut, width, masks, bitmap, rank, slots, overflow } = chunks[i] as (typeof chunks)[number];
        const value = cut(words, queryWord);
        const maskTotal = neighbours(width, radius);
        end =
          kernel.lookup(
            ...([
              query,
              keysAt,
              value,
              masks,
              maskTotal,
              bitmap,
              rank,
              slots,
              overflow,
              list,
              found,
              foundEnd,
            ] as const),
            ...([radiusBits, end, outEnd] as const),
          ) >>> 0;
        if (end === 0) {
          // So many keys are near that they do not fit the buffer: nothing was told yet, a scan tells all.
          scan(radiusBits, visit);
          return;
        }
      }
      chunkEnds.push(end);
    }
    for (let chunk = 0, pair = out; pair < end; pair += 8) {
      while (pair >= (chunkEnds[chunk] as number)) chunk++;
      const keyNumber = at(pair / 4);
      if (isRemoved(keyNumber) || wasFoundBefore(keyNumber, chunk, radii.radii)) continue;
      visit(keyNumber, at(referencesWord + keyNumber), at(pair / 4 + 1));
    }
  };

  /** A key that is near in several chunks is told once, for the first. */
  const wasFoundBefore = (keyNumber: number, chunk: number, radii: readonly number[]): boolean => {
    for (let i = 0; i < chunk; i++) {
      const radius = radii[i] as number;
      if (radius < 0) continue;
      const { cut } = chunks[i] as (typeof chunks)[number];
      let differing = cut(words, queryWord) ^ cut(words, keysWord + keyNumber * HASH_WORDS);
      let bits = 0;
      while (differing !== 0) {
        differing &= differing - 1;
        bits++;
      }
      if (bits <= radius) return true;
    }
    return false;
  };

  return {
    count,
    get removed() {
      return at(AT.removed);
    },
    bytes: at(AT.bytes),
    memory,
    search,
    isRemoved,
    remove(keyNumber) {
      if (isRemoved(keyNumber)) return;
      const word = tombsWord + (keyNumber >>> 5);
      words[word] = (words[word] as number) | (1 << (keyNumber & 31));
      words[AT.removed] = at(AT.removed) + 1;
    },
    liveKeys() {
      const live = count - at(AT.removed);
      const kept = { words: new Uint32Array(live * HASH_WORDS), references: new Uint32Array(live), count: live };
      for (let i = 0, to = 0; i < count; i++) {
        if (isRemoved(i)) continue;
        const from = keysWord + i * HASH_WORDS;
        kept.words.set(words.subarray(from, from + HASH_WORDS), to * HASH_WORDS);
        kept.references[to] = at(referencesWord + i);
        to++;
      }
      return kept;
    },
  };
}

function createLayout(): { reserve(bytes: number): number; end(): number } {
  let end = 0;
  return {
    reserve(bytes) {
      const at = end;
      // Whole cache lines, so that a key or a bitmap block never straddles two.
      end = Math.ceil((end + bytes) / 64) * 64;
      return at;
    },
    end: () => end,
  };
}

/** Reads `width` bits from `startBit` on out of the key that begins at a word. */
function chunkReader(startBit: number, width: number): (words: Uint32Array, keyWord: number) => number {
  const word = startBit >> 5;
  const shift = startBit & 31;
  const mask = 2 ** width - 1;
  if (shift + width <= 32) return (words, keyWord) => ((words[keyWord + word] as number) >>> shift) & mask;
  return (words, keyWord) =>
    (((words[keyWord + word] as number) >>> shift) | ((words[keyWord + word + 1] as number) << (32 - shift))) & mask;
}

function maskCount(width: number): number {
  let radius = 0;
  while (radius < MAX_CHUNK_RADIUS && radius < width && neighbours(width, radius + 1) <= MAX_NEIGHBOURS) radius++;
  return neighbours(width, radius);
}

/** All masks by number of bits, then by value: a smaller radius is a prefix, and neighbouring masks share cache lines. */
function writeMasks(width: number, words: Uint32Array, at: number): void {
  const total = maskCount(width);
  let ring = [0];
  let written = 0;
  for (let bits = 0; written < total; bits++) {
    words.set(ring, at + written);
    written += ring.length;
    const next: number[] = [];
    for (const mask of ring) {
      const highest = mask === 0 ? -1 : 31 - Math.clz32(mask);
      for (let bit = highest + 1; bit < width; bit++) next.push(mask | (1 << bit));
    }
    ring = next.sort((a, b) => a - b);
  }
}

interface TableSource {
  readonly keysWord: number;
  readonly count: number;
  readonly width: number;
  readonly cut: (words: Uint32Array, keyWord: number) => number;
}

function* countBuckets(
  words: Uint32Array,
  { keysWord, count, width, cut }: TableSource,
): Generator<void, { counts: Uint32Array; occupied: number; listed: number }, void> {
  const counts = new Uint32Array(2 ** width);
  for (let i = 0; i < count; i++) {
    const bucket = cut(words, keysWord + i * HASH_WORDS);
    counts[bucket] = (counts[bucket] as number) + 1;
    if (i % STEP_KEYS === STEP_KEYS - 1) yield;
  }
  let occupied = 0;
  let listed = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const inBucket = counts[bucket] as number;
    if (inBucket > 0) occupied++;
    if (inBucket > 1) listed += inBucket;
    if (bucket % (16 * STEP_KEYS) === 16 * STEP_KEYS - 1) yield;
  }
  return { counts, occupied, listed };
}

const LAST = 0x8000_0000;

function* fillTable(
  words: Uint32Array,
  table: TableSource & {
    readonly counts: Uint32Array;
    readonly bitmap: number;
    readonly rank: number;
    readonly slots: number;
    readonly overflow: number;
  },
): Generator<void, void, void> {
  const { keysWord, count, cut, counts, bitmap, rank, slots, overflow } = table;
  let slot = 0;
  let list = 0;
  // From here on `counts` holds where the next key of a bucket goes: a slot, or a place in the lists.
  for (let bucket = 0; bucket < counts.length; bucket++) {
    if ((bucket & 127) === 0) words[rank + (bucket >> 7)] = slot;
    const inBucket = counts[bucket] as number;
    if (inBucket > 0) {
      const word = bitmap + (bucket >> 5);
      words[word] = (words[word] as number) | (1 << (bucket & 31));
      if (inBucket === 1) {
        counts[bucket] = slots + slot;
      } else {
        words[slots + slot] = LAST + list;
        counts[bucket] = overflow + list;
        list += inBucket;
        words[overflow + list - 1] = LAST;
      }
      slot++;
    }
    if (bucket % (16 * STEP_KEYS) === 16 * STEP_KEYS - 1) yield;
  }
  for (let i = 0; i < count; i++) {
    const bucket = cut(words, keysWord + i * HASH_WORDS);
    const to = counts[bucket] as number;
    // The mark of a list's last place was set above and is kept.
    words[to] = (words[to] as number) | i;
    counts[bucket] = to + 1;
    if (i % STEP_KEYS === STEP_KEYS - 1) yield;
  }
}
