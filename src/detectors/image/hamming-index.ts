import { countBits32, HASH_WORDS, type Hash256 } from './hash256.ts';

/** Told of every key within the radius, in no particular order. */
export type HammingVisitor = (reference: number, distanceBits: number) => void;

/** An exact index of 256-bit keys: what it finds equals a comparison with every key. */
export interface HammingIndex {
  readonly size: number;
  /** Adds a key under a reference that the caller chose, 0–2³¹−1; several keys may share one reference. */
  add(reference: number, key: Hash256): void;
  /** Takes out every key of a reference. */
  remove(reference: number): void;
  search(key: Hash256, radiusBits: number, visit: HammingVisitor): void;
}

/** Compares with every key, one after the other: the oracle, and fast enough below some ten thousand keys. */
export function createLinearIndex(): HammingIndex {
  let words = new Uint32Array(HASH_WORDS * 64);
  let references = new Int32Array(64);
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(reference, key) {
      if (size === references.length) {
        const larger = new Uint32Array(words.length * 2);
        larger.set(words);
        words = larger;
        const more = new Int32Array(references.length * 2);
        more.set(references);
        references = more;
      }
      words.set(key, size * HASH_WORDS);
      references[size] = reference;
      size++;
    },
    remove(reference) {
      for (let i = size - 1; i >= 0; i--) {
        if (references[i] !== reference) continue;
        size--;
        references[i] = references[size] as number;
        words.copyWithin(i * HASH_WORDS, size * HASH_WORDS, (size + 1) * HASH_WORDS);
      }
    },
    search(key, radiusBits, visit) {
      for (let i = 0, at = 0; i < size; i++, at += HASH_WORDS) {
        let distance = 0;
        for (let w = 0; w < HASH_WORDS && distance <= radiusBits; w++) {
          distance += countBits32((words[at + w] as number) ^ (key[w] as number));
        }
        if (distance <= radiusBits) visit(references[i] as number, distance);
      }
    },
  };
}
