import { mix32 } from './gram-hash.ts';

/** Fuller than this and probe sequences grow faster than memory shrinks. Source: measured, docs/decisions/0120. */
const FILL_01 = 0.7;

/**
 * An open-addressing table from two hashes to 32-bit values, many values a key, without the keys themselves:
 * a probe may name a wrong value once in 2³¹, so every hit is verified against the stored name.
 */
export interface FingerprintTable {
  readonly capacity: number;
  /** Upper 31 bits of the second hash and a set lowest bit; 0 is an empty slot. */
  readonly fingerprints: Uint32Array;
  readonly values: Uint32Array;
}

/** Typed arrays on shared memory: threads see the same bytes without a copy. */
export const sharedUint32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));

/** An empty table with room for `entries` values. */
export const createFingerprintTable = (entries: number): FingerprintTable => {
  const capacity = Math.max(8, Math.ceil(entries / FILL_01));
  return { capacity, fingerprints: sharedUint32(capacity), values: sharedUint32(capacity) };
};

/** First slot to look at for a key. */
export const slotOf = (table: FingerprintTable, hashA: number): number =>
  Math.floor((mix32(hashA) / 0x100000000) * table.capacity);

/** What a slot holds for a key: never 0. */
export const fingerprintOf = (hashB: number): number => (mix32(hashB) | 1) >>> 0;

/** Adds a value. The table must have been made for as many. */
export const insertFingerprint = (table: FingerprintTable, hashA: number, hashB: number, value: number): void => {
  const { fingerprints, capacity } = table;
  let slot = slotOf(table, hashA);
  while (fingerprints[slot] !== 0) if (++slot === capacity) slot = 0;
  fingerprints[slot] = fingerprintOf(hashB);
  table.values[slot] = value;
};
