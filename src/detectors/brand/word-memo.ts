import { mix32 } from './gram-hash.ts';

/** Entries of a memo, a power of two: a title's words are mostly words of other titles. 64 Ki entries take 576 KB. */
const MEMO_ENTRIES = 2 ** 16;

/**
 * What was found out about words before, by two hashes of 32 bits: a pure function's answers, kept in a table of fixed
 * size where a newer word takes the place of an older one. Cleared when what the answers depend on changes.
 */
export class WordMemo {
  readonly #hashesA = new Int32Array(MEMO_ENTRIES);
  readonly #hashesB = new Int32Array(MEMO_ENTRIES);
  /** The answer + 1; 0 where nothing is known. */
  readonly #answers = new Uint8Array(MEMO_ENTRIES);

  /** What was noted of a word; -1 where nothing was. */
  recall(hashA: number, hashB: number): number {
    const at = mix32(hashA) & (MEMO_ENTRIES - 1);
    return this.#hashesA[at] === hashA && this.#hashesB[at] === hashB ? this.#answers[at]! - 1 : -1;
  }

  /** Notes an answer, 0–254. */
  note(hashA: number, hashB: number, answer: number): void {
    const at = mix32(hashA) & (MEMO_ENTRIES - 1);
    this.#hashesA[at] = hashA;
    this.#hashesB[at] = hashB;
    this.#answers[at] = answer + 1;
  }

  clear(): void {
    this.#answers.fill(0);
  }
}
