import { MAX_NAME_UNITS, TextFolder } from './folded-text.ts';
import { createFingerprintTable, fingerprintOf, insertFingerprint, slotOf } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { GramHasher } from './gram-hash.ts';
import type { BrandContextWords } from './settings.ts';

/**
 * Words of everyday and of rarer language by the hashes of their folded units; wrong about one word in 2³¹.
 * An ordinary word needs context to be a mark; any known word is no misspelt mark.
 */
export type Vocabulary = FingerprintTable;

/** Bits of a word. */
const ORDINARY = 1;
const RARE = 2;
const GLUED = 4;

/** Folds and hashes the word lists. Words longer than a name are left out. */
export const createVocabulary = (words: {
  readonly ordinaryWords: readonly string[];
  readonly rareWords: readonly string[];
  readonly contextWords: BrandContextWords;
}): Vocabulary => {
  const { ordinaryWords, rareWords, contextWords } = words;
  const { gluedWords } = contextWords;
  const tradeWords = wordsOfContext(contextWords);
  const table = createFingerprintTable(ordinaryWords.length + rareWords.length + gluedWords.length + tradeWords.length);
  const folder = new TextFolder();
  const hasher = new GramHasher();
  const insert = (list: readonly string[], bit: number): void => {
    for (const word of list) {
      const folded = folder.fold(word);
      if (folded.length === 0 || folded.length > MAX_NAME_UNITS) continue;
      hasher.read(folded.units, folded.length);
      const a = hasher.a(0, folded.length);
      const b = hasher.b(0, folded.length);
      const slot = slotOfWord(table, a, b);
      if (table.fingerprints[slot] === 0) insertFingerprint(table, a, b, bit);
      else table.values[slot]! |= bit;
    }
  };
  insert(ordinaryWords, ORDINARY);
  insert(rareWords, RARE);
  insert(tradeWords, RARE);
  insert(gluedWords, GLUED);
  return table;
};

/** Shorter words of a phrase are articles and particles. */
const MIN_TRADE_WORD_UNITS = 3;

/** The words of trade in every list of context, in all of their languages: a `Чехол` is a case, and no name by its sound. */
const wordsOfContext = (contextWords: BrandContextWords): string[] => {
  const phrases = Object.values(contextWords).flatMap((list) =>
    (Array.isArray(list) ? list : Object.values(list).flat()).map((entry) =>
      typeof entry === 'string' ? entry : entry.text,
    ),
  );
  const words = phrases.flatMap((phrase) => phrase.split(/[\s-]+/));
  return [...new Set(words)].filter((word) => word.length >= MIN_TRADE_WORD_UNITS || /[^\p{Script=Latin}]/u.test(word));
};

/** The slot of a word, or the empty one where it would be. */
const slotOfWord = (table: FingerprintTable, hashA: number, hashB: number): number => {
  const fingerprint = fingerprintOf(hashB);
  let slot = slotOf(table, hashA);
  while (table.fingerprints[slot] !== 0 && table.fingerprints[slot] !== fingerprint) {
    if (++slot === table.capacity) slot = 0;
  }
  return slot;
};

const hasBit = (
  vocabulary: Vocabulary,
  hasher: GramHasher,
  range: readonly [number, number],
  bits: number,
): boolean => {
  const [start, end] = range;
  if (end - start > MAX_NAME_UNITS) return false;
  const slot = slotOfWord(vocabulary, hasher.a(start, end), hasher.b(start, end));
  return vocabulary.fingerprints[slot] !== 0 && (vocabulary.values[slot]! & bits) !== 0;
};

/** Whether the units that the hasher has read, from `start` to `end`, are a word of everyday language. */
export const isOrdinaryWord = (vocabulary: Vocabulary, hasher: GramHasher, start: number, end: number): boolean =>
  hasBit(vocabulary, hasher, [start, end], ORDINARY);

/** Whether they are any word of the lists, a rare one too. */
export const isKnownWord = (vocabulary: Vocabulary, hasher: GramHasher, start: number, end: number): boolean =>
  hasBit(vocabulary, hasher, [start, end], ORDINARY | RARE);

/** Whether they are a word that sellers glue to a name: `new`, `official`, `shop`. */
export const isGluedWord = (vocabulary: Vocabulary, hasher: GramHasher, start: number, end: number): boolean =>
  hasBit(vocabulary, hasher, [start, end], GLUED);
