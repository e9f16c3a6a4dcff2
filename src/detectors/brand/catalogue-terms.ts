import type { Mark } from '../../domain/mark.ts';
import { CharacterClass } from './character-fold.ts';
import { MAX_NAME_UNITS, TextFolder } from './folded-text.ts';
import { mix32 } from './gram-hash.ts';
import { LookStream } from './look-stream.ts';
import { namesOfMark } from './mark-names.ts';
import { hasMaskedWord } from './mask-tier.ts';
import { SoundReader, romanise } from './sound-keys.ts';

/**
 * Terms by which a stored text is found for a mark, 32-bit numbers. LOOK: three look-alike classes in a row, whatever
 * separates them. SIGNS: two signs of an unspaced script. WORD: a word of up to three letters. SOUND: how a word of
 * another script sounds. MASKED: some word has hidden letters. EDIT: a word of four to seven letters, whole and with
 * one left out, because one edit may leave no three of its letters in a row.
 */
const Kind = { LOOK: 1, SIGNS: 2, WORD: 3, SOUND: 4, MASKED: 5, EDIT: 6 } as const;
const MASKED_TERM = mix32(Kind.MASKED);

const termOf = (kind: number, first: number, second = 0, third = 0): number =>
  mix32(
    Math.imul(kind, 0x9e3779b1) ^
      Math.imul(first + 1, 0x85ebca6b) ^
      Math.imul(second + 7, 0xc2b2ae35) ^
      (third * 0x27d4eb2f),
  );

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

const addSounds = (word: string, terms: Set<number>): void => {
  const letters = Uint16Array.from(romanise(word), (letter) => letter.charCodeAt(0));
  if (letters.length > MAX_NAME_UNITS) return;
  for (const isLoose of [false, true]) {
    const count = sounds.read(letters, 0, letters.length, isLoose);
    for (let way = 0; way < count; way++) terms.add(termOf(Kind.SOUND, sounds.hashes[way]!));
  }
};

/** Longer names keep three letters in a row through any one edit. */
const MAX_EDIT_NAME_UNITS = 6;
const MIN_EDIT_NAME_UNITS = 5;

const addEdits = (units: Uint16Array, start: number, end: number, terms: Set<number>): void => {
  for (let left = start; left <= end; left++) {
    let state = 0;
    for (let at = start; at < end; at++) if (at !== left) state = (Math.imul(state, 31) + units[at]!) | 0;
    terms.add(termOf(Kind.EDIT, state));
  }
};

/** All terms of a text that a marketplace stores, each once. */
export const termsOfText = (text: string): Set<number> => {
  const terms = new Set<number>();
  for (const reading of READINGS) addLooks(text, reading, terms);
  addLooks([...text].toReversed().join(''), 'PLAIN', terms);
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
    const isShort = end - start >= MIN_EDIT_NAME_UNITS - 1 && end - start <= MAX_EDIT_NAME_UNITS + 1;
    if (isShort) addEdits(folded.units, start, end, terms);
    token = next;
  }
  for (const run of text.match(FOREIGN_RUN) ?? []) {
    const words = run.match(/[\p{L}\p{M}]+/gu) ?? [];
    for (let first = 0; first < words.length; first++) {
      for (let size = 1; size <= 3 && first + size <= words.length; size++) {
        addSounds(words.slice(first, first + size).join(''), terms);
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
      queries.push({ terms: [...pairs], least: 1 });
    } else if (length <= 3) {
      const words = new Set<number>();
      for (let token = 0; token < folded.tokenCount; token++) {
        words.add(wordTerm(folded.units, folded.tokenStarts[token]!, folded.tokenStarts[token + 1]!));
      }
      if (words.size > 0) queries.push({ terms: [...words], least: words.size });
    }
    if (length >= MIN_EDIT_NAME_UNITS && length <= MAX_EDIT_NAME_UNITS) {
      const edits = new Set<number>();
      addEdits(folded.units, 0, length, edits);
      queries.push({ terms: [...edits], least: 1 });
    }
    const looks = new Set<number>();
    addLooks(text, 'PLAIN', looks);
    if (looks.size > 0) queries.push({ terms: [...looks], least: Math.max(1, looks.size - GROUPS_LOST_BY_EDIT) });
    const heard = new Set<number>();
    addSounds(text, heard);
    if (heard.size > 0) queries.push({ terms: [...heard], least: 1 });
  }
  return queries;
};
