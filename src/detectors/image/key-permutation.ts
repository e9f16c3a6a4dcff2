import { HASH_WORDS, type Hash256 } from './hash256.ts';

/**
 * Neighbouring bits of a DCT hash are related; chunks of related bits fill few buckets. All keys are stored with their
 * bits in one fixed random order, which brings real pictures within 4 % of random keys (measured in images.md).
 */
const ORDER = shuffledBits();

/** For every byte position and value the bits that it contributes, 8 words each. */
const TABLE = contributions();

function shuffledBits(): Uint8Array {
  const order = Uint8Array.from({ length: 256 }, (_, i) => i);
  let state = 0x2545f491;
  for (let i = 255; i > 0; i--) {
    // xorshift32: any fixed shuffle will do, but it must never change, for segments are stored.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}

function contributions(): Uint32Array {
  const table = new Uint32Array(32 * 256 * HASH_WORDS);
  for (let position = 0; position < 32; position++) {
    for (let value = 0; value < 256; value++) {
      const at = (position * 256 + value) * HASH_WORDS;
      for (let bit = 0; bit < 8; bit++) {
        if (((value >> bit) & 1) === 0) continue;
        const to = ORDER[position * 8 + bit] as number;
        table[at + (to >> 5)] = ((table[at + (to >> 5)] as number) | (1 << (to & 31))) >>> 0;
      }
    }
  }
  return table;
}

/** Writes the permuted key to `out` from word `at` on. Distances between permuted keys are those between the keys. */
export function permuteKey(key: Hash256, out: Uint32Array, at: number, from = 0): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let position = 0; position < 32; position++) {
    const value = ((key[from + (position >> 2)] as number) >>> ((position & 3) * 8)) & 0xff;
    const t = (position * 256 + value) * HASH_WORDS;
    a |= TABLE[t] as number;
    b |= TABLE[t + 1] as number;
    c |= TABLE[t + 2] as number;
    d |= TABLE[t + 3] as number;
    e |= TABLE[t + 4] as number;
    f |= TABLE[t + 5] as number;
    g |= TABLE[t + 6] as number;
    h |= TABLE[t + 7] as number;
  }
  out[at] = a;
  out[at + 1] = b;
  out[at + 2] = c;
  out[at + 3] = d;
  out[at + 4] = e;
  out[at + 5] = f;
  out[at + 6] = g;
  out[at + 7] = h;
}
