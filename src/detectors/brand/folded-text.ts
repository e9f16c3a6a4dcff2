import { CharacterClass, UnitTrait, foldCharacter } from './character-fold.ts';
import type { CharacterFold } from './character-fold.ts';
import { asciiLookOf } from './look-classes.ts';

/** Longest name, and so longest gram, that takes part in matching, in folded units. */
export const MAX_NAME_UNITS = 80;

/**
 * A text with everything taken away that is not a letter or digit, and the way back.
 * `units[0..length)` are folded UTF-16 units without any separator; unit `i` came from
 * `source.slice(starts[i], ends[i])`. Token `t` is `units[tokenStarts[t]..tokenStarts[t + 1])`.
 * Arrays are longer than `length`; only the first `length` (or `tokenCount + 1`) items mean anything.
 */
export interface FoldedText {
  readonly source: string;
  readonly length: number;
  readonly units: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly classes: Uint8Array;
  /** `UnitTrait` bits. */
  readonly traits: Uint8Array;
  readonly tokenCount: number;
  readonly tokenStarts: Int32Array;
  /** 1 where a separator stands before the token (or the text begins), 0 where only the kind of character changes. */
  readonly tokenIsHard: Uint8Array;
  /** `TextSign` bits of the whole text. */
  readonly signs: number;
}

/** What a text holds besides ASCII letters, digits and plain separators, combined by `|`: tiers look only where it matters. */
export const TextSign = {
  /** A sign of ASCII that may hide a letter: `*`, `#`, `_`, `?`. */
  MASK: 1,
  /** A sign of ASCII that may be read as a letter, or a control character. */
  LETTER_LIKE: 2,
  /** Any character outside ASCII. */
  FOREIGN: 4,
} as const;

/** Index into `folds` + 1 for each code unit of the BMP; 0 where nobody asked yet. A memo of a pure function. */
const foldIds = new Uint16Array(0x10000);
const folds: CharacterFold[] = [];
const astralFolds = new Map<number, CharacterFold>();

/** The fold of a code point; computed once for each. */
export const foldOf = (codePoint: number): CharacterFold => {
  if (codePoint < 0x10000) {
    const id = foldIds[codePoint]!;
    if (id !== 0) return folds[id - 1]!;
    const fold = foldCharacter(codePoint);
    // The BMP has 65,536 code units, one more than an id can tell apart from "nobody asked".
    if (folds.length < 0xffff) foldIds[codePoint] = folds.push(fold);
    return fold;
  }
  const known = astralFolds.get(codePoint);
  if (known !== undefined) return known;
  const fold = foldCharacter(codePoint);
  if (astralFolds.size < 0x10000) astralFolds.set(codePoint, fold);
  return fold;
};

/** Lower-case unit of an ASCII character, 0 for one that separates words. */
export const ASCII_UNITS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const isCapital = code >= 0x41 && code <= 0x5a;
  if (isCapital || (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) {
    ASCII_UNITS[code] = isCapital ? code + 32 : code;
  }
}

/** `TextSign` bits of each character of ASCII. */
const ASCII_SIGNS = Uint8Array.from({ length: 128 }, (_, code) => {
  if (ASCII_UNITS[code] !== 0) return 0;
  const isControl = code < 0x20 && (code < 9 || code > 13);
  const isMask = '*#_?'.includes(String.fromCharCode(code));
  return (isMask ? TextSign.MASK : 0) | (isControl || asciiLookOf(code) !== undefined ? TextSign.LETTER_LIKE : 0);
});

/** Folds texts into the same arrays again and again: the result of `fold` holds until the next call. */
export class TextFolder implements FoldedText {
  source = '';
  length = 0;
  units = new Uint16Array(512);
  starts = new Int32Array(512);
  ends = new Int32Array(512);
  classes = new Uint8Array(512);
  traits = new Uint8Array(512);
  tokenCount = 0;
  tokenStarts = new Int32Array(513);
  tokenIsHard = new Uint8Array(512);
  signs = 0;
  #sawSeparator = true;
  #sawInvisible = false;

