import type { Listing } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import { CharacterClass } from './character-fold.ts';
import { MAX_NAME_UNITS, TextFolder } from './folded-text.ts';
import { mix32 } from './gram-hash.ts';
import { LookStream } from './look-stream.ts';
import { namesOfMark } from './mark-names.ts';
import { hasMaskedWord } from './mask-tier.ts';
import { hear } from './heard-words.ts';
import { SoundReader, romanise } from './sound-keys.ts';
import type { SoundManner } from './sound-keys.ts';

/**
 * Terms by which a stored text is found for a mark, signed 32-bit numbers. LOOK: three look-alike classes in a row,
 * whatever separates them. SIGNS: two signs of an unspaced script. WORD: a word of up to three letters. SOUND: how a word
 * of another script sounds. MASKED: some word has hidden letters. EDIT: a word of four to nine letters, whole and with one
 * left out. HEAD, TAIL: the first and the last four letters of a longer word, one of which any one edit leaves as it is.
 */
const Kind = { LOOK: 1, SIGNS: 2, WORD: 3, SOUND: 4, MASKED: 5, EDIT: 6, HEAD: 7, TAIL: 8 } as const;
const MASKED_TERM = mix32(Kind.MASKED) | 0;

const termOf = (kind: number, first: number, second = 0, third = 0): number =>
  mix32(
    Math.imul(kind, 0x9e3779b1) ^
      Math.imul(first + 1, 0x85ebca6b) ^
      Math.imul(second + 7, 0xc2b2ae35) ^
      Math.imul(third, 0x27d4eb2f),
  ) | 0;

/** One edit or swap takes away at most so many groups of three. Source: the q-gram lemma, Ukkonen 1992. */
const GROUPS_LOST_BY_EDIT = 4;
const READINGS = ['PLAIN', 'JOINED', 'WIDE'] as const;

const stream = new LookStream();
const folder = new TextFolder();
const sounds = new SoundReader();

const addLooks = (text: string, reading: (typeof READINGS)[number], terms: Set<number>): void => {
  stream.read(text, reading);
  // Repetitions are collapsed inside words only; here across words too, so that gaps do not matter.
  const keys: number[] = [];
  for (let at = 0; at < stream.keyLength; at++) if (keys.at(-1) !== stream.keys[at]) keys.push(stream.keys[at]!);
  for (let at = 0; at + 2 < keys.length; at++) terms.add(termOf(Kind.LOOK, keys[at]!, keys[at + 1], keys[at + 2]));
};

const addSounds = (sound: string, manner: SoundManner, terms: Set<number>): void => {
  const letters = Uint16Array.from(sound, (letter) => letter.charCodeAt(0));
  if (letters.length > MAX_NAME_UNITS) return;
  const count = sounds.read(letters, { from: 0, to: letters.length, manner });
  for (let way = 0; way < count; way++) terms.add(termOf(Kind.SOUND, sounds.hashes[way]!));
};

const MIN_EDIT_NAME_UNITS = 5;
const MAX_EDIT_NAME_UNITS = 8;
/** In a longer name no edit reaches both ends: a swap takes two neighbours. */
const END_UNITS = 4;

const addEdits = (units: Uint16Array, start: number, end: number, terms: Set<number>): void => {
  for (let left = start; left <= end; left++) {
    let state = 0;
    for (let at = start; at < end; at++) if (at !== left) state = (Math.imul(state, 31) + units[at]!) | 0;
    terms.add(termOf(Kind.EDIT, state));
  }
};

const addEnds = (units: Uint16Array, start: number, end: number, terms: Set<number>): void => {
  const packed = (from: number): number => (units[from]! << 16) | units[from + 1]!;
  terms.add(termOf(Kind.HEAD, packed(start), packed(start + 2)));
  terms.add(termOf(Kind.TAIL, packed(end - END_UNITS), packed(end - 2)));
};

