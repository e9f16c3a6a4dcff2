import { CharacterClass } from './character-fold.ts';
import type { FoldedText } from './folded-text.ts';
import { MAX_NAME_UNITS } from './folded-text.ts';
import type { GramHasher } from './gram-hash.ts';
import { NAME_KINDS } from './mark-names.ts';
import type { NameKind } from './mark-names.ts';
import { isKnownWord } from './ordinary-words.ts';
import type { Vocabulary } from './ordinary-words.ts';
import { GrowingUint16, GrowingUint32, GrowingUint8, TextPoolBuilder } from './text-pool.ts';
import type { TextPool } from './text-pool.ts';

/** Traits of a name, combined by `|`. */
export const NameTrait = {
  /** Only signs of scripts without word gaps. */
  UNSPACED: 1,
  /** Three letters or fewer of a spaced script: matches in its exact case only. */
  SHORT: 2,
  /** Every word of it is an ordinary word. */
  ORDINARY: 4,
  /** More than one word. */
  MULTI_WORD: 8,
  /** Only a–z and 0–9 after folding. */
  LATIN: 16,
  /** The mark has a reputation. */
  REPUTED: 32,
  /** Holds a digit. */
  DIGITS: 64,
} as const;

/** Shortest name that can be looked for, in folded units: single letters and digits are everywhere. */
const MIN_NAME_UNITS = 2;

/** Names of all marks column by column on shared memory; a name is a row number. */
export interface NameColumns {
  readonly count: number;
  /** Folded units of name `i` lie in `units[offsets[i]..offsets[i + 1])`. */
  readonly units: Uint16Array;
  readonly offsets: Uint32Array;
  /** Bit `o` is set where a token starts `o` units into the name (the first 32 units). */
  readonly boundaries: Uint32Array;
  readonly markRows: Uint32Array;
  /** Position in NAME_KINDS. */
  readonly kinds: Uint8Array;
  readonly traits: Uint8Array;
  /** The name as its owner wrote it. */
  readonly texts: TextPool;
}

/** One ordinary word and nothing else; a phrase of ordinary words is a name all the same once it is deformed. */
export const isPlainWord = (traits: number): boolean =>
  (traits & (NameTrait.ORDINARY | NameTrait.MULTI_WORD)) === NameTrait.ORDINARY;

/** Length of a name in folded units. */
export const nameLength = (names: NameColumns, row: number): number => names.offsets[row + 1]! - names.offsets[row]!;

/** How many bits of `boundaries` are set: the words of a name at most. */
export const wordsOfName = (boundaries: number): number => {
  let count = 0;
  for (let bits = boundaries; bits !== 0; bits &= bits - 1) count++;
  return count;
};

/** Whether the name is exactly `units[start..end)`. */
export const isNameAt = (names: NameColumns, row: number, units: Uint16Array, start: number, end: number): boolean => {
  const offset = names.offsets[row]!;
  if (names.offsets[row + 1]! - offset !== end - start) return false;
  for (let at = start; at < end; at++) if (names.units[offset + at - start] !== units[at]) return false;
  return true;
};

/** Collects names. */
export class NameColumnsBuilder {
  readonly #units = new GrowingUint16();
  readonly #offsets = new GrowingUint32();
  readonly #boundaries = new GrowingUint32();
  readonly #markRows = new GrowingUint32();
  readonly #kinds = new GrowingUint8();
  readonly #traits = new GrowingUint8();
  readonly #texts = new TextPoolBuilder();

  get count(): number {
    return this.#offsets.length;
  }

  /** Adds a folded name, or leaves it out when it is too short or too long to be looked for; tells which. */
  push(folded: FoldedText, owner: { markRow: number; kind: NameKind; isReputed: boolean }, words: WordCheck): boolean {
    const { length } = folded;
    if (length < MIN_NAME_UNITS || length > MAX_NAME_UNITS) return false;
    this.#offsets.push(this.#units.length);
    this.#units.append(folded.units.subarray(0, length));
    let boundaries = 0;
    for (let token = 0; token < folded.tokenCount; token++) {
      const start = folded.tokenStarts[token]!;
      if (start < 32) boundaries |= 1 << start;
    }
    this.#boundaries.push(boundaries >>> 0);
    this.#markRows.push(owner.markRow);
    this.#kinds.push(NAME_KINDS.indexOf(owner.kind));
    this.#traits.push(traitsOf(folded, words) | (owner.isReputed ? NameTrait.REPUTED : 0));
    this.#texts.push(folded.source);
    return true;
  }

  seal(): NameColumns {
    const count = this.count;
    this.#offsets.push(this.#units.length);
    return {
      count,
      units: this.#units.seal(),
      offsets: this.#offsets.seal(),
      boundaries: this.#boundaries.seal(),
      markRows: this.#markRows.seal(),
      kinds: this.#kinds.seal(),
      traits: this.#traits.seal(),
      texts: this.#texts.seal(),
    };
  }
}

/** What is needed to tell ordinary words of a folded text: the hasher has read its units. */
export interface WordCheck {
  readonly hasher: GramHasher;
  readonly vocabulary: Vocabulary;
}

const traitsOf = (folded: FoldedText, { hasher, vocabulary }: WordCheck): number => {
  let spaced = 0;
  let digits = 0;
  let isLatin = true;
  for (let at = 0; at < folded.length; at++) {
    const unitClass = folded.classes[at];
    if (unitClass !== CharacterClass.UNSPACED) spaced++;
    if (unitClass === CharacterClass.DIGIT) digits++;
    if (folded.units[at]! > 0x7a) isLatin = false;
  }
  let words = 0;
  let ordinary = 0;
  for (let token = 0; token < folded.tokenCount;) {
    let next = token + 1;
    while (next < folded.tokenCount && folded.tokenIsHard[next] === 0) next++;
    const start = folded.tokenStarts[token]!;
    const end = folded.tokenStarts[next]!;
    words++;
    if (isKnownWord(vocabulary, hasher, start, end)) ordinary++;
    token = next;
  }
  return (
    (spaced === 0 ? NameTrait.UNSPACED : 0) |
    (spaced > 0 && folded.length <= 3 ? NameTrait.SHORT : 0) |
    (ordinary === words || digits === folded.length ? NameTrait.ORDINARY : 0) |
    (words > 1 ? NameTrait.MULTI_WORD : 0) |
    (isLatin ? NameTrait.LATIN : 0) |
    (digits > 0 ? NameTrait.DIGITS : 0)
  );
};
