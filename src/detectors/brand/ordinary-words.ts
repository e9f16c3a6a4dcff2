import { TextFolder } from './folded-text.ts';
import { createFingerprintTable, fingerprintOf, insertFingerprint, slotOf } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { GramHasher } from './gram-hash.ts';

/** Words of everyday language by the hashes of their folded units; wrong about one word in 2³¹. */
export type OrdinaryWords = FingerprintTable;

/** Folds and hashes a word list. Words longer than a name are left out. */
export const createOrdinaryWords = (words: readonly string[]): OrdinaryWords => {
  const table = createFingerprintTable(words.length);
  const folder = new TextFolder();
  const hasher = new GramHasher();
  for (const word of words) {
    const folded = folder.fold(word);
    if (folded.length === 0 || folded.length > 40) continue;
    hasher.read(folded.units, folded.length);
    const a = hasher.a(0, folded.length);
    const b = hasher.b(0, folded.length);
    if (!hasFingerprint(table, a, b)) insertFingerprint(table, a, b, 1);
  }
  return table;
};

/** Whether any value is filed under the key. */
export const hasFingerprint = (table: FingerprintTable, hashA: number, hashB: number): boolean => {
  const fingerprint = fingerprintOf(hashB);
  let slot = slotOf(table, hashA);
  for (;;) {
    const found = table.fingerprints[slot]!;
    if (found === 0) return false;
    if (found === fingerprint) return true;
    if (++slot === table.capacity) slot = 0;
  }
};
