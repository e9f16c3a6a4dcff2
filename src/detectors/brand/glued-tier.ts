import { fingerprintOf, slotOf } from './fingerprint-table.ts';
import { mayHoldKey } from './key-filter.ts';
import { CharacterClass } from './character-fold.ts';
import { NameTrait, isNameAt, isPlainWord } from './name-columns.ts';
import { isGluedWord, isKnownWord } from './ordinary-words.ts';
import { WordTier, isCatalogueWord } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';

/** Shortest name that is looked for inside a longer word: of a reputed mark, of any other. */
const MIN_REPUTED_UNITS = 4;
const MIN_COINED_UNITS = 5;
/** A stray letter or two beside a name shorter than this make another word: `Tethers` is no `Ethers`. */
const MIN_BESIDE_LETTER_UNITS = 7;
/** Shorter words beside a short name say nothing unless sellers glue them to names. */
const MIN_FILLER_UNITS = 4;
/** Longer words are looked at in their first so many letters only. */
const MAX_WORD_UNITS = 40;

/** Names inside one longer word whose other parts are words, numbers or a letter or two: `newnike2024`, `bestadidasshoes`. */
export const findGlued = (index: SealedIndex, text: ScannedText, hits: RawHit[]): void => {
  const { words, folded } = text;
  for (let word = 0; word < words.count; word++) {
    const wordStart = words.starts[word]!;
    const wordEnd = Math.min(words.ends[word]!, wordStart + MAX_WORD_UNITS);
    if (wordEnd - wordStart <= MIN_REPUTED_UNITS || folded.classes[wordStart] === CharacterClass.UNSPACED) continue;
    if (words.isPlain[word] === 1 && words.isKnown[word] === 1) continue;
    if ((words.tiers[word]! & WordTier.GLUED) === 0) continue;
    for (let start = wordStart; start + MIN_REPUTED_UNITS <= wordEnd; start++) {
      for (let end = start + MIN_REPUTED_UNITS; end <= wordEnd; end++) {
        if (start === wordStart && end === wordEnd) continue;
        probeRange(index, text, { start, end, wordStart, wordEnd }, hits);
      }
    }
  }
};

interface Inside {
  readonly start: number;
  readonly end: number;
  readonly wordStart: number;
  readonly wordEnd: number;
}

const probeRange = (index: SealedIndex, text: ScannedText, inside: Inside, hits: RawHit[]): void => {
  const { exact, exactFilter, names } = index;
  const { hasher, folded } = text;
  const { start, end } = inside;
  const hashA = hasher.a(start, end);
  if (!mayHoldKey(exactFilter, hashA)) return;
  const fingerprint = fingerprintOf(hasher.b(start, end));
  let slot = slotOf(exact, hashA);
  for (let found = exact.fingerprints[slot]!; found !== 0; found = exact.fingerprints[slot]!) {
    if (found === fingerprint) {
      const nameRow = exact.values[slot]!;
      if (isNameAt(names, nameRow, folded.units, start, end) && isToldInside(index, text, nameRow, inside)) {
        hits.push({
          index,
          nameRow,
          view: 'GLUED',
          start: folded.starts[start]!,
          end: folded.ends[end - 1]!,
          isWholeWord: false,
          certainty01: certaintyOf(text, names.traits[nameRow]!, inside),
        });
      }
    }
    if (++slot === exact.capacity) slot = 0;
  }
};

const isToldInside = (index: SealedIndex, text: ScannedText, nameRow: number, inside: Inside): boolean => {
  const traits = index.names.traits[nameRow]!;
  const length = inside.end - inside.start;
  const isReputed = (traits & NameTrait.REPUTED) !== 0;
  if ((traits & (NameTrait.SHORT | NameTrait.UNSPACED)) !== 0) return false;
  const word = { start: inside.wordStart, end: inside.wordEnd };
  if (isCatalogueWord(text, word, { index, nameRow, share: 0.25 })) return false;
  if (isBesideGluedWords(text, inside)) return isReputed || length >= minUnitsBesideGluedWords(index);
  if (!isReputed && length < Math.max(MIN_COINED_UNITS, index.minCoinedFuzzyUnits - 1)) return false;
  return isFiller(text, inside.wordStart, inside.start, length) && isFiller(text, inside.end, inside.wordEnd, length);
};

