import { eld } from 'eld/extrasmall';

/**
 * Scripts that one language of trade is written in; kana stands before Han, because Japanese uses both. A few letters
 * of them tell more than any statistics.
 */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
];

/** Letters of such a script that tell the language: fewer may be the name of a brand. */
const SCRIPT_LETTERS = 4;

/**
 * Letters from which on letter groups tell a language that shares its script. Below it names of goods decide: measured,
 * `iPhone 12 Pro Max 256GB` is surely French and `Кожаная сумка` Belarusian to the detector.
 */
const GROUP_LETTERS = 40;

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;

/**
 * The language of a text as a two-letter tag: by its script, or else by its letter groups; undefined where the text is
 * too short or too mixed to tell, as a bare title often is.
 */
export function guessLanguage(text: string): string | undefined {
  const letters = count(text, /\p{L}/gu);
  for (const [script, language] of SCRIPTS) {
    const found = count(text, script);
    if (found >= SCRIPT_LETTERS && found >= letters / 4) return language;
  }
  if (letters < GROUP_LETTERS) return undefined;
  const guess = eld.detect(text);
  return guess.language !== '' && guess.isReliable() ? guess.language : undefined;
}
