import { CharacterClass, UnitTrait } from './character-fold.ts';
import { fingerprintOf, slotOf } from './fingerprint-table.ts';
import type { FoldedText } from './folded-text.ts';
import { MAX_NAME_UNITS } from './folded-text.ts';
import { minUnitsBesideGluedWords } from './glued-tier.ts';
import { LONG_HEAD_UNITS, SHORT_HEAD_UNITS, blockOf, mayBlockHold } from './head-filter.ts';
import { mayHoldKey } from './key-filter.ts';
import type { MarkView } from './mark-hit.ts';
import { NAME_KINDS } from './mark-names.ts';
import { NameTrait, isNameAt, isPlainWord } from './name-columns.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { textAt } from './text-pool.ts';
import { MIN_CHANCE_UNITS, isTorn, tornCertainty01 } from './torn-names.ts';
import type { SpeltName } from './torn-names.ts';

/** Quarters of a word that one gram may span: ten words of four letters or more, or forty single letters. */
const GRAM_BUDGET = 40;
/** Signs around a short name belong to it no more than to the sentence: `H.I.S.`, `NAU!`. */
const EDGE_SIGNS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
/** A text with such a word is not written in capitals throughout. */
const SMALL_WORD = /\p{Ll}{3}/u;
/** Names shorter than this are not looked for inside longer words or torn apart. */
const MIN_DEFORMED_UNITS = 4;
/** Accents on at least so many letters of a plain name, and on half of them, are decoration. */
const MIN_DECORATED_UNITS = 3;
const ACCENT = /\p{Mn}/u;
/** A year beside a name hides it from a plain search; other numbers are models and sizes. */
const YEAR = /^(?:19|20)\d\d$/;

/**
 * Every name of the index that a gram of the text spells letter by letter. A gram is one or more tokens in a row, within
 * the budget and MAX_NAME_UNITS, of at least two units. Ordered by start, then by end.
 */
export const findExact = (index: SealedIndex, text: ScannedText, hits: RawHit[]): void => {
  const { exactFilter, heads } = index;
  const { folded, hasher } = text;
  const { tokenCount, tokenStarts } = folded;
  if (index.names.count === 0) return;
  for (let first = 0; first < tokenCount; first++) {
    const startUnit = tokenStarts[first]!;
    let budget = GRAM_BUDGET;
    // Where no name begins as all longer grams from here do, none of them is one.
    let block = -1;
    let isLongHeadKnown = false;
    let endUnit = startUnit;
    for (let token = first; token < tokenCount; token++) {
      const size = tokenStarts[token + 1]! - endUnit;
      budget -= size > 3 ? 4 : size === 3 ? 3 : 1;
      endUnit += size;
      const length = endUnit - startUnit;
      if (budget < 0 || length > MAX_NAME_UNITS) break;
      if (length < 2) continue;
      if (length >= SHORT_HEAD_UNITS && block < 0) {
        const head = hasher.a(startUnit, startUnit + SHORT_HEAD_UNITS);
        block = blockOf(heads, head);
        if (!mayBlockHold(heads, block, head)) break;
      }
      const hashA = hasher.a(startUnit, endUnit);
      const isPossible = block < 0 || mayBlockHold(heads, block, hashA);
      if (isPossible && mayHoldKey(exactFilter, hashA)) {
        probe(index, text, { first, endToken: token + 1, hashA }, hits);
      }
      if (length >= LONG_HEAD_UNITS && !isLongHeadKnown) {
        if (!mayBlockHold(heads, block, hasher.a(startUnit, startUnit + LONG_HEAD_UNITS))) break;
        isLongHeadKnown = true;
      }
    }
  }
};

const probe = (
  index: SealedIndex,
  text: ScannedText,
  gram: { readonly first: number; readonly endToken: number; readonly hashA: number },
  hits: RawHit[],
): void => {
  const { exact, names } = index;
  const { folded, hasher } = text;
  const startUnit = folded.tokenStarts[gram.first]!;
  const endUnit = folded.tokenStarts[gram.endToken]!;
  const fingerprint = fingerprintOf(hasher.b(startUnit, endUnit));
  let slot = slotOf(exact, gram.hashA);
  for (let found = exact.fingerprints[slot]!; found !== 0; found = exact.fingerprints[slot]!) {
    if (found === fingerprint) {
      const nameRow = exact.values[slot]!;
      if (isNameAt(names, nameRow, folded.units, startUnit, endUnit)) {
        const hit = judge(index, text, { nameRow, firstToken: gram.first, endToken: gram.endToken });
        if (hit !== undefined) hits.push(hit);
      }
    }
    if (++slot === exact.capacity) slot = 0;
  }
};

