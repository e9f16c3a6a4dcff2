import { fingerprintOf, slotOf } from './fingerprint-table.ts';
import type { FoldedText } from './folded-text.ts';
import { MAX_NAME_UNITS, TextSign } from './folded-text.ts';
import { GramHasher } from './gram-hash.ts';
import { mayHoldKey } from './key-filter.ts';
import { NameTrait, isPlainWord } from './name-columns.ts';
import { WordTier, isCatalogueWord } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';

/** Shorter words read backwards are other words too often. */
const MIN_REVERSED_UNITS = 5;
/** An ordinary word backwards, shorter than this, may be a word of some language. */
const MIN_SURE_PLAIN_UNITS = 7;
/** After a right-to-left override the reader sees the word forwards: four letters are enough. */
const MIN_OVERRIDDEN_UNITS = 4;
const MAX_WORDS = 3;
const OVERRIDE = /[\u202e\u202b\u2067]/;

/** Names written backwards, in words that are no words forwards. Holds scratch memory; one for each thread. */
export class ReversedTier {
  readonly #hasher = new GramHasher();
  #reversed = new Uint16Array(512);

  find(indexes: readonly SealedIndex[], text: ScannedText, hits: RawHit[]): void {
    const { folded, words } = text;
    const isOverridden = (folded.signs & TextSign.FOREIGN) !== 0 && OVERRIDE.test(folded.source);
    let isTurned = false;
    for (let first = 0; first < words.count; first++) {
      let isAllKnown = true;
      for (let last = first; last < Math.min(words.count, first + MAX_WORDS); last++) {
        if (words.isPlain[last] === 0) break;
        isAllKnown &&= words.isKnown[last] === 1;
        const start = words.starts[first]!;
        const end = words.ends[last]!;
        if (end - start > MAX_NAME_UNITS) break;
        if (isAllKnown && !isOverridden) continue;
        if (end - start < (isOverridden ? MIN_OVERRIDDEN_UNITS : MIN_REVERSED_UNITS)) continue;
        if (last === first && (words.tiers[first]! & WordTier.REVERSED) === 0) continue;
        if (last > first && !isOverridden && !mayBePhrase(indexes, text, end)) continue;
        if (!isTurned) this.#turn(folded);
        isTurned = true;
        this.#probe(indexes, text, { start, end, isOneWord: last === first, isOverridden }, hits);
      }
    }
  }

  /** Reads the whole text backwards. */
  #turn({ units, length }: FoldedText): void {
    if (this.#reversed.length < length) this.#reversed = new Uint16Array(length * 2);
    for (let unit = 0; unit < length; unit++) this.#reversed[unit] = units[length - 1 - unit]!;
    this.#hasher.read(this.#reversed, length);
  }

  #probe(
    indexes: readonly SealedIndex[],
    text: ScannedText,
    gram: { start: number; end: number; isOneWord: boolean; isOverridden: boolean },
    hits: RawHit[],
  ): void {
    const { folded } = text;
    const from = folded.length - gram.end;
    const to = folded.length - gram.start;
    const hashA = this.#hasher.a(from, to);
    for (const index of indexes) {
      const { exact, exactFilter } = index;
      if (!mayHoldKey(exactFilter, hashA)) continue;
      const fingerprint = fingerprintOf(this.#hasher.b(from, to));
      let slot = slotOf(exact, hashA);
      for (let found = exact.fingerprints[slot]!; found !== 0; found = exact.fingerprints[slot]!) {
        if (found === fingerprint) {
          const nameRow = exact.values[slot]!;
          if (gram.isOneWord && isCatalogueWord(text, gram, { index, nameRow })) {
            if (++slot === exact.capacity) slot = 0;
            continue;
          }
          if (this.#isReversedName(index, nameRow, { from, to }) && this.#isTold(index, nameRow, gram)) {
            const start = folded.starts[gram.start]!;
            const end = folded.ends[gram.end - 1]!;
            const certainty01 = certaintyOf(index.names.traits[nameRow]!, gram);
            hits.push({ index, nameRow, view: 'REVERSED', start, end, isWholeWord: true, certainty01 });
          }
        }
        if (++slot === exact.capacity) slot = 0;
      }
    }
  }

  #isTold(
    index: SealedIndex,
    nameRow: number,
    gram: { start: number; end: number; isOneWord: boolean; isOverridden: boolean },
  ): boolean {
    const traits = index.names.traits[nameRow]!;
    if ((traits & (NameTrait.UNSPACED | NameTrait.DIGITS)) !== 0) return false;
    if (!gram.isOneWord && (traits & NameTrait.MULTI_WORD) === 0) return false;
    return (
      gram.isOverridden || (traits & NameTrait.REPUTED) !== 0 || gram.end - gram.start >= index.minCoinedFuzzyUnits - 1
    );
  }

  /** Spelt backwards, and not the same forwards. */
  #isReversedName({ names }: SealedIndex, nameRow: number, { from, to }: { from: number; to: number }): boolean {
    const offset = names.offsets[nameRow]!;
    if (names.offsets[nameRow + 1]! - offset !== to - from) return false;
    let isPalindrome = true;
    for (let at = 0; at < to - from; at++) {
      if (names.units[offset + at] !== this.#reversed[from + at]) return false;
      if (this.#reversed[from + at] !== this.#reversed[to - 1 - at]) isPalindrome = false;
    }
    return !isPalindrome;
  }
}

/** Whether a name of several words begins with the last letters before `end`, read backwards. */
const mayBePhrase = (indexes: readonly SealedIndex[], { hasher }: ScannedText, end: number): boolean => {
  const hashA = hasher.a(end - REVERSED_HEAD_UNITS, end);
  for (const { reversedFilter } of indexes) {
    if (mayHoldKey(reversedFilter, hashA)) {
      if (mayHoldKey(reversedFilter, hasher.b(end - REVERSED_HEAD_UNITS, end))) return true;
    }
  }
  return false;
};

/** First letters by which phrases are told to be no name backwards: as many as the shortest has. */
export const REVERSED_HEAD_UNITS = MIN_REVERSED_UNITS;

/** Whether a name of several words is looked for backwards in words that do not stand after an override. */
export const isReversedPhrase = (traits: number, length: number, minCoinedUnits: number): boolean =>
  length >= MIN_REVERSED_UNITS &&
  (traits & NameTrait.MULTI_WORD) !== 0 &&
  (traits & (NameTrait.UNSPACED | NameTrait.DIGITS)) === 0 &&
  ((traits & NameTrait.REPUTED) !== 0 || length >= minCoinedUnits - 1);

const certaintyOf = (traits: number, gram: { start: number; end: number; isOverridden: boolean }): number => {
  const isDoubtful = isPlainWord(traits) && (traits & NameTrait.REPUTED) === 0 && !gram.isOverridden;
  return isDoubtful && gram.end - gram.start < MIN_SURE_PLAIN_UNITS ? 0.6 : 1;
};
