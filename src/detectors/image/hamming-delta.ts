import { HASH_WORDS, type Hash256 } from './hash256.ts';
import type { PermutedKeys } from './hamming-segment.ts';
import { BLOCK_PAIRS, BLOCK_QUERIES, scanBlocks, type BatchVisitor } from './scan-blocks.ts';
import { allocateMemory, bindKernel, PAGE_BYTES } from './wasm-memory.ts';

/** New keys, compared one by one. Keys are permuted ones. */
export interface HammingDelta {
  readonly count: number;
  readonly isFull: boolean;
  add(reference: number, permuted: Hash256): void;
  /** Takes one key of the reference out; whether it was there. */
  remove(reference: number, permuted: Hash256): boolean;
  search(permuted: Hash256, radiusBits: number, visit: (reference: number, distanceBits: number) => void): void;
  /** Searches for `queries.length / 8` permuted keys at once. */
  searchMany(queries: Uint32Array, radiusBits: number, visit: BatchVisitor): void;
  liveKeys(): PermutedKeys;
}

/** Bytes: the queries of one block, the pairs found, then the keys. */
const QUERIES = 0;
const OUT = BLOCK_QUERIES * 32;
const KEYS = OUT + BLOCK_PAIRS * 8;

/** An empty delta with room for `capacity` keys; memory grows with them. */
export function createHammingDelta(capacity: number): HammingDelta {
  const memory = allocateMemory(KEYS + PAGE_BYTES);
  const kernel = bindKernel(memory);
  let words = new Uint32Array(memory.buffer);
  let references = new Uint32Array(256);
  let count = 0;
  const wordOf = (i: number): number => KEYS / 4 + i * HASH_WORDS;

  return {
    get count() {
      return count;
    },
    get isFull() {
      return count >= capacity;
    },
    add(reference, permuted) {
      if (wordOf(count + 1) > words.length) {
        memory.grow(words.byteLength / PAGE_BYTES);
        words = new Uint32Array(memory.buffer);
      }
      if (count === references.length) {
        const larger = new Uint32Array(references.length * 2);
        larger.set(references);
        references = larger;
      }
      words.set(permuted, wordOf(count));
      references[count] = reference;
      count++;
    },
    remove(reference, permuted) {
      for (let i = 0; i < count; i++) {
        if (references[i] !== reference) continue;
        const at = wordOf(i);
        if (!permuted.every((word, w) => word === words[at + w])) continue;
        count--;
        words.copyWithin(at, wordOf(count), wordOf(count) + HASH_WORDS);
        references[i] = references[count] as number;
        return true;
      }
      return false;
    },
    search(permuted, radiusBits, visit) {
      this.searchMany(permuted, radiusBits, (_, reference, distanceBits) => visit(reference, distanceBits));
    },
    searchMany(queries, radiusBits, visit) {
      const places = { queries: QUERIES, keys: KEYS, out: OUT };
      scanBlocks({ kernel, words, places, count }, { queries, radiusBits }, (query, key, distanceBits) =>
        visit(query, references[key] as number, distanceBits),
      );
    },
    liveKeys() {
      return {
        words: words.slice(KEYS / 4, wordOf(count)),
        references: references.slice(0, count),
        count,
      };
    },
  };
}
