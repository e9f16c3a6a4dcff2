import { MAX_NEIGHBOURS } from './hamming-plan.ts';

/** `AHI3`, little-endian. */
export const MAGIC = 0x33494841;
export const HEADER_WORDS = 512;
export const FIRST_CHUNK_WORD = 16;
/**
 * Words of one chunk: first bit, width, then the addresses of bitmap, ranks, slots, lists and masks, bytes an entry,
 * thousandths of the mean load.
 */
export const CHUNK_WORDS = 9;
/** Words of the header. Addresses are in bytes. */
export const AT = {
  magic: 0,
  count: 1,
  chunks: 2,
  bytes: 3,
  keys: 4,
  references: 5,
  tombs: 6,
  scratch: 7,
  removed: 8,
} as const;

const LIST_BYTES = MAX_NEIGHBOURS * 4;
const FOUND_BYTES = 32_768;
const PAIRS = 4_096;

/** Memory of one searching thread: the query, existing buckets, key numbers to verify, results. */
export const SCRATCH = {
  listBytes: LIST_BYTES,
  foundBytes: FOUND_BYTES,
  pairs: PAIRS,
  bytes: 64 + LIST_BYTES + FOUND_BYTES + 64 + PAIRS * 8,
  /** Threads that may search one segment at the same time. */
  slots: 4,
} as const;

/** Bytes of an entry: three where key numbers leave the highest of 24 bits free. */
export const strideOf = (keys: number): 3 | 4 => (keys <= 0x7f_ffff ? 3 : 4);

/** The bit that tells a list from a key number, and the last entry of a list from the others. */
export const flagOf = (stride: number): number => (stride === 3 ? 0x80_0000 : 0x8000_0000);

/** Reads `width` bits from `startBit` on out of the key that begins at a word. */
export function chunkReader(startBit: number, width: number): (words: Uint32Array, keyWord: number) => number {
  const word = startBit >> 5;
  const shift = startBit & 31;
  const mask = 2 ** width - 1;
  if (shift + width <= 32) return (words, keyWord) => ((words[keyWord + word] as number) >>> shift) & mask;
  return (words, keyWord) =>
    (((words[keyWord + word] as number) >>> shift) | ((words[keyWord + word + 1] as number) << (32 - shift))) & mask;
}
