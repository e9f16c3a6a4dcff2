import { asciiClass, asciiLookOf } from './look-classes.ts';

/** Signs count as letters inside a word; a few at its edges too, others there in one of the two readings. */
export const placeOfSign = (
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  mayStandAtEdge: boolean,
): 'inside' | 'edge' | 'outside' => {
  const before = start > 0 && isLetterLike(source, start - 1);
  const after = end < source.length && isLetterLike(source, end);
  if (before && after) return 'inside';
  if ((!before && !after) || !hasLetterNear(source, before ? start - 1 : end, before ? -1 : 1)) return 'outside';
  if (after && isClosedBracket(source, start)) return 'outside';
  return mayStandAtEdge ? 'inside' : 'edge';
};

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Whether a bracket opens here that is closed again: `(NAS)` is no CNAS. */
const isClosedBracket = (source: string, at: number): boolean => {
  const closing = CLOSING[source.charAt(at)];
  return closing !== undefined && source.includes(closing, at);
};

/** How far a letter is looked for beside a sign: `Ma5$` is a word, `50$` is a price. */
const NEAR_CHARACTERS = 4;

/** Whether a letter stands near, with nothing but letters, digits and signs of words in between. */
const hasLetterNear = (source: string, from: number, step: -1 | 1): boolean => {
  for (let count = 0, at = from; count < NEAR_CHARACTERS && at >= 0 && at < source.length; count++, at += step) {
    if (!isLetterLike(source, at)) return false;
    if (/\p{L}/u.test(characterAround(source, at))) return true;
  }
  return false;
};

const isLetterLike = (source: string, at: number): boolean => {
  const code = source.charCodeAt(at);
  if (code < 128) {
    if (asciiClass(code >= 0x41 && code <= 0x5a ? code + 32 : code) !== 0) return true;
    return asciiLookOf(code)?.mayStandAtEdge === true;
  }
  return /[\p{L}\p{N}\p{M}]/u.test(characterAround(source, at));
};

const characterAround = (source: string, at: number): string => {
  const code = source.charCodeAt(at);
  const isTrail = code >= 0xdc00 && code <= 0xdfff;
  return String.fromCodePoint(source.codePointAt(isTrail && at > 0 ? at - 1 : at)!);
};