/** Which view a letter-by-letter match belongs to, or nothing where a word boundary forbids it. */
const judge = (index: SealedIndex, text: ScannedText, candidate: SpeltName): RawHit | undefined => {
  const { names } = index;
  const { folded } = text;
  const { nameRow, firstToken, endToken } = candidate;
  const startUnit = folded.tokenStarts[firstToken]!;
  const endUnit = folded.tokenStarts[endToken]!;
  const traits = names.traits[nameRow]!;
  const isWholeWord =
    folded.tokenIsHard[firstToken] === 1 && (endToken === folded.tokenCount || folded.tokenIsHard[endToken] === 1);
  const isRomanised = NAME_KINDS[names.kinds[nameRow]!] === 'ROMANISED';
  const isSplit = isTorn(index, folded, candidate);
  const found = (view: MarkView, certainty01 = 1): RawHit => ({
    index,
    nameRow,
    view: isRomanised && view === 'NATIVE' ? 'PINYIN' : view,
    start: folded.starts[startUnit]!,
    end: folded.ends[endUnit - 1]!,
    isWholeWord,
    certainty01,
  });
  if ((traits & NameTrait.UNSPACED) !== 0) {
    // Two syllables of Hangul or kana are inside many words; two Han signs are a word more often than not.
    const isKanaOrHangul = !/^\p{Script=Han}/u.test(String.fromCharCode(folded.units[startUnit]!));
    if (!isWholeWord && isKanaOrHangul && endUnit - startUnit <= 2) return undefined;
    return found(isSplit ? 'SPLIT' : viewOfTraits(folded, startUnit, endUnit));
  }
  if ((traits & NameTrait.SHORT) !== 0) {
    const written = folded.source.slice(folded.starts[startUnit], folded.ends[endUnit - 1]);
    const name = textAt(names.texts, nameRow).replace(EDGE_SIGNS, '');
    const isSame = isWholeWord && (written === name || isShouted(folded.source, written, name));
    return isSame ? found('NATIVE') : undefined;
  }
  if (isSplit) {
    if (endUnit - startUnit < MIN_DEFORMED_UNITS || !isWholeWord) return undefined;
    const certainty01 = tornCertainty01(text, traits, { firstToken, endToken });
    return certainty01 === 0 ? undefined : found('SPLIT', certainty01);
  }
  if (!isWholeWord) {
    if (endUnit - startUnit < MIN_DEFORMED_UNITS) return undefined;
    // A number beside the name is a model, a year, a size: `Nike2024`. Other neighbours are the glued tier's.
    if (!isNumberBeside(folded, startUnit, endUnit)) return undefined;
    if (isHiddenByYear(index, traits, endUnit - startUnit) && isYearAfter(folded, endUnit)) {
      return found('GLUED', isPlainWord(traits) ? 1 : 0.95);
    }
  }
  const view = viewOfTraits(folded, startUnit, endUnit);
  const isDecorated = view === 'NATIVE' && isHeapedWithAccents(index, folded, { nameRow, startUnit, endUnit });
  return found(isDecorated ? 'STYLED' : view);
};

/** Whether a year behind the name hides it from a plain search. Short words and years are models and seasons. */
const isHiddenByYear = (index: SealedIndex, traits: number, length: number): boolean => {
  if ((traits & (NameTrait.MULTI_WORD | NameTrait.DIGITS)) !== 0) return false;
  if ((traits & NameTrait.REPUTED) !== 0) return true;
  return length >= Math.max(minUnitsBesideGluedWords(index), isPlainWord(traits) ? MIN_CHANCE_UNITS : 0);
};

/** Whether a name stands in capitals where others do not: `GAP hoodie` of Gap. */
const isShouted = (source: string, written: string, name: string): boolean =>
  written === name.toUpperCase() && name !== name.toLowerCase() && SMALL_WORD.test(source);

/** Whether a Latin name that is written without accents has them on most of its letters: no language does that to it. */
const isHeapedWithAccents = (
  { names }: SealedIndex,
  { traits }: FoldedText,
  { nameRow, startUnit, endUnit }: { readonly nameRow: number; readonly startUnit: number; readonly endUnit: number },
): boolean => {
  let marked = 0;
  for (let unit = startUnit; unit < endUnit; unit++) if ((traits[unit]! & UnitTrait.MARKED) !== 0) marked++;
  if (marked < MIN_DECORATED_UNITS || marked * 2 < endUnit - startUnit) return false;
  return (
    (names.traits[nameRow]! & NameTrait.LATIN) !== 0 && !ACCENT.test(textAt(names.texts, nameRow).normalize('NFD'))
  );
};

/** Whether what stands beside the range in the same word, on either side, is a digit. */
const isNumberBeside = (folded: FoldedText, startUnit: number, endUnit: number): boolean => {
  const { classes, starts, ends, length } = folded;
  const touchesBefore = startUnit > 0 && ends[startUnit - 1] === starts[startUnit];
  const touchesAfter = endUnit < length && starts[endUnit] === ends[endUnit - 1];
  return (
    (!touchesBefore || classes[startUnit - 1] === CharacterClass.DIGIT) &&
    (!touchesAfter || classes[endUnit] === CharacterClass.DIGIT)
  );
};

/** Whether a year and nothing else stands behind the range in the same word. */
const isYearAfter = (folded: FoldedText, endUnit: number): boolean => {
  const start = folded.ends[endUnit - 1]!;
  const rest = /^[\p{L}\p{N}]*/u.exec(folded.source.slice(start, start + 5))?.[0] ?? '';
  return YEAR.test(rest);
};

const viewOfTraits = (folded: FoldedText, startUnit: number, endUnit: number): MarkView => {
  let seen = 0;
  for (let unit = startUnit; unit < endUnit; unit++) {
    seen |= folded.traits[unit]! & (unit === startUnit ? ~UnitTrait.AFTER_INVISIBLE : 0xff);
  }
  if ((seen & UnitTrait.AFTER_INVISIBLE) !== 0) return 'INVISIBLE';
  return (seen & UnitTrait.STYLED) !== 0 ? 'STYLED' : 'NATIVE';
};
