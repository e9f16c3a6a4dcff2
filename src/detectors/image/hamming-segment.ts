import { countBits32, HASH_WORDS, type Hash256 } from './hash256.ts';
import { allotRadii, neighbours, SCAN_MANY_NS, type ChunkRadii } from './hamming-plan.ts';
import { scanBlocks, type BatchVisitor } from './scan-blocks.ts';
import {
  AT,
  CHUNK_WORDS,
  chunkReader,
  FIRST_CHUNK_WORD,
  flagOf,
  HEADER_WORDS,
  MAGIC,
  SCRATCH,
} from './segment-layout.ts';
import { allocateMemory, bindKernel, type KernelMemory } from './wasm-memory.ts';

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
  /** Searches for `queries.length / 8` permuted keys at once, which makes comparing with every key cheaper. */
  searchMany(queries: Uint32Array, radiusBits: number, visit: BatchVisitor): void;
  remove(keyNumber: number): void;
  isRemoved(keyNumber: number): boolean;
  /** The keys that were not taken out. */
  liveKeys(): PermutedKeys;
  /** A copy of the marks of keys that were taken out, a bit a key; `adoptSegment` takes them. */
  marks(): Uint32Array;
}

/** The bytes of a segment, for a file. */
export function segmentBytes(segment: HammingSegment): Uint8Array {
  return new Uint8Array(segment.memory.buffer, 0, segment.bytes);
}

/** A segment that was read, or why the bytes are none. */
export type LoadedSegment =
  { readonly kind: 'segment'; readonly segment: HammingSegment } | { readonly kind: 'unusable'; readonly why: string };

/** A segment from bytes that `segmentBytes` gave, or why they are none. */
export function loadSegment(bytes: Uint8Array): LoadedSegment {
  const memory = allocateMemory(bytes.length);
  new Uint8Array(memory.buffer).set(bytes);
  return adoptSegment(memory, bytes.length);
}

/**
 * A segment whose `bytes` bytes were read into the beginning of a memory, or why they are none. With `marks`, the keys
 * taken out are those marked there, whatever the bytes say.
 */
export function adoptSegment(memory: KernelMemory, bytes: number, marks?: Uint32Array): LoadedSegment {
  const words = new Uint32Array(memory.buffer);
  if (bytes < HEADER_WORDS * 4) return { kind: 'unusable', why: 'too short for a segment' };
  if (words[0] !== MAGIC) return { kind: 'unusable', why: 'no segment of this version' };
  if (words[AT.bytes] !== bytes) return { kind: 'unusable', why: 'the segment is cut off' };
  if (marks !== undefined) {
    if (marks.length !== markWords(words[AT.count] as number))
      return { kind: 'unusable', why: 'marks of another size' };
    words.set(marks, (words[AT.tombs] as number) / 4);
    words[AT.removed] = marks.reduce((sum, word) => sum + countBits32(word), 0);
  }
  return { kind: 'segment', segment: openSegment(memory) };
}