const certaintyOf = (text: ScannedText, traits: number, inside: Inside): number => {
  // `S-Mart` is in every `SmartMemory`.
  const isBesideGlued = isBesideGluedWords(text, inside);
  const isPlain = isPlainWord(traits) || isKnownWord(text.vocabulary, text.hasher, inside.start, inside.end);
  // `Smartwatch` is a word made of two, `newborn` too; `newtarget` is a mark that everybody knows, `newtarget2024` any.
  const isReputed = (traits & NameTrait.REPUTED) !== 0;
  const isMeant = inside.start > inside.wordStart && (isReputed || inside.end < inside.wordEnd);
  if (isPlain && !(isBesideGlued && isPlainWord(traits) && isMeant)) return 0.6;
  if (inside.end - inside.start > MIN_REPUTED_UNITS) return 1;
  // `Digitale` and `Vivoactive` go on from a short name.
  return isBesideGlued ? 0.95 : inside.start === inside.wordStart ? 0.6 : 0.85;
};

/** `newjirabags` is no word by chance; in large registers names of so few letters are in every other word all the same. */
export const minUnitsBesideGluedWords = ({ minCoinedFuzzyUnits }: SealedIndex): number =>
  minCoinedFuzzyUnits <= MIN_COINED_UNITS ? 4 : minCoinedFuzzyUnits === Number.POSITIVE_INFINITY ? 7 : 6;

/** Whether nothing but numbers and words that sellers glue stands beside the name, one such word at least. */
const isBesideGluedWords = (text: ScannedText, { start, end, wordStart, wordEnd }: Inside): boolean => {
  const before = withoutDigits(text, wordStart, start);
  const after = withoutDigits(text, end, wordEnd);
  if (before.from === before.to && after.from === after.to) return false;
  return [before, after].every(({ from, to }) => from === to || isGluedWord(text.vocabulary, text.hasher, from, to));
};

/** A range without the digits at either end. */
const withoutDigits = ({ folded }: ScannedText, start: number, end: number): { from: number; to: number } => {
  let from = start;
  let to = end;
  while (from < to && folded.classes[from] === CharacterClass.DIGIT) from++;
  while (to > from && folded.classes[to - 1] === CharacterClass.DIGIT) to--;
  return { from, to };
};

/** Whether what stands beside the name in the same word is nothing of its own: digits, known words, a letter or two beside a long name. */
const isFiller = (text: ScannedText, start: number, end: number, nameUnits: number): boolean => {
  const { folded, hasher, vocabulary } = text;
  const { from, to } = withoutDigits(text, start, end);
  if (from === to) return true;
  const isWord = (start: number, end: number): boolean =>
    isKnownWord(vocabulary, hasher, start, end) ||
    isGluedWord(vocabulary, hasher, start, end) ||
    // A plural or genitive: `mens`.
    (folded.units[end - 1] === 0x73 && end - start > 3 && isKnownWord(vocabulary, hasher, start, end - 1));
  if (to - from <= 2) return nameUnits >= MIN_BESIDE_LETTER_UNITS || isGluedWord(vocabulary, hasher, from, to);
  // Three letters are the rest of a word more often than one: `mon` in `Monolight`.
  if (to - from < MIN_FILLER_UNITS)
    return isGluedWord(vocabulary, hasher, from, to) || nameUnits >= MIN_BESIDE_LETTER_UNITS;
  if (isWord(from, to)) return true;
  for (let cut = from + 3; cut <= to - 3; cut++) if (isWord(from, cut) && isWord(cut, to)) return true;
  return false;
};
