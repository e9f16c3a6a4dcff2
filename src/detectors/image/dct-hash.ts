import { HASH_WORDS, type Hash256 } from './hash256.ts';
import { allocateMemory, bindSamplingKernel, PAGE_BYTES } from './wasm-memory.ts';

/** Cells a side of the luma grid that is hashed. */
export const DCT_INPUT = 64;
/** Frequencies a side that are kept: 1–16, without the constant. */
const FREQUENCIES = 16;
const HALF = DCT_INPUT / 2;

/** cos(π/128 · i · (2j+1)) · √(2/64) for frequency i = 1…16, j = 0…31; the other half follows by symmetry. */
const BASIS = new Float32Array(FREQUENCIES * HALF);
for (let i = 0; i < FREQUENCIES; i++) {
  for (let j = 0; j < HALF; j++) {
    BASIS[i * HALF + j] = Math.sqrt(2 / DCT_INPUT) * Math.cos((Math.PI / (2 * DCT_INPUT)) * (i + 1) * (2 * j + 1));
  }
}

const memory = allocateMemory(2 * PAGE_BYTES);
const kernel = bindSamplingKernel(memory);
/** Places in the kernel's memory, in bytes: cosines, pairs of cosines, the grid, the result, 41.5 kB to work in. */
const AT = { basis: 0, pairs: 4_096, grid: 8_192, out: 24_576, work: 25_600 } as const;
const gridPlace = new Float32Array(memory.buffer, AT.grid, DCT_INPUT * DCT_INPUT);
const outPlace = new Float32Array(memory.buffer, AT.out, FREQUENCIES * FREQUENCIES);
new Float64Array(memory.buffer, AT.basis, BASIS.length).set(BASIS);
const pairs = new Float64Array(memory.buffer, AT.pairs, BASIS.length);
[0, 1, 4, 5, 8, 9, 12, 13].forEach((j, pair) => {
  for (let k = 0; k < HALF; k++) {
    const at = 2 * (pair * HALF + k);
    pairs[at] = BASIS[j * HALF + k] as number;
    pairs[at + 1] = BASIS[(j + 2) * HALF + k] as number;
  }
});

/**
 * The 16 × 16 low frequencies (without row and column 0) of a 64 × 64 grid, row-major, row = vertical frequency.
 * Source: PDQ's DCT; folded by the symmetry of the cosine, which halves the work.
 */
export function lowFrequencies(grid: Float32Array, out: Float32Array = new Float32Array(256)): Float32Array {
  gridPlace.set(grid);
  kernel.lowFrequencies(AT.grid, AT.basis, AT.pairs, AT.work, AT.out);
  out.set(outPlace);
  return out;
}

const parted = new Float32Array(256);

/** The 128th smallest of 256 values, by Hoare's selection: sorting them all is most of the cost of a hash. */
function selectLowerMedian(values: Float32Array): number {
  parted.set(values);
  let low = 0;
  let high = 255;
  while (low < high) {
    const pivot = parted[(low + high) >> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((parted[i] as number) < pivot) i++;
      while ((parted[j] as number) > pivot) j--;
      if (i > j) break;
      const kept = parted[i] as number;
      parted[i++] = parted[j] as number;
      parted[j--] = kept;
    }
    if (j < 127) low = i;
    if (i > 127) high = j;
  }
  return parted[127] as number;
}

/** One bit a frequency: whether it is above the median. Without ties exactly 128 bits are set. */
export function hashFrequencies(frequencies: Float32Array): Hash256 {
  const median = selectLowerMedian(frequencies);
  const hash = new Uint32Array(HASH_WORDS);
  for (let i = 0; i < 256; i++) {
    if ((frequencies[i] as number) > median) hash[i >> 5] = (hash[i >> 5] as number) | (1 << (i & 31));
  }
  return hash;
}

/**
 * The hashes of the grid as it is, mirrored left-right, mirrored top-bottom, and turned by 180°, in this order.
 * Mirroring changes the sign of the odd frequencies along one axis, so nothing is transformed again.
 */
export function hashMirrorings(frequencies: Float32Array): readonly [Hash256, Hash256, Hash256, Hash256] {
  const signed = new Float32Array(256);
  const withSigns = (isMirroredX: boolean, isMirroredY: boolean): Hash256 => {
    for (let i = 0; i < FREQUENCIES; i++) {
      for (let j = 0; j < FREQUENCIES; j++) {
        const isFlipped = (isMirroredX && (j & 1) === 0) !== (isMirroredY && (i & 1) === 0);
        const at = i * FREQUENCIES + j;
        signed[at] = isFlipped ? -(frequencies[at] as number) : (frequencies[at] as number);
      }
    }
    return hashFrequencies(signed);
  };
  return [hashFrequencies(frequencies), withSigns(true, false), withSigns(false, true), withSigns(true, true)];
}

/** The hash of the picture transposed along its main diagonal: the 16 × 16 matrix of bits transposed. */
export function transposeHash(hash: Hash256): Hash256 {
  const out = new Uint32Array(HASH_WORDS);
  for (let i = 0; i < FREQUENCIES; i++) {
    for (let j = 0; j < FREQUENCIES; j++) {
      const from = i * FREQUENCIES + j;
      if ((((hash[from >> 5] as number) >>> (from & 31)) & 1) === 0) continue;
      const to = j * FREQUENCIES + i;
      out[to >> 5] = (out[to >> 5] as number) | (1 << (to & 31));
    }
  }
  return out;
}

/**
 * How much detail a 64 × 64 luma grid (0–255) has, 0–100: the sum of the steps between neighbours.
 * Source: PDQ's image-domain quality metric.
 */
export function gradientQuality(grid: Float32Array): number {
  let steps = 0;
  for (let i = 0; i < DCT_INPUT; i++) {
    for (let j = 0; j < DCT_INPUT; j++) {
      const at = i * DCT_INPUT + j;
      const here = grid[at] as number;
      if (i + 1 < DCT_INPUT) steps += Math.abs(Math.trunc(((here - (grid[at + DCT_INPUT] as number)) * 100) / 255));
      if (j + 1 < DCT_INPUT) steps += Math.abs(Math.trunc(((here - (grid[at + 1] as number)) * 100) / 255));
    }
  }
  return Math.min(100, Math.trunc(steps / 90));
}
