import type { Mark } from '../../domain/mark.ts';
import { foldedKey } from './folded-text.ts';
import { romanise } from './sound-keys.ts';

/** What a name of a mark is: the registered words, a form that the owner supplied, or one that follows from them. */
export const NAME_KINDS = [
  'VERBAL',
  'SIGNIFICANT',
  'ALIAS',
  'TRANSLITERATION',
  'TRANSLATION',
  'ABBREVIATION',
  'MISSPELLING',
  'CODE_WORD',
  'PRODUCT_LINE',
  /** A name in another script by its sound in Latin letters. */
  'ROMANISED',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export interface MarkName {
  readonly text: string;
  readonly kind: NameKind;
}

/** Shorter romanisations are syllables of everything. */
const MIN_ROMANISED_LETTERS = 5;

/** Names so short are compared as they are written. */
const MAX_CASED_LETTERS = 3;

const WORDS = /[\p{L}\p{M}\p{N}]+(?:['’.-][\p{L}\p{M}\p{N}]+)*/gu;

/**
 * The names by which a mark is looked for, the registered words first, each once.
 * Words that the registration disclaims are not looked for alone; the rest of the mark is, as SIGNIFICANT.
 */
export const namesOfMark = (mark: Mark): MarkName[] => {
  const words = mark.wordMarkSpecification;
  const disclaimed = new Set(mark.markDisclaimerText.flatMap((text) => [foldedKey(text), ...wordKeys(text)]));
  const candidates: MarkName[] = [{ text: words.markVerbalElementText, kind: 'VERBAL' }];
  if (disclaimed.size > 0) {
    const significant = [...words.markVerbalElementText.matchAll(WORDS)]
      .map(([word]) => word)
      .filter((word) => !disclaimed.has(foldedKey(word)))
      .join(' ');
    candidates.push({ text: significant, kind: 'SIGNIFICANT' });
  }
  if (words.markTransliteration !== undefined) {
    candidates.push({ text: words.markTransliteration, kind: 'TRANSLITERATION' });
  }
  if (words.markTranslation !== undefined) candidates.push({ text: words.markTranslation, kind: 'TRANSLATION' });
  for (const alias of mark.aliases) candidates.push({ text: alias.text, kind: alias.kind });
  for (const { text } of candidates.slice()) {
    const sound = /^\P{Script=Latin}+$/u.test(text) ? romanise(text) : '';
    if (sound.length >= MIN_ROMANISED_LETTERS) candidates.push({ text: sound, kind: 'ROMANISED' });
  }
  if (candidates.length === 1) return candidates;
  const names = new Map<string, MarkName>();
  for (const candidate of candidates) {
    const key = foldedKey(candidate.text);
    // Short names are found in their own letter case only: `AT&T` and `att` are two of them.
    const own = key.length <= MAX_CASED_LETTERS ? candidate.text : key;
    if (key !== '' && !disclaimed.has(key) && !names.has(own)) names.set(own, candidate);
  }
  return [...names.values()];
};

const wordKeys = (text: string): string[] => [...text.matchAll(WORDS)].map(([word]) => foldedKey(word));
