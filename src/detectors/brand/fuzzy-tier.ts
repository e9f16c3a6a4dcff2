import { fingerprintOf, slotOf } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { mayHoldKey } from './key-filter.ts';
import { NameTrait, isNameAt, isPlainWord, nameLength } from './name-columns.ts';
import type { NameColumns } from './name-columns.ts';
import { WordTier, areCatalogueWords, isCatalogueWord } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { isTwoPhrases } from './torn-names.ts';

/** Longest name with a deletion neighbourhood, in folded units: beyond, one wrong letter leaves other ways to see it. */
export const MAX_FUZZY_UNITS = 24;
/** Shortest one. */
export const MIN_FUZZY_UNITS = 5;
/** Shortest ordinary word that is looked for misspelt; a wrong letter in a shorter one makes another word. */
const MIN_PLAIN_UNITS = 6;
/** A misspelt ordinary word is a misspelt word more often than the mark: seen, and told only with other reasons. */
const PLAIN_CERTAINTY_01 = 0.6;
/** Slips of the keyboard and evaders leave the first letter alone; another word begins with another one: `Carmin`, `Garmin`. */
const OTHER_FIRST_01 = 0.85;
/** `Jordans` are Jordan shoes. */
const PLURAL_CERTAINTY_01 = 0.3;
const LETTER_S = 0x73;
/** In shorter phrases a letter wrong and a gap in another place are two words by chance. */
const MAX_SHORT_PHRASE_UNITS = 10;
/** Two or three known words are a misspelt name only when they are as long as this. */
const MIN_PHRASE_UNITS = 9;
/**
 * Units at either end of a phrase of the text that misspells a name, of which the one edit leaves those at one end as
 * they are, by the phrase's length: a swap of neighbours reaches both ends only below 2 × units + 1.
 */
export const endUnitsOf = (length: number): number =>
  length >= 13 ? 6 : length >= 11 ? 5 : length >= 9 ? 4 : length >= 7 ? 3 : 2;
/** Tells ends of phrases of different lengths apart. */
export const endKey = (hash: number, length: number): number => (hash + Math.imul(length, 0x3c6ef372)) | 0;
/** One misspelling of a mark is rarer than the mark by far; a word this often as frequent is a word: `Hyper`, `HyperX`. */
const MISSPELT_SHARE_01 = 0.25;
/** Words of a text that one misspelt name may span. */
const MAX_WORDS = 5;

/** Whether a name gets a deletion neighbourhood at all; numbers never do. */
export const isFuzzyName = (traits: number, length: number, minCoinedUnits: number): boolean => {
  if (length < MIN_FUZZY_UNITS || length > MAX_FUZZY_UNITS) return false;
  if ((traits & (NameTrait.UNSPACED | NameTrait.DIGITS | NameTrait.SHORT)) !== 0) return false;
  if ((traits & NameTrait.REPUTED) !== 0) return true;
  return length >= (isPlainWord(traits) ? Math.max(minCoinedUnits, MIN_PLAIN_UNITS) : minCoinedUnits);
};

/**
 * Names of one index at edit distance 1 (one letter missing, added, wrong, or two swapped) from one to five words of the text.
 * Source: symmetric deletion (Garbe's SymSpell), with the hash of a deletion taken from prefix hashes.
 */
