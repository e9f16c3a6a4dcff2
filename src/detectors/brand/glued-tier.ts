import { fingerprintOf, slotOf } from './fingerprint-table.ts';
import { mayHoldKey } from './key-filter.ts';
import { CharacterClass } from './character-fold.ts';
import { NameTrait, isNameAt, isPlainWord } from './name-columns.ts';
import { isKnownWord } from './ordinary-words.ts';
import { WordTier, isCatalogueWord } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';

/** Shortest name that is looked for inside a longer word: of a reputed mark, of any other. */
const MIN_REPUTED_UNITS = 4;
const MIN_COINED_UNITS = 5;
/** A stray letter or two beside a name shorter than this make another word: `Tethers` is no `Ethers`. */
const MIN_BESIDE_LETTER_UNITS = 7;
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
          certainty01: isPlainWord(names.traits[nameRow]!) ? 0.6 : end - start <= MIN_REPUTED_UNITS ? 0.85 : 1,
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
  if (!isReputed && length < Math.max(MIN_COINED_UNITS, index.minCoinedFuzzyUnits - 1)) return false;
  return isFiller(text, inside.wordStart, inside.start, length) && isFiller(text, inside.end, inside.wordEnd, length);
};

/** Whether what stands beside the name in the same word is nothing of its own: digits, known words, a letter or two beside a long name. */
const isFiller = (text: ScannedText, start: number, end: number, nameUnits: number): boolean => {
  const { folded, hasher, vocabulary } = text;
  let from = start;
  let to = end;
  while (from < to && folded.classes[from] === CharacterClass.DIGIT) from++;
  while (to > from && folded.classes[to - 1] === CharacterClass.DIGIT) to--;
  if (from === to) return true;
  if (to - from <= 2) return nameUnits >= MIN_BESIDE_LETTER_UNITS;
  const isWord = (start: number, end: number): boolean =>
    isKnownWord(vocabulary, hasher, start, end) ||
    // A plural or genitive: `mens`.
    (folded.units[end - 1] === 0x73 && end - start > 3 && isKnownWord(vocabulary, hasher, start, end - 1));
  if (isWord(from, to)) return true;
  for (let cut = from + 3; cut <= to - 3; cut++) if (isWord(from, cut) && isWord(cut, to)) return true;
  return false;
};
