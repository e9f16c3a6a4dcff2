import { HASH_WORDS } from './hash256.ts';
import { MAX_CHUNK_RADIUS, MAX_NEIGHBOURS, neighbours, planChunks, type ChunkPlan } from './hamming-plan.ts';
import { openSegment, type HammingSegment, type PermutedKeys } from './hamming-segment.ts';
import { AT, CHUNK_WORDS, FIRST_CHUNK_WORD, flagOf, HEADER_WORDS, MAGIC, SCRATCH, strideOf } from './segment-layout.ts';
import { allocateMemory, PAGE_BYTES } from './wasm-memory.ts';

/** Radius for which tables are laid out; others are searched exactly too, only less fast. Source: PDQ's threshold. */
const PLANNED_RADIUS_BITS = 31;
/** Bytes a key for tables, beside 32 for the key, 4 for its reference and an eighth for its tombstone: 96 in all. */
const TABLE_BYTES_PER_KEY = 59;
/** Keys that are handled before a build gives way to others. */
const STEP_KEYS = 16_384;
/** Bits that one pass of the radix sort handles. */
const DIGIT_BITS = 9;
const DIGITS = 1 << DIGIT_BITS;
const PASSES = 3;

/**
 * Builds a segment. Yields after every few thousand keys, so that whoever drives it can let others run; the value
 * returned is the segment.
 */
export function* buildSegment(
  keys: PermutedKeys,
  plan: ChunkPlan = planChunks(keys.count, PLANNED_RADIUS_BITS, TABLE_BYTES_PER_KEY),
): Generator<void, HammingSegment, void> {
  const { count } = keys;
  const { widths } = plan;
  const stride = strideOf(count);
  const layout = createLayout();
  layout.reserve(HEADER_WORDS * 4);
  const scratch = layout.reserve(SCRATCH.bytes * SCRATCH.slots);
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

  const sorted = createSorting(count);
  let startBit = 0;
  for (const [chunk, width] of widths.entries()) {
    yield* sortByChunk(keys.words, sorted, { startBit, width, count });
    const { occupied, listed, load } = countEntries(sorted.values, count);
    const bitmap = layout.reserve(Math.max(16, 2 ** width / 8));
    const rank = layout.reserve(Math.max(4, 2 ** width / 32));
    const slots = layout.reserve(occupied * stride + 1);
    const lists = layout.reserve(listed * stride + 1);
    const missing = Math.ceil(layout.end() / PAGE_BYTES) - words.byteLength / PAGE_BYTES;
    if (missing > 0) memory.grow(missing);
    words = new Uint32Array(memory.buffer);
    yield* writeTable(words, sorted, { count, stride, bitmap, rank, slots, lists, width });
    words.set(
      [startBit, width, bitmap, rank, slots, lists, masks.get(width) as number, stride, Math.round(load * 1_000)],
      FIRST_CHUNK_WORD + chunk * CHUNK_WORDS,
    );
    startBit += width;
  }
  words[AT.count] = count;
  words[AT.chunks] = widths.length;
  words[AT.bytes] = layout.end();
  words[AT.keys] = keysAt;
  words[AT.references] = referencesAt;
  words[AT.tombs] = tombsAt;
  words[AT.scratch] = scratch;
  words[AT.magic] = MAGIC;
  return openSegment(memory);
}