  fold(source: string): FoldedText {
    this.source = source;
    this.length = 0;
    this.tokenCount = 0;
    this.signs = 0;
    this.#sawSeparator = true;
    this.#sawInvisible = false;
    for (let at = this.#foldAscii(0); at < source.length; at = this.#foldAscii(at)) {
      this.signs |= TextSign.FOREIGN;
      const codePoint = source.codePointAt(at)!;
      const end = at + (codePoint > 0xffff ? 2 : 1);
      this.#pushFold(foldOf(codePoint), codePoint, at, end);
      at = end;
    }
    this.tokenStarts[this.tokenCount] = this.length;
    return this;
  }

  #pushFold(fold: CharacterFold, codePoint: number, start: number, end: number): void {
    switch (fold.kind) {
      case 'separator':
        this.#sawSeparator = true;
        return;
      case 'invisible':
        this.#sawInvisible = true;
        return;
      case 'diacritic':
        this.#decorate(codePoint, fold.composes, start, end);
        return;
      case 'text': {
        if (
          fold.classes[0] === CharacterClass.UNSPACED &&
          isConjoiningJamo(codePoint) &&
          this.#compose(codePoint, end)
        ) {
          return;
        }
        for (let index = 0; index < fold.units.length; index++) {
          this.#push(fold.units.charCodeAt(index), fold.classes[index]!, fold.traits, start, end);
        }
        return;
      }
      default:
        return fold satisfies never;
    }
  }

  /**
   * A combining sign belongs to the unit before it, so that a span covers both. One that no written language puts
   * on that letter (a stroke through it, a heap of accents) is styling.
   */
  #decorate(sign: number, composes: boolean, start: number, end: number): void {
    const last = this.length - 1;
    if (last < 0 || this.#sawSeparator) return;
    if (composes && this.#compose(sign, end)) return;
    const written = this.source.slice(this.starts[last], start) + String.fromCodePoint(sign);
    const isWritten = written.normalize('NFC').length === 1 || !isDecorativeSign(sign);
    this.ends[last] = end;
    this.traits[last]! |= isWritten ? UnitTrait.MARKED : UnitTrait.STYLED;
  }

  #compose(codePoint: number, end: number): boolean {
    const last = this.length - 1;
    if (last < 0 || this.#sawSeparator) return false;
    const base = this.units[last]!;
    // Latin ö is folded to o all the same.
    if (base < 128) return false;
    const composed = (String.fromCharCode(base) + String.fromCodePoint(codePoint)).normalize('NFC');
    if (composed.length !== 1) return false;
    const fold = foldOf(composed.charCodeAt(0));
    if (fold.kind !== 'text' || fold.units.length !== 1) return false;
    this.units[last] = fold.units.charCodeAt(0);
    this.ends[last] = end;
    return true;
  }

  /** Folds the characters of ASCII from `from` on, most of all texts, as `#push` would; gives where they end. */
  #foldAscii(from: number): number {
    const { source } = this;
    while (this.length + source.length - from >= this.units.length) this.#grow();
    const { units, starts, ends, classes, traits, tokenStarts, tokenIsHard } = this;
    let { length, tokenCount, signs } = this;
    let sawSeparator = this.#sawSeparator;
    let sawInvisible = this.#sawInvisible;
    let lastClass: number = length === 0 ? CharacterClass.OTHER : classes[length - 1]!;
    let lastTraits = length === 0 ? 0 : traits[length - 1]!;
    let at = from;
    for (; at < source.length; at++) {
      const code = source.charCodeAt(at);
      if (code >= 128) break;
      const unit = ASCII_UNITS[code]!;
      if (unit === 0) {
        signs |= ASCII_SIGNS[code]!;
        if (code >= 0x20 || (code >= 9 && code <= 13)) sawSeparator = true;
        else sawInvisible = true;
        continue;
      }
      const unitClass = unit < 0x3a ? CharacterClass.DIGIT : CharacterClass.LETTER;
      let unitTraits: number = unit === code ? 0 : UnitTrait.CAPITAL;
      const isSoft = unitClass !== lastClass || unitTraits > (lastTraits & UnitTrait.CAPITAL);
      if (sawInvisible) {
        if (!sawSeparator && length > 0) unitTraits |= UnitTrait.AFTER_INVISIBLE;
        sawInvisible = false;
      }
      if (sawSeparator || isSoft) {
        tokenStarts[tokenCount] = length;
        tokenIsHard[tokenCount++] = sawSeparator || length === 0 || lastClass === CharacterClass.UNSPACED ? 1 : 0;
        sawSeparator = false;
      }
      units[length] = unit;
      classes[length] = unitClass;
      traits[length] = unitTraits;
      starts[length] = at;
      ends[length] = at + 1;
      length++;
      lastClass = unitClass;
      lastTraits = unitTraits;
    }
    this.length = length;
    this.tokenCount = tokenCount;
    this.signs = signs;
    this.#sawSeparator = sawSeparator;
    this.#sawInvisible = sawInvisible;
    return at;
  }

  #push(unit: number, unitClass: number, traits: number, start: number, end: number): void {
    const at = this.length;
    if (at + 1 >= this.units.length) this.#grow();
    let unitTraits = traits;
    if (this.#sawInvisible) {
      if (!this.#sawSeparator && at > 0) unitTraits |= UnitTrait.AFTER_INVISIBLE;
      this.#sawInvisible = false;
    }
    const isHard = this.#sawSeparator;
    if (isHard || at === 0 || this.#isSoftBoundary(at, unitClass, traits, start)) {
      this.tokenStarts[this.tokenCount] = at;
      // Where scripts without word gaps touch others, the change of script is a gap.
      const isScriptChange =
        at > 0 && (unitClass === CharacterClass.UNSPACED) !== (this.classes[at - 1] === CharacterClass.UNSPACED);
      this.tokenIsHard[this.tokenCount] = isHard || at === 0 || isScriptChange ? 1 : 0;
      this.tokenCount++;
      this.#sawSeparator = false;
    }
    this.units[at] = unit;
    this.classes[at] = unitClass;
    this.traits[at] = unitTraits;
    this.starts[at] = start;
    this.ends[at] = end;
    this.length = at + 1;
  }

  /** Within a word: letter beside digit, a capital after a small letter, each sign of an unspaced script. */
  #isSoftBoundary(at: number, unitClass: number, traits: number, start: number): boolean {
    // Units of one character (ß → ss, a surrogate pair) stay together.
    if (this.starts[at - 1] === start) return false;
    if (unitClass === CharacterClass.UNSPACED || unitClass !== this.classes[at - 1]) return true;
    const wasCapital = (this.traits[at - 1]! & UnitTrait.CAPITAL) !== 0;
    return unitClass === CharacterClass.LETTER && (traits & UnitTrait.CAPITAL) !== 0 && !wasCapital;
  }

  #grow(): void {
    const size = this.units.length * 2;
    const grown = <A extends Uint8Array | Uint16Array | Int32Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.units = grown(this.units, new Uint16Array(size));
    this.starts = grown(this.starts, new Int32Array(size));
    this.ends = grown(this.ends, new Int32Array(size));
    this.classes = grown(this.classes, new Uint8Array(size));
    this.traits = grown(this.traits, new Uint8Array(size));
    this.tokenStarts = grown(this.tokenStarts, new Int32Array(size + 1));
    this.tokenIsHard = grown(this.tokenIsHard, new Uint8Array(size));
  }
}

/** Combining Diacritical Marks and their extensions; the signs of Arabic and Hebrew are not among them. */
const isDecorativeSign = (sign: number): boolean =>
  (sign >= 0x0300 && sign <= 0x036f) || (sign >= 0x1ab0 && sign <= 0x20ff);

const isConjoiningJamo = (codePoint: number): boolean => codePoint >= 0x1161 && codePoint <= 0x11c2;

const keyFolder = new TextFolder();

/** The folded units of a short text (a name, a word) as a string: its key. */
export const foldedKey = (text: string): string => {
  const folded = keyFolder.fold(text);
  return String.fromCharCode(...folded.units.subarray(0, Math.min(folded.length, 1_024)));
};
