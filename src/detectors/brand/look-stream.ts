import { CharacterClass } from './character-fold.ts';
import { foldOf } from './folded-text.ts';
import { LookKind, asciiClass, asciiLookOf, lookOf, secondDigitClass } from './look-classes.ts';
import { placeOfSign } from './sign-place.ts';

const R = 0x72;
const N = 0x6e;
const V = 0x76;
const C = 0x63;
const D = 0x64;
/** The class of l. */
const I = 0x69;
/** Two classes that are read as one letter: `rn` as m, `vv` as w, `cl` as d. Source: permutation tables of dnstwist, docs/decisions/0122. */
export const pairClass = (first: number, second: number): number => {
  if (first === R && second === N) return 0x6d;
  if (first === V && second === V) return 0x77;
  return first === C && second === I ? D : 0;
};

/**
 * How doubtful signs are read. PLAIN: each character by its first reading, signs and numbers at the edges of a word
 *  apart. JOINED: these belong to the word, and `rn` and `vv` are one letter. WIDE: characters by their second reading,
 * and every pair is one letter.
 */
export type LookReading = 'PLAIN' | 'JOINED' | 'WIDE';

/** What makes a token worth a look, combined by `|`. */
export const LookToken = {
  /** Holds something that may be read otherwise: i or l, a digit, a sign, another script, a repeated letter. */
  AMBIGUOUS: 1,
  /** Is read otherwise in this reading than in PLAIN. */
  CHANGED: 2,
  /** Two digits or more and nothing else. */
  NUMBER: 4,
} as const;

/** Trailing or leading digits, at least so many, are a number beside a word and no letters of it. */
const MIN_NUMBER_DIGITS = 2;

/**
 * A text as somebody reads it who takes look-alikes for letters. Raw units are the characters that were written;
 * keys are their letter classes, repetitions within a word collapsed. A name and its imitation
 * have the same keys; what was really done to the letters is told by comparing the raw units.
 */
export class LookStream {
  source = '';
  rawLength = 0;
  /** Folded unit, or the code of a sign, of each raw unit. */
  raw = new Uint16Array(512);
  rawKind = new Uint8Array(512);
  rawFirst = new Uint8Array(512);
  rawSecond = new Uint8Array(512);
  rawIsStrong = new Uint8Array(512);
  rawStarts = new Int32Array(512);
  rawEnds = new Int32Array(512);
  keyLength = 0;
  keys = new Uint16Array(512);
  /** First raw unit of each key; `keyRaw[keyLength]` is `rawLength`. */
  keyRaw = new Int32Array(513);
  tokenCount = 0;
  /** First key of each token, and the end. */
  tokenStarts = new Int32Array(513);
  tokenIsHard = new Uint8Array(513);
  /** `LookToken` bits of each token. */
  tokenTraits = new Uint8Array(513);
  /** Some character has a second reading: WIDE may say more. */
  hasSecond = false;
  /** Some sign, pair or number may be letters or not: JOINED may say more. */
  hasJoin = false;
  #wordRaw = 0;
  #pendingHard = true;

  read(source: string, reading: LookReading): this {
    this.source = source;
    this.rawLength = 0;
    this.keyLength = 0;
    this.tokenCount = 0;
    this.hasSecond = false;
    this.hasJoin = false;
    this.#pendingHard = true;
    this.#wordRaw = 0;
    for (let at = 0; at < source.length;) {
      const codePoint = source.codePointAt(at)!;
      const end = at + (codePoint > 0xffff ? 2 : 1);
      if (!this.#readCharacter(codePoint, at, end, reading)) {
        this.#endWord(reading);
        this.#pendingHard = true;
      }
      at = end;
    }
    this.#endWord(reading);
    this.keyRaw[this.keyLength] = this.rawLength;
    this.tokenStarts[this.tokenCount] = this.keyLength;
    return this;
  }