const markWords = (keys: number): number => Math.ceil(keys / 32);

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
      stride: at(from + 7),
      load: at(from + 8) / 1_000,
    };
  });
  const plan = { widths: chunks.map((chunk) => chunk.width), loads: chunks.map((chunk) => chunk.load) };
  const allotted = new Map<number, Allotted>();
  const keysAt = at(AT.keys);
  const keysWord = keysAt / 4;
  const referencesWord = at(AT.references) / 4;
  const tombsWord = at(AT.tombs) / 4;
  const query = at(AT.scratch) + scratchSlot * SCRATCH.bytes;
  const queryWord = query / 4;
  const list = query + 64;
  const found = list + SCRATCH.listBytes;
  // The kernel checks for room before it appends to a list entry by entry, so one entry beyond the end is enough.
  const foundEnd = found + SCRATCH.foundBytes;
  const out = foundEnd + 64;
  const outWord = out / 4;
  const outEnd = out + SCRATCH.pairs * 8;

  const isRemoved = (keyNumber: number): boolean =>
    (((words[tombsWord + (keyNumber >>> 5)] as number) >>> (keyNumber & 31)) & 1) === 1;

  const scan = (radiusBits: number, visit: SegmentVisitor): void => {
    for (let from = 0; from < count; from += SCRATCH.pairs) {
      const near = kernel.scan(query, keysAt + from * 32, Math.min(SCRATCH.pairs, count - from), radiusBits, out);
      for (let i = 0; i < near; i++) {
        const keyNumber = from + at(outWord + 2 * i);
        if (!isRemoved(keyNumber)) visit(keyNumber, at(referencesWord + keyNumber), at(outWord + 2 * i + 1));
      }
    }
  };

  const radiiFor = (radiusBits: number): Allotted => {
    const known = allotted.get(radiusBits);
    if (known !== undefined) return known;
    const radii = withMaskTotals(allotRadii(plan, radiusBits, count), plan.widths);
    allotted.set(radiusBits, radii);
    return radii;
  };

  const search = (permuted: Hash256, radiusBits: number, visit: SegmentVisitor): void => {
    words.set(permuted, queryWord);
    const radii = radiiFor(radiusBits);
    if (radii.kind === 'scan') {
      scan(radiusBits, visit);
      return;
    }
    let end = out;
    const chunkEnds: number[] = [];
    for (let i = 0; i < chunks.length; i++) {
      const radius = radii.radii[i] as number;
      if (radius >= 0) {
        const { cut, masks, bitmap, rank, slots, overflow, stride } = chunks[i] as (typeof chunks)[number];
        const value = cut(words, queryWord);
        const maskTotal = radii.maskTotals[i] as number;
        end =
          kernel.lookup(
            query,
            keysAt,
            value,
            masks,
            maskTotal,
            bitmap,
            rank,
            slots,
            overflow,
            stride,
            flagOf(stride),
            list,
            found,
            foundEnd,
            radiusBits,
            end,
            outEnd,
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

  const searchMany = (queries: Uint32Array, radiusBits: number, visit: BatchVisitor): void => {
    const radii = radiiFor(radiusBits);
    if (radii.kind === 'chunks' && radii.costNs < count * SCAN_MANY_NS) {
      for (let i = 0; i * HASH_WORDS < queries.length; i++) {
        search(queries.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS), radiusBits, (_, reference, distanceBits) =>
          visit(i, reference, distanceBits),
        );
      }
      return;
    }
    // The buffers of a lookup lie idle: the queries of a block fit where pairs are told, the pairs into the list.
    const places = { queries: out, keys: keysAt, out: list };
    scanBlocks({ kernel, words, places, count }, { queries, radiusBits }, (query, keyNumber, distanceBits) => {
      if (!isRemoved(keyNumber)) visit(query, at(referencesWord + keyNumber), distanceBits);
    });
  };

  /** A key that is near in several chunks is told once, for the first. */
  const wasFoundBefore = (keyNumber: number, chunk: number, radii: readonly number[]): boolean => {
    for (let i = 0; i < chunk; i++) {
      const radius = radii[i] as number;
      if (radius < 0) continue;
      const { cut } = chunks[i] as (typeof chunks)[number];
      if (countBits32(cut(words, queryWord) ^ cut(words, keysWord + keyNumber * HASH_WORDS)) <= radius) return true;
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
    searchMany,
    isRemoved,
    remove(keyNumber) {
      if (isRemoved(keyNumber)) return;
      const word = tombsWord + (keyNumber >>> 5);
      words[word] = (words[word] as number) | (1 << (keyNumber & 31));
      words[AT.removed] = at(AT.removed) + 1;
    },
    marks: () => words.slice(tombsWord, tombsWord + markWords(count)),
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

type Allotted =
  | { readonly kind: 'scan' }
  | {
      readonly kind: 'chunks';
      readonly radii: readonly number[];
      readonly maskTotals: readonly number[];
      readonly costNs: number;
    };

function withMaskTotals(radii: ChunkRadii, widths: readonly number[]): Allotted {
  if (radii.kind === 'scan') return radii;
  return {
    kind: 'chunks',
    radii: radii.radii,
    costNs: radii.costNs,
    maskTotals: radii.radii.map((radius, i) => (radius < 0 ? 0 : neighbours(widths[i] as number, radius))),
  };
}
