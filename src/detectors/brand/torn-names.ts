import type { FoldedText } from './folded-text.ts';
import { CharacterClass } from './character-fold.ts';
import { NameTrait, isPlainWord } from './name-columns.ts';
import { isKnownWord, isOrdinaryWord } from './ordinary-words.ts';
import type { ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';

/** Two words side by side are a shorter name by chance more often than not. */
export const MIN_CHANCE_UNITS = 5;
/** How far two ordinary words side by side are a torn name: seen, and told only with other reasons. */
const CHANCE_01 = 0.35;
/** The same of a name of four letters: a sign for whoever has other reasons, too little to be told without a reputation. */
const SHORT_CHANCE_01 = 0.2;
/** A torn ordinary word shows at least so many letters that are no word. */
const MIN_SCRAP_UNITS = 3;
/** A catalogue of fewer texts does not tell which words its marketplace uses. */
const MIN_CATALOGUE_TEXTS = 5_000;
/** A word of any language that fewer owners in the catalogue use is a scrap there: `Hap`, `Inte`. */
const MIN_PIECE_OWNERS = 3;
/** The catalogue counts words from this length on. */
const MIN_COUNTED_UNITS = 3;
/** Signs that stand between two words in honest writing; any other one inside a word was put there on purpose. */
const ORDINARY_GAP = /[\s‐-―/&+,;:'’`"“”()[\]{}<>@#®™©℠-]/u;

/** A name of an index and the tokens of a text that spell it. */
export interface SpeltName {
  readonly nameRow: number;
  readonly firstToken: number;
  readonly endToken: number;
}

/** Whether a separator stands where the name has none. Beyond 32 units nobody looks. */
export const isTorn = (
  { names }: SealedIndex,
  folded: FoldedText,
  { nameRow, firstToken, endToken }: SpeltName,
): boolean => {
  const boundaries = names.boundaries[nameRow]!;
  const isOneWord = (names.traits[nameRow]! & NameTrait.MULTI_WORD) === 0;
  const startUnit = folded.tokenStarts[firstToken]!;
  for (let token = firstToken + 1; token < endToken; token++) {
    if (folded.tokenIsHard[token] === 0) continue;
    const offset = folded.tokenStarts[token]! - startUnit;
    if (offset >= 32) continue;
    // `Drive Time` is another spelling of `DriveTime`; `Drive*Time` is none.
    if (((boundaries >>> offset) & 1) === 0 || (isOneWord && isOddGap(gapBefore(folded, token)))) return true;
  }
  return false;
};

/** How far a name with separators in wrong places is that name, 0–1; 0 where it is not. */
export const tornCertainty01 = (
  text: ScannedText,
  traits: number,
  { firstToken, endToken }: Pick<SpeltName, 'firstToken' | 'endToken'>,
): number => {
  const { folded } = text;
  const length = folded.tokenStarts[endToken]! - folded.tokenStarts[firstToken]!;
  const isPlain = isPlainWord(traits);
  const { hasSpace, hasClauseBreak, hasOddSign } = readGaps(folded, firstToken, endToken);
  if (hasClauseBreak) return 0;
  const isChance = length >= MIN_CHANCE_UNITS ? CHANCE_01 : SHORT_CHANCE_01;
  if (hasOddSign && !hasSpace) return length >= MIN_CHANCE_UNITS ? 1 : 0.9;
  if (arePiecesOrdinary(text, firstToken, endToken)) {
    // Two words by chance, unless everybody knows the mark: `Face book`.
    return (traits & NameTrait.REPUTED) !== 0 && !isPlain ? 0.6 : isChance;
  }
  // `Heart h` may be a heart; `Intera ction` is an interaction that somebody tore.
  const { isAnyKnown, longestScrap } = readPieces(text, firstToken, endToken);
  if (isPlain && hasSpace && isAnyKnown && longestScrap < MIN_SCRAP_UNITS) return isChance;
  return length > 4 ? 1 : isPlain && hasSpace && isAnyKnown ? SHORT_CHANCE_01 : 0.9;
};

/** Words of a torn name, of two letters at least: whether one of them is a word by itself, and the longest that is none. */
const readPieces = (
  { folded, hasher, vocabulary }: ScannedText,
  firstToken: number,
  endToken: number,
): { isAnyKnown: boolean; longestScrap: number } => {
  let isAnyKnown = false;
  let longestScrap = 0;
  for (let token = firstToken; token < endToken;) {
    let next = token + 1;
    while (next < endToken && folded.tokenIsHard[next] === 0) next++;
    const start = folded.tokenStarts[token]!;
    const end = folded.tokenStarts[next]!;
    const isKnown = end - start >= 2 && isKnownWord(vocabulary, hasher, start, end);
    if (isKnown) isAnyKnown = true;
    else longestScrap = Math.max(longestScrap, end - start);
    token = next;
  }
  return { isAnyKnown, longestScrap };
};

/** What stands in the text before a token. */
const gapBefore = (folded: FoldedText, token: number): string => {
  const unit = folded.tokenStarts[token]!;
  return folded.source.slice(folded.ends[unit - 1], folded.starts[unit]);
};

const isOddGap = (gap: string): boolean => gap !== '' && !ORDINARY_GAP.test(gap);
/** A comma, semicolon, colon or bracket between the parts: they belong to two phrases. */
const CLAUSE_BREAK = /[,;:()[\]"“”][\s]|[\s][([“"]/;
/** As that, or a dash or bar between spaces. */
const PHRASE_BREAK = /[,;:)\]”|/–—-]\s|\s[([“"|/–—-]/;

/** Whether the units from `start` to `end` of a text stand in two phrases: `with HR - Black`. */
export const isTwoPhrases = ({ source, starts, ends }: FoldedText, start: number, end: number): boolean =>
  PHRASE_BREAK.test(source.slice(starts[start], ends[end - 1]));

/** What stands between the parts: white space, the end of a phrase, a sign that belongs between no two words. */
const readGaps = (
  folded: FoldedText,
  firstToken: number,
  endToken: number,
): { hasSpace: boolean; hasClauseBreak: boolean; hasOddSign: boolean } => {
  let hasSpace = false;
  let hasClauseBreak = false;
  let hasOddSign = false;
  for (let token = firstToken + 1; token < endToken; token++) {
    const gap = gapBefore(folded, token);
    hasSpace ||= /\s/.test(gap);
    hasClauseBreak ||= CLAUSE_BREAK.test(gap);
    hasOddSign ||= isOddGap(gap);
  }
  return { hasSpace, hasClauseBreak, hasOddSign };
};

/** Whether each word of a torn name is a word of everyday language that this marketplace uses too, or a number. */
const arePiecesOrdinary = (text: ScannedText, firstToken: number, endToken: number): boolean => {
  const { folded, hasher, vocabulary, catalogue } = text;
  for (let token = firstToken; token < endToken;) {
    let next = token + 1;
    while (next < endToken && folded.tokenIsHard[next] === 0) next++;
    const start = folded.tokenStarts[token]!;
    const end = folded.tokenStarts[next]!;
    if (end - start < 2) return false;
    const isDigits = folded.classes[start] === CharacterClass.DIGIT && next === token + 1;
    if (!isDigits && !isOrdinaryWord(vocabulary, hasher, start, end)) return false;
    const isCounted = end - start >= MIN_COUNTED_UNITS && catalogue.textCount >= MIN_CATALOGUE_TEXTS;
    if (isCounted && catalogue.ownersOf(hasher.a(start, end), hasher.b(start, end)) < MIN_PIECE_OWNERS) return false;
    token = next;
  }
  return true;
};
