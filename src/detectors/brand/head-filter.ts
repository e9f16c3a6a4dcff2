import { sharedUint32 } from './fingerprint-table.ts';
import { mix32 } from './gram-hash.ts';

/** Letters at the beginning of a name by which most of a text's grams are told to be no names, fewer and more. */
export const SHORT_HEAD_UNITS = 6;
export const LONG_HEAD_UNITS = 10;

/** 512 bits, a line of the cache: what is asked of grams that begin alike costs one access to memory. */
const BLOCK_WORDS = 16;
/** Bits for each key; names that begin alike share a block, so some blocks are fuller. */
const BITS_OF_KEY = 10;

/**
 * Which names begin with which letters. All keys of names with the same first `SHORT_HEAD_UNITS` lie in one block.
 * Source: blocked Bloom filter (Putze, Sanders and Singler 2007), with one bit for each key.
 */
export interface HeadFilter {
  readonly bits: Uint32Array;
  /** How far a mixed hash is shifted right to give the number of a block. */
  readonly shift: number;
}

/** An empty filter with room for so many keys. */
export const createHeadFilter = (keys: number): HeadFilter => {
  const bits = Math.max(1, keys) * BITS_OF_KEY;
  const log2 = Math.min(20, Math.max(4, Math.ceil(Math.log2(bits / (BLOCK_WORDS * 32)))));
  return { bits: sharedUint32(BLOCK_WORDS * 2 ** log2), shift: 32 - log2 };
};

/** First word of the block of names whose first `SHORT_HEAD_UNITS` have this hash. */
export const blockOf = (filter: HeadFilter, headHash: number): number =>
  (mix32(headHash) >>> filter.shift) * BLOCK_WORDS;

/** One bit of 512 for a key; which one does not follow from which block it is in. */
const bitOf = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 23;

export const addToBlock = (filter: HeadFilter, block: number, hash: number): void => {
  const bit = bitOf(hash);
  filter.bits[block + (bit >>> 5)]! |= 1 << (bit & 31);
};

/** False: the block surely holds no such key. */
export const mayBlockHold = (filter: HeadFilter, block: number, hash: number): boolean => {
  const bit = bitOf(hash);
  return ((filter.bits[block + (bit >>> 5)]! >>> (bit & 31)) & 1) === 1;
};