export const findFuzzy = (
  index: SealedIndex,
  text: ScannedText,
  indexes: readonly SealedIndex[],
  hits: RawHit[],
): void => {
  const { words, folded } = text;
  for (let first = 0; first < words.count; first++) {
    if (words.isPlain[first] === 0) continue;
    let isAllKnown = true;
    for (let last = first; last < Math.min(words.count, first + MAX_WORDS); last++) {
      if (words.isPlain[last] === 0) break;
      isAllKnown &&= words.isKnown[last] === 1;
      const start = words.starts[first]!;
      const end = words.ends[last]!;
      if (end - start > MAX_FUZZY_UNITS + 1) break;
      const wordCount = last - first + 1;
      const isTooPlain = isAllKnown && (wordCount === 1 || end - start < MIN_PHRASE_UNITS);
      if (isTooPlain || end - start < MIN_FUZZY_UNITS - 1) continue;
      if (wordCount === 1 && (words.tiers[first]! & WordTier.FUZZY) === 0) continue;
      if (wordCount > 1 && !mayBePhrase(index, text, start, end)) continue;
      if (wordCount > 1 && isTwoPhrases(folded, start, end)) break;
      if (wordCount > 1 && areCatalogueWords(text, first, last)) continue;
      // A gram that is itself a name, of whichever part of the register, is that name and not another one misspelt.
      if (isName(indexes, text, start, end)) continue;
      probeGram(index, text, { start, end, wordCount, isAllKnown }, (nameRow) => {
        if (wordCount === 1 && isCatalogueWord(text, { start, end }, { index, nameRow, share: MISSPELT_SHARE_01 }))
          return;
        if (
          wordCount > 1 &&
          end - start <= MAX_SHORT_PHRASE_UNITS &&
          !sharesBoundary(index, text, { first, last, nameRow })
        )
          return;
        hits.push({
          index,
          nameRow,
          view: 'FUZZY',
          start: folded.starts[start]!,
          end: folded.ends[end - 1]!,
          isWholeWord: true,
          certainty01: certaintyOf(index.names, nameRow, { units: folded.units, start, end }),
        });
      });
    }
  }
};

interface Spelling {
  readonly units: Uint16Array;
  readonly start: number;
  readonly end: number;
}

const certaintyOf = (names: NameColumns, nameRow: number, written: Spelling): number => {
  const traits = names.traits[nameRow]!;
  const length = nameLength(names, nameRow);
  if (isPlural(names, nameRow, written)) return PLURAL_CERTAINTY_01;
  const isReputed = (traits & NameTrait.REPUTED) !== 0;
  if (isPlainWord(traits) && !isReputed) return PLAIN_CERTAINTY_01;
  const isOtherFirst = names.units[names.offsets[nameRow]!] !== written.units[written.start];
  return fuzzyCertainty01(length) * (isOtherFirst && (!isReputed || length === MIN_FUZZY_UNITS) ? OTHER_FIRST_01 : 1);
};

/** The name with an s behind it: several of the mark's goods, or its genitive. */
const isPlural = (names: NameColumns, nameRow: number, { units, start, end }: Spelling): boolean =>
  units[end - 1] === LETTER_S && isNameAt(names, nameRow, units, start, end - 1);

/** Whether some word of the phrase begins where a word of the name does, counted from either end: `HSM Art` is no `H Mart`. */
const sharesBoundary = (
  { names }: SealedIndex,
  { words }: ScannedText,
  { first, last, nameRow }: { readonly first: number; readonly last: number; readonly nameRow: number },
): boolean => {
  const boundaries = names.boundaries[nameRow]!;
  const start = words.starts[first]!;
  const longer = nameLength(names, nameRow) - (words.ends[last]! - start);
  for (let word = first + 1; word <= last; word++) {
    const offset = words.starts[word]! - start;
    if (((boundaries >>> offset) & 1) === 1 || ((boundaries >>> (offset + longer)) & 1) === 1) return true;
  }
  return false;
};

/** One wrong letter among five means less than among ten. Source: chance hits per length, docs/decisions/0122. */
export const fuzzyCertainty01 = (length: number): number => (length <= 5 ? 0.65 : length === 6 ? 0.85 : 1);

/** The text has one end of some name of which it may be a misspelling. */
const mayBePhrase = (
  { phraseEndFilter }: SealedIndex,
  { hasher }: ScannedText,
  start: number,
  end: number,
): boolean => {
  const length = end - start;
  const units = endUnitsOf(length);
  const head = endKey(hasher.a(start, start + units), length);
  if (mayHoldKey(phraseEndFilter, head)) {
    if (mayHoldKey(phraseEndFilter, endKey(hasher.b(start, start + units), length))) return true;
  }
  const tail = endKey(hasher.a(end - units, end), length);
  return mayHoldKey(phraseEndFilter, tail) && mayHoldKey(phraseEndFilter, endKey(hasher.b(end - units, end), length));
};

interface Gram {
  readonly start: number;
  readonly end: number;
  readonly wordCount: number;
  readonly isAllKnown: boolean;
}