/** Runs a build to its end. */
export function buildSegmentNow(keys: PermutedKeys, plan?: ChunkPlan): HammingSegment {
  const build = plan === undefined ? buildSegment(keys) : buildSegment(keys, plan);
  for (;;) {
    const step = build.next();
    if (step.done === true) return step.value;
  }
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
  while (written < total) {
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

/** Key numbers in the order of a chunk's values. */
interface Sorting {
  values: Uint32Array;
  ids: Uint32Array;
  spareValues: Uint32Array;
  spareIds: Uint32Array;
}

function createSorting(count: number): Sorting {
  return {
    values: new Uint32Array(count),
    ids: new Uint32Array(count),
    spareValues: new Uint32Array(count),
    spareIds: new Uint32Array(count),
  };
}

/** Radix sort by digits of 9 bits, least first: memory is written in 512 streams and never at random. */
function* sortByChunk(
  keyWords: Uint32Array,
  sorting: Sorting,
  { startBit, width, count }: { startBit: number; width: number; count: number },
): Generator<void, void, void> {
  const histograms = new Uint32Array(PASSES * DIGITS);
  for (let from = 0; from < count; from += STEP_KEYS) {
    cutValues(keyWords, sorting, { startBit, width, from, to: Math.min(count, from + STEP_KEYS), histograms });
    yield;
  }
  for (let pass = 0; pass < PASSES; pass++) {
    const places = histograms.subarray(pass * DIGITS, (pass + 1) * DIGITS);
    let place = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const inDigit = places[digit] as number;
      places[digit] = place;
      place += inDigit;
    }
    for (let from = 0; from < count; from += STEP_KEYS) {
      scatter(sorting, { places, shift: pass * DIGIT_BITS, from, to: Math.min(count, from + STEP_KEYS) });
      yield;
    }
    [sorting.values, sorting.spareValues] = [sorting.spareValues, sorting.values];
    [sorting.ids, sorting.spareIds] = [sorting.spareIds, sorting.ids];
  }
}

function cutValues(
  keyWords: Uint32Array,
  { values, ids }: Sorting,
  part: { startBit: number; width: number; from: number; to: number; histograms: Uint32Array },
): void {
  const { startBit, width, from, to, histograms } = part;
  const word = startBit >> 5;
  const shift = startBit & 31;
  const mask = 2 ** width - 1;
  const isSplit = shift + width > 32;
  for (let i = from; i < to; i++) {
    const at = i * HASH_WORDS + word;
    let value = (keyWords[at] as number) >>> shift;
    if (isSplit) value |= (keyWords[at + 1] as number) << (32 - shift);
    value &= mask;
    values[i] = value;
    ids[i] = i;
    for (let pass = 0; pass < PASSES; pass++) {
      const digit = pass * DIGITS + ((value >>> (pass * DIGIT_BITS)) & (DIGITS - 1));
      histograms[digit] = (histograms[digit] as number) + 1;
    }
  }
}

function scatter(
  { values, ids, spareValues, spareIds }: Sorting,
  { places, shift, from, to }: { places: Uint32Array; shift: number; from: number; to: number },
): void {
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    const digit = (value >>> shift) & (DIGITS - 1);
    const place = places[digit] as number;
    places[digit] = place + 1;
    spareValues[place] = value;
    spareIds[place] = ids[i] as number;
  }
}

/** Buckets that hold anything, keys that share a bucket, and how many keys a key finds in its bucket on average. */
function countEntries(values: Uint32Array, count: number): { occupied: number; listed: number; load: number } {
  let occupied = 0;
  let alone = 0;
  let squares = 0;
  for (let i = 0; i < count;) {
    let end = i + 1;
    while (end < count && values[end] === values[i]) end++;
    occupied++;
    if (end - i === 1) alone++;
    squares += (end - i) ** 2;
    i = end;
  }
  return { occupied, listed: count - alone, load: count === 0 ? 0 : squares / count };
}

interface TablePlace {
  readonly count: number;
  readonly stride: number;
  readonly bitmap: number;
  readonly rank: number;
  readonly slots: number;
  readonly lists: number;
  readonly width: number;
}

function* writeTable(words: Uint32Array, { values, ids }: Sorting, place: TablePlace): Generator<void, void, void> {
  const { count, stride, bitmap, rank, slots, lists, width } = place;
  const bytes = new Uint8Array(words.buffer);
  const flag = flagOf(stride);
  const write = (base: number, entry: number, value: number): void => {
    const at = base + entry * stride;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    if (stride === 4) bytes[at + 3] = value >>> 24;
  };
  let slot = 0;
  let listed = 0;
  let block = 0;
  const ranksBefore = (bucket: number): void => {
    for (; block <= bucket >>> 7; block++) words[rank / 4 + block] = slot;
  };
  for (let i = 0; i < count;) {
    const bucket = values[i] as number;
    let end = i + 1;
    while (end < count && values[end] === bucket) end++;
    ranksBefore(bucket);
    const word = bitmap / 4 + (bucket >>> 5);
    words[word] = (words[word] as number) | (1 << (bucket & 31));
    if (end - i === 1) {
      write(slots, slot, ids[i] as number);
    } else {
      write(slots, slot, flag + listed);
      for (let k = i; k < end; k++) write(lists, listed++, (ids[k] as number) + (k === end - 1 ? flag : 0));
    }
    slot++;
    if (slot % STEP_KEYS === 0) yield;
    i = end;
  }
  ranksBefore(2 ** width - 1);
}
