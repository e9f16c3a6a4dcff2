import anyAscii from 'any-ascii';

/** What a character is to the matcher. UNSPACED scripts (Han, kana, Thai, Hangul, …) write words without gaps. */
export const CharacterClass = { OTHER: 0, LETTER: 1, DIGIT: 2, UNSPACED: 3 } as const;
export type CharacterClass = (typeof CharacterClass)[keyof typeof CharacterClass];

/** Traits of one folded unit, combined by `|`. */
export const UnitTrait = {
  /** A compatibility form: full width, mathematical, enclosed, superscript, small capital. */
  STYLED: 1,
  /** An invisible character stood right before it, inside a word. */
  AFTER_INVISIBLE: 2,
  /** Written as a capital. */
  CAPITAL: 4,
  /** Carried a diacritic or an overlay that folding took away. */
  MARKED: 8,
} as const;

/** How one code point folds. */
export type CharacterFold =
  | { readonly kind: 'separator' }
  | { readonly kind: 'invisible' }
  | { readonly kind: 'diacritic'; readonly composes: boolean }
  | {
      readonly kind: 'text';
      /** Folded UTF-16 units: lower case, without compatibility forms and without Latin, Greek and Arabic diacritics. */
      readonly units: string;
      readonly classes: readonly CharacterClass[];
      readonly traits: number;
    };

const INVISIBLE = /^(?:\p{Cf}|\p{Default_Ignorable_Code_Point}|\p{Cc})$/u;
const LINE_SPACE = /^[\t-\r]$/u;
const COMBINING = /^[\p{Mn}\p{Me}]$/u;
/** Scripts whose combining signs decorate letters; elsewhere (Devanagari, Thai, …) the signs are vowels. */
const DECORATED_BASE =
  /^[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]$/u;
const STRIPPED_BASE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}]$/u;
const LATIN = /^\p{Script=Latin}$/u;
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ーｰ々〇]$/u;
const LETTER = /^[\p{L}\p{M}]$/u;
const DIGIT = /^\p{Nd}$/u;
/** Signs that a word carries without being spelt with them, although Unicode decomposes them to letters. */
const SIGNS = new Set('™℠℡№℀℁℅℆㏂㏘');
/** Enclosed alphanumerics that Unicode does not decompose to a letter: in parentheses, squared, regional indicators. */
const isEnclosed = (codePoint: number): boolean =>
  (codePoint >= 0x1f100 && codePoint <= 0x1f1ff) || (codePoint >= 0x249c && codePoint <= 0x24b5);
/** Letters that one keyboard layout or another writes for the same sound. */
const SAME_LETTER: Readonly<Record<string, string>> = {
  ё: 'е',
  ς: 'σ',
  ک: 'ك',
  ی: 'ي',
  ى: 'ي',
  ة: 'ه',
  ʼ: '',
};
/** Combining signs that make another letter together with the one before: Cyrillic й, kana voicing. */
const COMPOSING = new Set([0x0306, 0x0308, 0x3099, 0x309a]);

const TATWEEL = '\u0640';
const COMBINING_SIGNS = /\p{Mn}/gu;

const SEPARATOR: CharacterFold = { kind: 'separator' };
const INVISIBLE_FOLD: CharacterFold = { kind: 'invisible' };

/** Class of one already folded character (UTF-16 unit or surrogate pair). */
const classify = (character: string): CharacterClass => {
  if (UNSPACED.test(character)) return CharacterClass.UNSPACED;
  if (DIGIT.test(character)) return CharacterClass.DIGIT;
  return LETTER.test(character) ? CharacterClass.LETTER : CharacterClass.OTHER;
};

const foldPiece = (piece: string): string => {
  const same = SAME_LETTER[piece];
  if (same !== undefined) return same;
  if (DIGIT.test(piece)) return anyAscii(piece);
  if (LATIN.test(piece)) {
    const ascii = anyAscii(piece).toLowerCase();
    return /^[a-z]+$/.test(ascii) ? ascii : piece;
  }
  if (STRIPPED_BASE.test(piece)) return piece.normalize('NFD').replace(/[\p{Mn}]/gu, '');
  return piece;
};

/**
 * Folds one code point: compatibility forms (NFKC), letter case, diacritics of Latin, Greek and Arabic.
 * Cyrillic keeps й apart from и, kana keeps its voicing: there the sign makes another letter.
 * Source: UAX #15 (NFKC), UTS #39 section 4 for the order "fold case before comparing looks".
 */
export const foldCharacter = (codePoint: number): CharacterFold => {
  const character = String.fromCodePoint(codePoint);
  if (COMBINING.test(character) && (DECORATED_BASE.test(character) || COMPOSING.has(codePoint))) {
    return { kind: 'diacritic', composes: COMPOSING.has(codePoint) };
  }
  if (INVISIBLE.test(character)) return LINE_SPACE.test(character) ? SEPARATOR : INVISIBLE_FOLD;
  if (SIGNS.has(character)) return SEPARATOR;
  const compatible = character.normalize('NFKC');
  const lower = compatible.toLowerCase().normalize('NFKC').replaceAll(TATWEEL, '');
  // Tatweel only stretches an Arabic word, also where it carries a vowel sign as one character.
  if (compatible.startsWith(TATWEEL) && lower.replace(COMBINING_SIGNS, '') === '') return INVISIBLE_FOLD;
  let units = '';
  for (const piece of lower) {
    if (COMBINING.test(piece) && DECORATED_BASE.test(piece)) continue;
    units += foldPiece(piece);
  }
  const classes: CharacterClass[] = [];
  let isText = units !== '';
  for (const piece of units) {
    const pieceClass = classify(piece);
    if (pieceClass === CharacterClass.OTHER) isText = false;
    for (let unit = 0; unit < piece.length; unit++) classes.push(pieceClass);
  }
  if (!isText) {
    if (isEnclosed(codePoint)) {
      const letters = anyAscii(character)
        .toLowerCase()
        .replace(/[()[\]]/g, '');
      if (/^[a-z]$/.test(letters)) {
        return { kind: 'text', units: letters, classes: [CharacterClass.LETTER], traits: UnitTrait.STYLED };
      }
    }
    return SEPARATOR;
  }
  let traits = 0;
  if (character !== character.toLowerCase()) traits |= UnitTrait.CAPITAL;
  if (compatible !== character.normalize('NFC') || isStyledLatin(codePoint)) traits |= UnitTrait.STYLED;
  else if (units !== lower) traits |= UnitTrait.MARKED;
  return { kind: 'text', units, classes, traits };
};

/** Phonetic extensions hold the small capitals and turned letters that "font generators" use. */
const isStyledLatin = (codePoint: number): boolean =>
  (codePoint >= 0x0250 && codePoint <= 0x02af) || (codePoint >= 0x1d00 && codePoint <= 0x1dbf);
