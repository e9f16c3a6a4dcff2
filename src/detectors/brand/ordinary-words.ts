import { MAX_NAME_UNITS, TextFolder } from './folded-text.ts';
import { createFingerprintTable, fingerprintOf, insertFingerprint, slotOf } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { GramHasher } from './gram-hash.ts';

/**
 * Words of everyday and of rarer language by the hashes of their folded units; wrong about one word in 2³¹.
 * An ordinary word needs context to be a mark; any known word is no misspelt mark.
 */
export type Vocabulary = FingerprintTable;

const ORDINARY = 1;
const RARE = 2;

/** Folds and hashes the word lists. Words longer than a name are left out. */
export const createVocabulary = (words: {
  readonly ordinaryWords: readonly string[];
  readonly rareWords: readonly string[];
}): Vocabulary => {
  const table = createFingerprintTable(words.ordinaryWords.length + words.rareWords.length);
  const folder = new TextFolder();
  const hasher = new GramHasher();
  const insert = (list: readonly string[], value: number): void => {
    for (const word of list) {
      const folded = folder.fold(word);
      if (folded.length === 0 || folded.length > MAX_NAME_UNITS) continue;
      hasher.read(folded.units, folded.length);
      const a = hasher.a(0, folded.length);
      const b = hasher.b(0, folded.length);
      if (valueOf(table, a, b) === 0) insertFingerprint(table, a, b, value);
    }
  };
  insert(words.ordinaryWords, ORDINARY);
  insert(words.rareWords, RARE);
  return table;
};

const valueOf = (table: FingerprintTable, hashA: number, hashB: number): number => {
  const fingerprint = fingerprintOf(hashB);
  let slot = slotOf(table, hashA);
  for (;;) {
    const found = table.fingerprints[slot]!;
    if (found === 0) return 0;
    if (found === fingerprint) return table.values[slot]!;
    if (++slot === table.capacity) slot = 0;
  }
};

/** Whether the units that the hasher has read, from `start` to `end`, are a word of everyday language. */
export const isOrdinaryWord = (vocabulary: Vocabulary, hasher: GramHasher, start: number, end: number): boolean =>
  end - start <= MAX_NAME_UNITS && valueOf(vocabulary, hasher.a(start, end), hasher.b(start, end)) === ORDINARY;

/** Whether they are any word of the lists, a rare one too. */
export const isKnownWord = (vocabulary: Vocabulary, hasher: GramHasher, start: number, end: number): boolean =>
  end - start <= MAX_NAME_UNITS && valueOf(vocabulary, hasher.a(start, end), hasher.b(start, end)) !== 0;
