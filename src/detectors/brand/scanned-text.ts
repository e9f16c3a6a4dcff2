import { CharacterClass } from './character-fold.ts';
import type { FoldedText } from './folded-text.ts';
import { MAX_NAME_UNITS } from './folded-text.ts';
import { GramHasher } from './gram-hash.ts';
import type { CatalogueWords } from './catalogue-words.ts';
import { isKnownWord } from './ordinary-words.ts';
import type { Vocabulary } from './ordinary-words.ts';
import type { MarkView } from './mark-hit.ts';
import { nameLength } from './name-columns.ts';
import type { SealedIndex } from './sealed-index.ts';

/** A hit before it is told to anybody: a row of an index and UTF-16 offsets of the text. */
export interface RawHit {
  readonly index: SealedIndex;
  readonly nameRow: number;
  readonly view: MarkView;
  readonly start: number;
  readonly end: number;
  readonly isWholeWord: boolean;
  /** How far the view can be trusted for this name, 0–1: a wrong letter in five is less than one in ten. */
  readonly certainty01: number;
}

/** Words between separators, as ranges of folded units. */
export interface WordRanges {
  count: number;
  starts: Int32Array;
  ends: Int32Array;
  /** Only letters of a script with word gaps. */
  isPlain: Uint8Array;
  /** Stands in the word lists, has a digit, or is a single letter: no misspelt mark by itself. */
  isKnown: Uint8Array;
  /** `WordTier` bits of the tiers that may find something in the word by itself; all of them where nobody has looked. */
  tiers: Uint8Array;
}

/** Tiers that look at single words, combined by `|`; for look-alikes each of their three readings. */
export const WordTier = { FUZZY: 1, GLUED: 2, REVERSED: 4, ALL: 63 } as const;
/** The readings of look-alikes (`LookReadings`) lie so many bits above the other tiers. */
export const LOOK_SHIFT = 3;

/** A folded text with all that every tier asks of it. */
export interface ScannedText {
  readonly folded: FoldedText;
  /** Has read the folded units. */
  readonly hasher: GramHasher;
  readonly vocabulary: Vocabulary;
  readonly words: WordRanges;
  readonly catalogue: CatalogueWords;
}

export const createWordRanges = (): WordRanges => ({
  count: 0,
  starts: new Int32Array(512),
  ends: new Int32Array(512),
  isPlain: new Uint8Array(512),
  isKnown: new Uint8Array(512),
  tiers: new Uint8Array(512),
});

/** Fills the ranges anew for a folded text whose units the hasher has read. */
export const readWords = (words: WordRanges, folded: FoldedText, hasher: GramHasher, vocabulary: Vocabulary): void => {
  readRanges(words, folded);
  for (let word = 0; word < words.count; word++) {
    const start = words.starts[word]!;
    const end = words.ends[word]!;
    const isKnown = words.isPlain[word] === 0 || end - start < 2 || isKnownWord(vocabulary, hasher, start, end);
    words.isKnown[word] = isKnown ? 1 : 0;
  }
};

/** Fills the ranges anew, without `isKnown`: whoever remembers words need not ask the word lists. */
export const readRanges = (words: WordRanges, folded: FoldedText): void => {
  if (words.starts.length < folded.tokenCount) {
    const size = folded.tokenCount * 2;
    words.starts = new Int32Array(size);
    words.ends = new Int32Array(size);
    words.isPlain = new Uint8Array(size);
    words.isKnown = new Uint8Array(size);
    words.tiers = new Uint8Array(size);
  }
  words.count = 0;
  for (let token = 0; token < folded.tokenCount;) {
    let next = token + 1;
    while (next < folded.tokenCount && folded.tokenIsHard[next] === 0) next++;
    const start = folded.tokenStarts[token]!;
    const end = folded.tokenStarts[next]!;
    let isPlain = 1;
    for (let unit = start; unit < end && isPlain === 1; unit++) {
      if (folded.classes[unit] !== CharacterClass.LETTER) isPlain = 0;
    }
    const at = words.count++;
    words.starts[at] = start;
    words.ends[at] = end;
    words.isPlain[at] = isPlain;
    words.tiers[at] = WordTier.ALL;
    token = next;
  }
};

/**
 * A word that this many texts of the catalogue hold is a word of the marketplace; where none holds the name, a word that
 * this many owners use: two of them who evade together make no word.
 */
const MIN_CATALOGUE_TEXTS = 8;
const MIN_OWNERS_WITHOUT_NAME = 4;
/** The catalogue does not count shorter words. */
const MIN_COUNTED_UNITS = 3;
const nameHasher = new GramHasher();

/**
 * Whether each word of a phrase is a word of the marketplace, articles and units aside: `PCI Express` is no misspelt
 * `PC Express`, however rare the name is.
 */
export const areCatalogueWords = ({ words, hasher, catalogue }: ScannedText, first: number, last: number): boolean => {
  let counted = 0;
  for (let word = first; word <= last; word++) {
    const start = words.starts[word]!;
    const end = words.ends[word]!;
    if (end - start < MIN_COUNTED_UNITS) continue;
    if (catalogue.countOf(hasher.a(start, end), hasher.b(start, end)) < MIN_CATALOGUE_TEXTS) return false;
    counted++;
  }
  return counted > 0;
};

/**
 * Whether the range of units is a word that many listings use, at least `share` times as often as the name itself:
 * then it is no misspelt name. Evaders write a mark in a hundred ways, each of them rarer than the mark.
 */
export const isCatalogueWord = (
  { hasher, catalogue }: ScannedText,
  { start, end }: { readonly start: number; readonly end: number },
  { index, nameRow, share = 2 }: { readonly index: SealedIndex; readonly nameRow: number; readonly share?: number },
): boolean => {
  if (end - start > MAX_NAME_UNITS) return false;
  const hashA = hasher.a(start, end);
  const count = catalogue.countOf(hashA, hasher.b(start, end));
  if (count < MIN_OWNERS_WITHOUT_NAME) return false;
  const { names } = index;
  const length = nameLength(names, nameRow);
  nameHasher.read(names.units.subarray(names.offsets[nameRow], names.offsets[nameRow + 1]), length);
  const ofName = catalogue.countOf(nameHasher.a(0, length), nameHasher.b(0, length));
  if (ofName === 0) return catalogue.ownersOf(hashA, hasher.b(start, end)) >= MIN_OWNERS_WITHOUT_NAME;
  return count >= MIN_CATALOGUE_TEXTS && count >= share * ofName;
};
