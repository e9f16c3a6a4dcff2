import { TextFolder, TextSign } from './folded-text.ts';
import { findFuzzy } from './fuzzy-tier.ts';
import { findGlued } from './glued-tier.ts';
import { GramHasher } from './gram-hash.ts';
import type { LookTier } from './look-tier.ts';
import type { ReversedTier } from './reversed-tier.ts';
import { LOOK_SHIFT, WordTier, createWordRanges, readRanges, readWords } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { WordMemo } from './word-memo.ts';

/** Longer words are looked at each time. */
const MAX_MEMO_UNITS = 40;
/** A right-to-left override turns words round: what is known of them does not hold. */
const OVERRIDE = /[\u202e\u202b\u2067]/;
/** Of an answer: the word stands in the word lists. The bits of `WordTier` lie below. */
const KNOWN = 64;

/**
 * Tells for each word of a text which tiers may find something in it by itself. What they find in one word depends on
 * its folded units alone, and most words are known from other texts. Holds scratch memory; one for each thread.
 */
export class WordTiers {
  readonly #memo = new WordMemo();
  readonly #folder = new TextFolder();
  readonly #hasher = new GramHasher();
  readonly #words = createWordRanges();
  readonly #reversed: ReversedTier;
  readonly #looks: LookTier;

  constructor(reversed: ReversedTier, looks: LookTier) {
    this.#reversed = reversed;
    this.#looks = looks;
  }

  /** To be called when names or the catalogue have changed. */
  forget(): void {
    this.#memo.clear();
  }

  /** Fills the words of a text, and `tiers` of each. */
  mark(indexes: readonly SealedIndex[], text: ScannedText): void {
    const { words, hasher, folded, vocabulary } = text;
    if ((folded.signs & TextSign.FOREIGN) !== 0 && OVERRIDE.test(folded.source)) {
      readWords(words, folded, hasher, vocabulary);
      return;
    }
    readRanges(words, folded);
    for (let word = 0; word < words.count; word++) {
      const start = words.starts[word]!;
      const end = words.ends[word]!;
      if (end - start > MAX_MEMO_UNITS) {
        // Longer than any word of the lists.
        words.isKnown[word] = 1 - words.isPlain[word]!;
        continue;
      }
      const hashA = hasher.a(start, end);
      const hashB = hasher.b(start, end);
      let answer = this.#memo.recall(hashA, hashB);
      if (answer < 0) {
        answer = this.#answerOf(indexes, text, start, end);
        this.#memo.note(hashA, hashB, answer);
      }
      words.tiers[word] = answer & WordTier.ALL;
      words.isKnown[word] = (answer & KNOWN) === 0 ? 0 : 1;
    }
  }

  #answerOf(indexes: readonly SealedIndex[], text: ScannedText, start: number, end: number): number {
    const { source, starts, ends, units } = text.folded;
    const folded = this.#folder.fold(source.slice(starts[start], ends[end - 1]));
    this.#hasher.read(folded.units, folded.length);
    readWords(this.#words, folded, this.#hasher, text.vocabulary);
    const isKnown = this.#words.count !== 1 || this.#words.isKnown[0] === 1;
    const alone: ScannedText = { ...text, folded, hasher: this.#hasher, words: this.#words };
    const tiers =
      this.#tierOf(WordTier.FUZZY, (hits) => indexes.forEach((index) => findFuzzy(index, alone, indexes, hits))) |
      this.#tierOf(WordTier.GLUED, (hits) => indexes.forEach((index) => findGlued(index, alone, hits))) |
      this.#tierOf(WordTier.REVERSED, (hits) => this.#reversed.find(indexes, alone, hits));
    const looks = this.#looks.readingsOf(indexes, text, String.fromCharCode(...units.subarray(start, end)));
    return tiers | (looks << LOOK_SHIFT) | (isKnown ? KNOWN : 0);
  }

  #tierOf(tier: number, find: (hits: RawHit[]) => void): number {
    const hits: RawHit[] = [];
    find(hits);
    return hits.length > 0 ? tier : 0;
  }
}
