import { sharedUint32 } from './fingerprint-table.ts';
import { mix32 } from './gram-hash.ts';

/** Which keys a table may hold: one bit for each value of the upper bits of a mixed hash. Small enough to stay in cache. */
export interface KeyFilter {
  readonly bits: Uint32Array;
  /** How far a mixed hash is shifted right to give the bit's number. */
  readonly shift: number;
}

/** About sixteen bits a key: one foreign key in sixteen gets through to the table. */
export const createKeyFilter = (entries: number): KeyFilter => {
  const log2 = Math.min(28, Math.max(8, Math.ceil(Math.log2(Math.max(1, entries) * 12))));
  return { bits: sharedUint32(2 ** (log2 - 5)), shift: 32 - log2 };
};

export const addToFilter = (filter: KeyFilter, hashA: number): void => {
  const bit = mix32(hashA) >>> filter.shift;
  filter.bits[bit >>> 5]! |= 1 << (bit & 31);
};

/** False: the table surely holds no such key. */
export const mayHoldKey = (filter: KeyFilter, hashA: number): boolean => {
  const bit = mix32(hashA) >>> filter.shift;
  return ((filter.bits[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
};

/** Adds a key by both of its hashes: one foreign key in some hundred passes, where one hash lets one in sixteen pass. */
export const addPairToFilter = (filter: KeyFilter, hashA: number, hashB: number): void => {
  addToFilter(filter, hashA);
  addToFilter(filter, hashB);
};
