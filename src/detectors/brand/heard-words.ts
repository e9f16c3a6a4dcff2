import { romanise } from './sound-keys.ts';

/** How a word of another script sounds in Latin letters. */
export interface HeardWord {
  /** By the table of letters; what the word is filed under. */
  readonly sound: string;
  /** As it is compared: by the table, and without the vowels that the script has to put between consonants. */
  readonly variants: readonly string[];
  /** Scripts that write b and v, or f and p, with one letter. */
  readonly isLoose: boolean;
  /** Scripts that leave vowels out: only consonants can be compared. */
  readonly isAbjad: boolean;
  /** Scripts that write several words without a gap. */
  readonly isUnspaced: boolean;
}

const KANA = /[\u3040-\u30ff]/;
const HANGUL = /[\u1100-\u11ff\uac00-\ud7af]/;
const THAI = /[\u0e00-\u0e7f]/;
const HEBREW = /[\u0590-\u05ff]/;

/** Thai writes some vowels before the consonant after which they are said, and marks silent letters. */
const inSpokenOrder = (thai: string): string => thai.replace(/[ก-ฮ]์/g, '').replace(/([เแโใไ])([ก-ฮ])/g, '$2$1');

/** A doubled consonant and a long vowel, which no Latin name writes so. */
const withoutLength = (kana: string): string => kana.replace(/[っッー]/g, '');

/** u, and o after t and d, stand in for no vowel. */
const withoutKanaVowels = (sound: string): string =>
  sound.replace(/([bcdfgkmpstz]h?)u(?![aeiou])/g, '$1').replace(/([td])o(?![aeiou])/g, '$1');

/** eu stands in for no vowel; consonants at the end of a syllable are unvoiced. */
const withoutHangulVowels = (sound: string): string =>
  sound
    .replace(/eu/g, '')
    .replace(/eo/g, 'o')
    .replace(/ae/g, 'e')
    .replace(/g(?![aeiouy])/g, 'k')
    .replace(/d(?![aeiouy])/g, 't');

/** Consonants alone, half vowels gone too. */
export const consonantsOf = (sound: string): string => sound.replace(/[aeiouyw]/g, '');

/** Reads a word of a script other than Latin. */
export const hear = (written: string): HeardWord => {
  if (KANA.test(written)) {
    const sound = romanise(withoutLength(written));
    return heard(sound, [sound, withoutKanaVowels(sound)], { isLoose: true, isUnspaced: true });
  }
  if (HANGUL.test(written)) {
    const sound = romanise(written);
    return heard(sound, [sound, withoutHangulVowels(sound)], { isLoose: true, isUnspaced: true });
  }
  if (THAI.test(written)) {
    const sound = romanise(inSpokenOrder(written));
    return heard(sound, [sound, sound.replace(/([bkpt])h/g, '$1')], { isUnspaced: true });
  }
  if (HEBREW.test(written)) {
    // Vav is a vowel more often than a consonant.
    const sound = romanise(written).replace(/v/g, 'w');
    return heard(sound, [sound], { isLoose: true, isAbjad: true });
  }
  // Arabic writes its long vowels, and a Latin name in it is full of them.
  const sound = romanise(written);
  return heard(sound, [sound]);
};

const heard = (sound: string, variants: readonly string[], kind: Partial<HeardWord> = {}): HeardWord => ({
  isLoose: false,
  isAbjad: false,
  isUnspaced: false,
  ...kind,
  sound,
  variants: [...new Set(variants)],
});
