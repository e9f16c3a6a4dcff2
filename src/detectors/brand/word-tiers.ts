import { TextFolder } from './folded-text.ts';
import { findFuzzy } from './fuzzy-tier.ts';
import { findGlued } from './glued-tier.ts';
import { GramHasher } from './gram-hash.ts';
import type { ReversedTier } from './reversed-tier.ts';
import { WordTier, createWordRanges, readWords } from './scanned-text.ts';
import type { ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { WordMemo } from './word-memo.ts';

/** Longer words are looked at each time. */
const MAX_MEMO_UNITS = 40;
/** A right-to-left override turns words round: what is known of them does not hold. */
const OVERRIDE = /[\u202e\u202b\u2067]/;

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

  constructor(reversed: ReversedTier) {
    this.#reversed = reversed;
  }

  /** To be called when names or the catalogue have changed. */
  forget(): void {
    this.#memo.clear();
  }

  /** Fills `tiers` of the words of a text. */
  mark(indexes: readonly SealedIndex[], text: ScannedText): void {
    const { words, hasher, folded } = text;
    if (OVERRIDE.test(folded.source)) return;
    for (let word = 0; word < words.count; word++) {
      const start = words.starts[word]!;
      const end = words.ends[word]!;
      if (end - start > MAX_MEMO_UNITS) continue;
      const hashA = hasher.a(start, end);
      const hashB = hasher.b(start, end);
      let tiers = this.#memo.recall(hashA, hashB);
      if (tiers < 0) {
        tiers = this.#tiersOf(indexes, text, folded.source.slice(folded.starts[start], folded.ends[end - 1]));
        this.#memo.note(hashA, hashB, tiers);
      }
      words.tiers[word] = tiers;
    }
  }

  #tiersOf(indexes: readonly SealedIndex[], text: ScannedText, word: string): number {
    const folded = this.#folder.fold(word);
    this.#hasher.read(folded.units, folded.length);
    readWords(this.#words, folded, this.#hasher, text.vocabulary);
    const alone: ScannedText = { ...text, folded, hasher: this.#hasher, words: this.#words };
    const isFuzzy = indexes.some((index) => findFuzzy(index, alone, indexes).length > 0);
    const isGlued = indexes.some((index) => findGlued(index, alone).length > 0);
    const isReversed = this.#reversed.find(indexes, alone).length > 0;
    return (isFuzzy ? WordTier.FUZZY : 0) | (isGlued ? WordTier.GLUED : 0) | (isReversed ? WordTier.REVERSED : 0);
  }
}
