import { mix32 } from './gram-hash.ts';

/** Entries of a memo, a power of two: a title's words are mostly words of other titles. 128 Ki entries take 2 MB. */
const MEMO_ENTRIES = 2 ** 17;
/** Numbers of one entry: two hashes, the answer + 1 (0 where nothing is known), one unused. */
const ENTRY = 4;

/**
 * What was found out about words before, by two hashes of 32 bits: a pure function's answers, kept in a table of fixed
 * size. Two entries share a place, side by side in a line of the cache; the older gives way to a newer word.
 * Cleared when what the answers depend on changes.
 */
export class WordMemo {
  readonly #entries = new Int32Array(ENTRY * MEMO_ENTRIES);

  /** What was noted of a word; -1 where nothing was. */
  recall(hashA: number, hashB: number): number {
    const at = placeOf(hashA);
    const entries = this.#entries;
    if (entries[at] === hashA && entries[at + 1] === hashB) return entries[at + 2]! - 1;
    const next = at + ENTRY;
    return entries[next] === hashA && entries[next + 1] === hashB ? entries[next + 2]! - 1 : -1;
  }

  /** Notes an answer, 0 or more. */
  note(hashA: number, hashB: number, answer: number): void {
    const at = placeOf(hashA);
    this.#entries.copyWithin(at + ENTRY, at, at + ENTRY);
    this.#entries[at] = hashA;
    this.#entries[at + 1] = hashB;
    this.#entries[at + 2] = answer + 1;
  }

  clear(): void {
    this.#entries.fill(0);
  }
}

/** Position of the first of two entries. */
const placeOf = (hashA: number): number => (mix32(hashA) & (MEMO_ENTRIES / 2 - 1)) * (2 * ENTRY);