const probeGram = (index: SealedIndex, text: ScannedText, gram: Gram, found: (nameRow: number) => void): void => {
  const { hasher, folded } = text;
  const { units } = folded;
  const { start, end } = gram;
  const { deletions, deletionFilter, shortFuzzyFilter, exact, exactFilter, names } = index;
  const seen: number[] = [];
  const verify = (nameRow: number): void => {
    if (seen.includes(nameRow)) return;
    const traits = names.traits[nameRow]!;
    if (!isFuzzyName(traits, nameLength(names, nameRow), index.minCoinedFuzzyUnits)) return;
    if (gram.wordCount > 1 && (traits & NameTrait.MULTI_WORD) === 0) return;
    // `Total Tool` is no misspelt `Total Tools`.
    if (gram.isAllKnown && (traits & NameTrait.ORDINARY) !== 0) return;
    if (!isOneEditAway(names, nameRow, units, gram)) return;
    seen.push(nameRow);
    found(nameRow);
  };
  // Names that this gram may be are all below the limit for marks without reputation: few, in a small filter.
  const isShort = end - start + 1 < index.minCoinedFuzzyUnits;
  const fullA = hasher.a(start, end);
  if (mayHoldKey(isShort ? shortFuzzyFilter : deletionFilter, fullA))
    visit(deletions, fullA, hasher.b(start, end), verify);
  for (let left = start; left < end; left++) {
    if (left > start && units[left] === units[left - 1]) continue;
    const a = hasher.aWithout(start, end, left);
    if (isShort && !mayHoldKey(shortFuzzyFilter, a)) continue;
    const inDeletions = mayHoldKey(deletionFilter, a);
    const inExact = mayHoldKey(exactFilter, a);
    if (!inDeletions && !inExact) continue;
    const b = hasher.bWithout(start, end, left);
    if (inDeletions) visit(deletions, a, b, verify);
    if (inExact) visit(exact, a, b, verify);
  }
};

const visit = (table: FingerprintTable, hashA: number, hashB: number, each: (value: number) => void): void => {
  const fingerprint = fingerprintOf(hashB);
  let slot = slotOf(table, hashA);
  for (let found = table.fingerprints[slot]!; found !== 0; found = table.fingerprints[slot]!) {
    if (found === fingerprint) each(table.values[slot]!);
    if (++slot === table.capacity) slot = 0;
  }
};

const isName = (indexes: readonly SealedIndex[], { hasher }: ScannedText, start: number, end: number): boolean => {
  const hashA = hasher.a(start, end);
  return indexes.some(
    ({ exact, exactFilter }) => mayHoldKey(exactFilter, hashA) && holds(exact, hashA, hasher.b(start, end)),
  );
};

const holds = (table: FingerprintTable, hashA: number, hashB: number): boolean => {
  let isHeld = false;
  visit(table, hashA, hashB, () => {
    isHeld = true;
  });
  return isHeld;
};

/** Whether the letter is a word of the name by itself: `Logitech` is no misspelt `Logitech G`, nor `HyperX` a `Hyper U`. */
const isWordOfOneLetter = (names: NameColumns, nameRow: number, at: number): boolean => {
  if (at >= 31) return false;
  const boundaries = names.boundaries[nameRow]! >>> at;
  return (boundaries & 1) === 1 && ((boundaries & 2) === 2 || at + 1 === nameLength(names, nameRow));
};

/** Whether name and gram differ by exactly one deletion, insertion, substitution or swap of neighbours. */
const isOneEditAway = (names: NameColumns, nameRow: number, units: Uint16Array, gram: Gram): boolean => {
  const offset = names.offsets[nameRow]!;
  const nameSize = names.offsets[nameRow + 1]! - offset;
  const textSize = gram.end - gram.start;
  const name = names.units;
  const least = Math.min(nameSize, textSize);
  let head = 0;
  while (head < least && name[offset + head] === units[gram.start + head]) head++;
  let tail = 0;
  while (tail < least - head && name[offset + nameSize - 1 - tail] === units[gram.end - 1 - tail]) tail++;
  const nameRest = nameSize - head - tail;
  const textRest = textSize - head - tail;
  if (nameRest + textRest === 0 || (nameRest === 1 && isWordOfOneLetter(names, nameRow, head))) return false;
  if (nameRest <= 1 && textRest <= 1) return true;
  return (
    nameRest === 2 &&
    textRest === 2 &&
    name[offset + head] === units[gram.start + head + 1] &&
    name[offset + head + 1] === units[gram.start + head]
  );
};
