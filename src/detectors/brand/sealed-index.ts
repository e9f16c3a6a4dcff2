import type { Mark } from '../../domain/mark.ts';
import { createFingerprintTable, insertFingerprint, sharedUint32 } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { TextFolder } from './folded-text.ts';
import { GramHasher, mix32 } from './gram-hash.ts';
import { MarkColumnsBuilder } from './mark-columns.ts';
import type { MarkColumns } from './mark-columns.ts';
import { namesOfMark } from './mark-names.ts';
import { isMatchable } from './mark-record.ts';
import { NameColumnsBuilder, nameLength } from './name-columns.ts';
import type { NameColumns } from './name-columns.ts';
import type { OrdinaryWords } from './ordinary-words.ts';

/** Which keys a table may hold: one bit for each value of the upper bits of a mixed hash. */
export interface KeyFilter {
  readonly bits: Uint32Array;
  /** How far a mixed hash is shifted right to give the bit's number. */
  readonly shift: number;
}

/** An index of marks that never changes: only typed arrays on shared memory, fit to be handed to other threads. */
export interface SealedIndex {
  readonly marks: MarkColumns;
  readonly names: NameColumns;
  /** Names by the hash of all their units. */
  readonly exact: FingerprintTable;
  readonly exactFilter: KeyFilter;
}

/** Sixteen bits a key let one in sixteen foreign keys through to the table. */
export const createKeyFilter = (entries: number): KeyFilter => {
  const log2 = Math.min(28, Math.max(8, Math.ceil(Math.log2(Math.max(1, entries) * 16))));
  return { bits: sharedUint32(2 ** (log2 - 5)), shift: 32 - log2 };
};

export const addToFilter = (filter: KeyFilter, hashA: number): void => {
  const bit = mix32(hashA) >>> filter.shift;
  filter.bits[bit >>> 5]! |= 1 << (bit & 31);
};

/** Builds an index of the marks that are in force; the others are counted in no table. */
export const sealIndex = (marks: Iterable<Mark>, ordinaryWords: OrdinaryWords): SealedIndex => {
  const markColumns = new MarkColumnsBuilder();
  const nameColumns = new NameColumnsBuilder();
  const folder = new TextFolder();
  const hasher = new GramHasher();
  const words = { hasher, ordinaryWords };
  for (const mark of marks) {
    if (!isMatchable(mark)) continue;
    const markRow = markColumns.push(mark);
    for (const name of namesOfMark(mark)) {
      const folded = folder.fold(name.text);
      hasher.read(folded.units, folded.length);
      nameColumns.push(folded, { markRow, kind: name.kind, isReputed: mark.hasReputation }, words);
    }
  }
  const names = nameColumns.seal();
  const exact = createFingerprintTable(names.count);
  const exactFilter = createKeyFilter(names.count);
  for (let row = 0; row < names.count; row++) {
    const length = nameLength(names, row);
    hasher.read(names.units.subarray(names.offsets[row], names.offsets[row + 1]), length);
    const hashA = hasher.a(0, length);
    insertFingerprint(exact, hashA, hasher.b(0, length), row);
    addToFilter(exactFilter, hashA);
  }
  return { marks: markColumns.seal(), names, exact, exactFilter };
};
