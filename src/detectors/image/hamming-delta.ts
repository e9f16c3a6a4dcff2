import { HASH_WORDS, type Hash256 } from './hash256.ts';
import type { PermutedKeys } from './hamming-segment.ts';
import { allocateMemory, bindKernel, PAGE_BYTES } from './wasm-memory.ts';

/** New keys, compared one by one. Keys are permuted ones. */
export interface HammingDelta {
  readonly count: number;
  readonly isFull: boolean;
  add(reference: number, permuted: Hash256): void;
  /** Takes one key of the reference out; whether it was there. */
  remove(reference: number, permuted: Hash256): boolean;
  search(permuted: Hash256, radiusBits: number, visit: (reference: number, distanceBits: number) => void): void;
  liveKeys(): PermutedKeys;
}

const QUERY_WORD = 0;
const PAIRS = 1_024;
const OUT = 64;
const KEYS = OUT + PAIRS * 8;

/** An empty delta with room for `capacity` keys; memory grows with them. */
export function createHammingDelta(capacity: number): HammingDelta {
  const memory = allocateMemory(PAGE_BYTES);
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
      words.set(permuted, QUERY_WORD);
      for (let from = 0; from < count; from += PAIRS) {
        const near = kernel.scan(0, KEYS + from * 32, Math.min(PAIRS, count - from), radiusBits, OUT);
        for (let i = 0; i < near; i++) {
          const pair = OUT / 4 + 2 * i;
          visit(references[from + (words[pair] as number)] as number, words[pair + 1] as number);
        }
      }
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
