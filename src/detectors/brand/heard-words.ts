import { romanise } from './sound-keys.ts';
import type { SoundManner } from './sound-keys.ts';

/** How a word of another script sounds in Latin letters. */
export interface HeardWord {
  /** By the table of letters; what the word is filed under. */
  readonly sound: string;
  /** As it is compared: by the table, and without the vowels that the script has to put between consonants. */
  readonly variants: readonly string[];
  /** How the script's letters are filed. */
  readonly manner: SoundManner;
  /** A Latin name as the script's readers say it, where they say it in a way of their own. */
  readonly saysName: (spelling: string) => readonly string[];
  /** Scripts that leave vowels out: only consonants can be compared. */
  readonly isAbjad: boolean;
  /** Scripts that write several words without a gap. */
  readonly isUnspaced: boolean;
}

const KANA = /[\u3040-\u30ff]/;
const HANGUL = /[\u1100-\u11ff\uac00-\ud7af]/;
const THAI = /[\u0e00-\u0e7f]/;
const HEBREW = /[\u0590-\u05ff]/;
const ARABIC = /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/;

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

/** The r that British English leaves silent, which kana, Hangul and Thai do not write. */
const withoutSilentR = (name: string): string => name.replace(/r(?![aeiouy])/g, '');

/** Sounds that kana and Hangul do not tell apart, each pair by one letter: l r, b v, s th, and h f before u. */
const asEastAsiaHears = (sound: string): string =>
  sound
    .replace(/th/g, 's')
    .replace(/r/g, 'l')
    .replace(/v/g, 'b')
    .replace(/ts/g, 's')
    .replace(/([aeiou])\1/g, '$1');

/** Sounds that Arabic has no letters for, and half vowels between consonants, which stand for long vowels. */
const asArabicHears = (sound: string): string =>
  sound
    .replace(/p/g, 'b')
    .replace(/v/g, 'f')
    .replace(/([^aeiou]|^)w(?![aeiou])/g, '$1o')
    .replace(/([^aeiou]|^)y(?![aeiou])/g, '$1i')
    .replace(/([aeiou])\1/g, '$1');

/** Consonants alone, half vowels gone too. */
export const consonantsOf = (sound: string): string => sound.replace(/[aeiouyw]/g, '');

/** Reads a word of a script other than Latin. */
export const hear = (written: string): HeardWord => {
  if (KANA.test(written)) {
    const sound = romanise(withoutLength(written));
    const variants = [sound, withoutKanaVowels(sound)];
    return heard(sound, [...variants, ...variants.map(asEastAsiaHears)], EAST_ASIAN);
  }
  if (HANGUL.test(written)) {
    const sound = romanise(written);
    const variants = [sound, withoutHangulVowels(sound)];
    return heard(sound, [...variants, ...variants.map(asEastAsiaHears)], EAST_ASIAN);
  }
  if (THAI.test(written)) {
    const sound = romanise(inSpokenOrder(written));
    return heard(sound, [sound, sound.replace(/([bkpt])h/g, '$1')], {
      isUnspaced: true,
      saysName: (name) => [withoutSilentR(name)],
    });
  }
  if (HEBREW.test(written)) {
    // Vav is a vowel more often than a consonant.
    const sound = romanise(written).replace(/v/g, 'w');
    return heard(sound, [sound], { manner: 'LOOSE', isAbjad: true });
  }
  const sound = romanise(written);
  if (ARABIC.test(written)) {
    // Arabic writes its long vowels, and a Latin name in it is full of them.
    const variants = [sound, asArabicHears(sound), asArabicHears(sound.replace(/j/g, 'g'))];
    return heard(sound, variants, { manner: 'ARABIC', saysName: (name) => [asArabicHears(name)] });
  }
  return heard(sound, [sound]);
};

/** Kana and Hangul. */
const EAST_ASIAN: Partial<HeardWord> = {
  manner: 'LOOSE',
  isUnspaced: true,
  saysName: (name) => [asEastAsiaHears(name), asEastAsiaHears(withoutSilentR(name))],
};

const heard = (sound: string, variants: readonly string[], kind: Partial<HeardWord> = {}): HeardWord => ({
  manner: 'PLAIN',
  saysName: () => [],
  isAbjad: false,
  isUnspaced: false,
  ...kind,
  sound,
  variants: [...new Set(variants)],
});
