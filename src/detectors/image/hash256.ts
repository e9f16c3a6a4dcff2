/** 256 bits as eight little-endian words: bit i is bit `i & 31` of word `i >> 5`. */
export type Hash256 = Uint32Array;

/** Words of 32 bits in one hash. */
export const HASH_WORDS = 8;

/** Bits set in one 32-bit word, 0–32. */
export function countBits32(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Bits that differ between two hashes that start at the given words of their arrays, 0–256. */
export function hammingDistanceBits(a: Uint32Array, b: Uint32Array, aWord = 0, bWord = 0): number {
  let distance = 0;
  for (let w = 0; w < HASH_WORDS; w++) distance += countBits32((a[aWord + w] as number) ^ (b[bWord + w] as number));
  return distance;
}

/** The hash with every bit turned over: what an inverted picture hashes to. */
export function complementHash(hash: Hash256): Hash256 {
  const out = new Uint32Array(HASH_WORDS);
  for (let w = 0; w < HASH_WORDS; w++) out[w] = ~(hash[w] as number);
  return out;
}

/**
 * 64 hexadecimal digits in PDQ's order: 16-bit words from the last to the first.
 * Source: the reference implementation's `Hash256::format`.
 */
export function hashToHex(hash: Hash256): string {
  let hex = '';
  for (let w = 15; w >= 0; w--) {
    const word = ((hash[w >> 1] as number) >>> ((w & 1) * 16)) & 0xffff;
    hex += word.toString(16).padStart(4, '0');
  }
  return hex;
}

/** The hash that `hashToHex` wrote, or `undefined` where the text is not 64 hexadecimal digits. */
export function hashFromHex(hex: string): Hash256 | undefined {
  if (!/^[0-9a-fA-F]{64}$/.test(hex)) return undefined;
  const hash = new Uint32Array(HASH_WORDS);
  for (let k = 0; k < 16; k++) {
    const word = Number.parseInt(hex.slice(k * 4, k * 4 + 4), 16);
    const w = 15 - k;
    hash[w >> 1] = (hash[w >> 1] as number) | (word << ((w & 1) * 16));
  }
  return hash;
}