/** All terms of a text that a marketplace stores, each once. */
export const termsOfText = (text: string): Set<number> => {
  const terms = new Set<number>();
  for (const reading of READINGS) addLooks(text, reading, terms);
  const folded = folder.fold(text);
  for (let token = 0; token < folded.tokenCount; token++) {
    const start = folded.tokenStarts[token]!;
    const end = folded.tokenStarts[token + 1]!;
    if (folded.classes[start] === CharacterClass.UNSPACED) {
      if (end < folded.length) terms.add(termOf(Kind.SIGNS, folded.units[start]!, folded.units[end]));
    } else if (end - start <= 3) terms.add(wordTerm(folded.units, start, end));
  }
  for (let token = 0; token < folded.tokenCount;) {
    let next = token + 1;
    while (next < folded.tokenCount && folded.tokenIsHard[next] === 0) next++;
    const start = folded.tokenStarts[token]!;
    const end = folded.tokenStarts[next]!;
    const size = end - start;
    if (size >= MIN_EDIT_NAME_UNITS - 1 && size <= MAX_EDIT_NAME_UNITS + 1) addEdits(folded.units, start, end, terms);
    if (size >= MAX_EDIT_NAME_UNITS) addEnds(folded.units, start, end, terms);
    token = next;
  }
  for (const run of text.match(FOREIGN_RUN) ?? []) {
    const words = run.match(/[\p{L}\p{M}]+/gu) ?? [];
    for (let first = 0; first < words.length; first++) {
      for (let size = 1; size <= 3 && first + size <= words.length; size++) {
        const { sound, manner } = hear(words.slice(first, first + size).join(''));
        addSounds(sound, manner, terms);
      }
    }
  }
  if (hasMaskedWord(text)) terms.add(MASKED_TERM);
  return terms;
};

/** Words of scripts other than Latin and Han, next to each other. */
const FOREIGN_RUN =
  /(?:(?![\p{Script=Latin}\p{Script=Han}])[\p{L}\p{M}])+(?:[^\p{L}]+(?:(?![\p{Script=Latin}\p{Script=Han}])[\p{L}\p{M}])+)*/gu;

const wordTerm = (units: Uint16Array, start: number, end: number): number => {
  const at = (offset: number): number => (start + offset < end ? units[start + offset]! : 0);
  return termOf(Kind.WORD, at(0), at(1), at(2));
};

/** What a text must hold to be worth reading for a mark: at least `least` of the terms. */
export interface TermQuery {
  readonly terms: readonly number[];
  readonly least: number;
}

/** Queries of which a text answers at least one when any tier may find the mark in it. */
export const queriesOfMark = (mark: Mark): TermQuery[] => {
  const queries: TermQuery[] = [{ terms: [MASKED_TERM], least: 1 }];
  for (const { text } of namesOfMark(mark)) {
    const folded = folder.fold(text);
    const { length } = folded;
    const isUnspaced = folded.classes.subarray(0, length).every((unitClass) => unitClass === CharacterClass.UNSPACED);
    if (length >= 2 && isUnspaced) {
      const pairs = new Set<number>();
      for (let at = 0; at + 1 < length; at++) pairs.add(termOf(Kind.SIGNS, folded.units[at]!, folded.units[at + 1]));
      queries.push({ terms: [...pairs], least: pairs.size });
    } else if (length <= 3) {
      const words = new Set<number>();
      for (let token = 0; token < folded.tokenCount; token++) {
        words.add(wordTerm(folded.units, folded.tokenStarts[token]!, folded.tokenStarts[token + 1]!));
      }
      if (words.size > 0) queries.push({ terms: [...words], least: words.size });
    }
    // A misspelt name of several words may stand in as many: only its letters are looked for, with a loss.
    const isOneWord = wordsOf(folded) === 1;
    if (isOneWord && length >= MIN_EDIT_NAME_UNITS) {
      const edits = new Set<number>();
      if (length <= MAX_EDIT_NAME_UNITS) addEdits(folded.units, 0, length, edits);
      else addEnds(folded.units, 0, length, edits);
      queries.push({ terms: [...edits], least: 1 });
    }
    for (const spelling of [text, [...text].toReversed().join('')]) {
      const looks = new Set<number>();
      addLooks(spelling, 'PLAIN', looks);
      const lost = isOneWord || spelling !== text ? 0 : GROUPS_LOST_BY_EDIT;
      if (looks.size > 0) queries.push({ terms: [...looks], least: Math.max(1, looks.size - lost) });
    }
    const heard = new Set<number>();
    addSounds(romanise(text), 'NAME', heard);
    if (heard.size > 0) queries.push({ terms: [...heard], least: 1 });
  }
  return queries;
};

const wordsOf = ({ tokenCount, tokenIsHard }: { tokenCount: number; tokenIsHard: Uint8Array }): number =>
  tokenIsHard.subarray(0, tokenCount).reduce((count, isHard) => count + isHard, 0);

/** Every text of a listing in which a mark may stand. */
export const searchedTexts = ({ title, description, brand, attributes }: Listing): string[] =>
  [title, description, brand ?? '', ...Object.values(attributes)].filter((text) => text !== '');

/** Groups of terms of which a text that answers the query holds at least one whole: the pigeonhole principle. */
export const groupsOfQuery = ({ terms, least }: TermQuery): number[][] => {
  const count = terms.length - least + 1;
  return Array.from({ length: count }, (_, group) => terms.filter((_term, at) => at % count === group));
};