  /** Takes one character into the word that is being read; false where it ends the word. */
  #readCharacter(codePoint: number, start: number, end: number, reading: LookReading): boolean {
    if (codePoint < 128) {
      const lower = codePoint >= 0x41 && codePoint <= 0x5a ? codePoint + 32 : codePoint;
      const first = asciiClass(lower);
      if (first !== 0) {
        const isDigit = lower < 0x3a;
        this.#write(lower, isDigit ? LookKind.DIGIT : LookKind.LETTER, first, isDigit ? secondDigitClass(lower) : 0);
        this.#place(start, end);
        return true;
      }
    }
    const character = codePoint < 128 ? '' : String.fromCodePoint(codePoint);
    const look = codePoint < 128 ? asciiLookOf(codePoint) : lookOf(character);
    if (look !== undefined && look.kind === LookKind.SIGN) {
      const place = placeOfSign(this.source, { start, end }, look.mayStandAtEdge);
      if (place === 'outside') return false;
      if (place === 'edge') {
        // `nike!` may be nike or nikei: each reading takes one of them.
        this.hasJoin = true;
        if (reading !== 'JOINED') return false;
      }
      this.#pushRaw(codePoint & 0xffff, look, start, end);
      return true;
    }
    if (codePoint < 128) return false;
    const fold = foldOf(codePoint);
    if (fold.kind === 'invisible') return true;
    if (fold.kind === 'diacritic') {
      if (this.rawLength > this.#wordRaw) this.rawEnds[this.rawLength - 1] = end;
      return true;
    }
    if (look !== undefined) {
      const unit = fold.kind === 'text' ? fold.units.charCodeAt(0) : codePoint & 0xffff;
      this.#pushRaw(unit, look, start, end);
      return true;
    }
    if (fold.kind === 'separator') return false;
    for (let index = 0; index < fold.units.length; index++) {
      const unit = fold.units.charCodeAt(index);
      const first = asciiClass(unit);
      const isDigit = fold.classes[index] === CharacterClass.DIGIT;
      const kind = first === 0 ? LookKind.FOREIGN : isDigit ? LookKind.DIGIT : LookKind.LETTER;
      // A letter without any Latin look keeps its own code folded into a byte: equal letters stay equal.
      this.#pushRaw(
        unit,
        { kind, first: first === 0 ? 128 + (unit % 127) : first, second: 0, isStrong: true },
        start,
        end,
      );
    }
    return true;
  }

  #pushRaw(
    unit: number,
    look: { readonly kind: number; readonly first: number; readonly second: number; readonly isStrong: boolean },
    start: number,
    end: number,
  ): void {
    this.#write(unit, look.kind, look.first, look.second);
    if (!look.isStrong) this.rawIsStrong[this.rawLength - 1] = 0;
    this.#place(start, end);
  }

  #write(unit: number, kind: number, first: number, second: number): void {
    if (this.rawLength + 1 >= this.raw.length) this.#grow();
    const at = this.rawLength++;
    this.raw[at] = unit;
    this.rawKind[at] = kind;
    this.rawFirst[at] = first;
    this.rawSecond[at] = second;
    this.rawIsStrong[at] = 1;
    if (second !== 0) this.hasSecond = true;
  }

  #place(start: number, end: number): void {
    const at = this.rawLength - 1;
    this.rawStarts[at] = start;
    this.rawEnds[at] = end;
  }

  /** Closes the word `raw[#wordRaw..rawLength)`: numbers at its edges become tokens of their own. */
  #endWord(reading: LookReading): void {
    const from = this.#wordRaw;
    const to = this.rawLength;
    this.#wordRaw = to;
    if (from === to) return;
    let head = from;
    while (head < to && this.rawKind[head] === LookKind.DIGIT) head++;
    let tail = to;
    while (tail > head && this.rawKind[tail - 1] === LookKind.DIGIT) tail--;
    const isSplittable = head !== to;
    const hasNumber = isSplittable && (head - from >= MIN_NUMBER_DIGITS || to - tail >= MIN_NUMBER_DIGITS);
    if (hasNumber) this.hasJoin = true;
    const isSplit = hasNumber && reading !== 'JOINED';
    const headEnd = isSplit && head - from >= MIN_NUMBER_DIGITS ? head : from;
    const tailStart = isSplit && to - tail >= MIN_NUMBER_DIGITS ? tail : to;
    this.#pushToken(from, headEnd, reading, hasNumber);
    this.#pushToken(headEnd, tailStart, reading, hasNumber);
    this.#pushToken(tailStart, to, reading, hasNumber);
  }

  #pushToken(from: number, to: number, reading: LookReading, hasNumber: boolean): void {
    if (from === to) return;
    this.tokenStarts[this.tokenCount] = this.keyLength;
    this.tokenIsHard[this.tokenCount] = this.#pendingHard ? 1 : 0;
    this.tokenCount++;
    this.#pendingHard = false;
    let letters = 0;
    let traits = 0;
    const tokenKey = this.keyLength;
    for (let at = from; at < to;) {
      let pair = at + 1 < to ? this.#pairAt(at) : 0;
      if (pair !== 0) {
        this.hasJoin = true;
        const isJoined = reading === 'JOINED' ? pair !== D : reading === 'WIDE';
        if (pair === D) this.hasSecond = true;
        if (!isJoined) pair = 0;
        else traits |= LookToken.CHANGED;
      }
      const second = this.rawSecond[at]!;
      if (reading === 'WIDE' && second !== 0) traits |= LookToken.CHANGED;
      const kind = this.rawKind[at]!;
      if (kind !== LookKind.LETTER || this.rawFirst[at] === I) traits |= LookToken.AMBIGUOUS;
      if (kind === LookKind.SIGN) traits |= LookToken.CHANGED;
      if (kind !== LookKind.DIGIT) letters++;
      const key = pair !== 0 ? pair : reading === 'WIDE' && second !== 0 ? second : this.rawFirst[at]!;
      if (this.keyLength === tokenKey || this.keys[this.keyLength - 1] !== key) {
        this.keys[this.keyLength] = key;
        this.keyRaw[this.keyLength] = at;
        this.keyLength++;
      } else traits |= LookToken.AMBIGUOUS;
      at += pair === 0 ? 1 : 2;
    }
    if (letters === 0 && to - from >= MIN_NUMBER_DIGITS) traits |= LookToken.NUMBER;
    if (reading === 'JOINED' && hasNumber) traits |= LookToken.CHANGED;
    this.tokenTraits[this.tokenCount - 1] = traits;
  }

  #pairAt(at: number): number {
    const pair = pairClass(this.rawFirst[at]!, this.rawFirst[at + 1]!);
    // i has the class of l, and ci is not read as d.
    return pair === D && this.raw[at + 1] === I ? 0 : pair;
  }

  #grow(): void {
    const size = this.raw.length * 2;
    const bytes = (from: Uint8Array, length = size): Uint8Array<ArrayBuffer> => {
      const to = new Uint8Array(length);
      to.set(from);
      return to;
    };
    const units = (from: Uint16Array): Uint16Array<ArrayBuffer> => {
      const to = new Uint16Array(size);
      to.set(from);
      return to;
    };
    const ints = (from: Int32Array, length = size): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(length);
      to.set(from);
      return to;
    };
    this.raw = units(this.raw);
    this.keys = units(this.keys);
    this.rawKind = bytes(this.rawKind);
    this.rawFirst = bytes(this.rawFirst);
    this.rawSecond = bytes(this.rawSecond);
    this.rawIsStrong = bytes(this.rawIsStrong);
    this.rawStarts = ints(this.rawStarts);
    this.rawEnds = ints(this.rawEnds);
    this.keyRaw = ints(this.keyRaw, size + 1);
    this.tokenStarts = ints(this.tokenStarts, size + 1);
    this.tokenIsHard = bytes(this.tokenIsHard, size + 1);
    this.tokenTraits = bytes(this.tokenTraits, size + 1);
  }
}
