import { HASH_WORDS, type Hash256 } from './hash256.ts';

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

const even = new Float32Array(HALF * DCT_INPUT);
const odd = new Float32Array(HALF * DCT_INPUT);
const vertical = new Float32Array(FREQUENCIES * DCT_INPUT);

/**
 * The 16 × 16 low frequencies (without row and column 0) of a 64 × 64 grid, row-major, row = vertical frequency.
 * Source: PDQ's DCT; folded by the symmetry of the cosine, which halves the work.
 */
export function lowFrequencies(grid: Float32Array, out: Float32Array = new Float32Array(256)): Float32Array {
  for (let k = 0; k < HALF; k++) {
    const upper = k * DCT_INPUT;
    const lower = (DCT_INPUT - 1 - k) * DCT_INPUT;
    for (let j = 0; j < DCT_INPUT; j++) {
      even[upper + j] = (grid[upper + j] as number) + (grid[lower + j] as number);
      odd[upper + j] = (grid[upper + j] as number) - (grid[lower + j] as number);
    }
  }
  vertical.fill(0);
  for (let i = 0; i < FREQUENCIES; i++) {
    // Index i is frequency i + 1: odd frequencies are antisymmetric.
    const folded = (i & 1) === 0 ? odd : even;
    const to = i * DCT_INPUT;
    for (let k = 0; k < HALF; k++) {
      const weight = BASIS[i * HALF + k] as number;
      const from = k * DCT_INPUT;
      for (let j = 0; j < DCT_INPUT; j++) {
        vertical[to + j] = (vertical[to + j] as number) + weight * (folded[from + j] as number);
      }
    }
  }
  const sum = new Float32Array(HALF);
  const difference = new Float32Array(HALF);
  for (let i = 0; i < FREQUENCIES; i++) {
    const row = i * DCT_INPUT;
    for (let k = 0; k < HALF; k++) {
      const left = vertical[row + k] as number;
      const right = vertical[row + DCT_INPUT - 1 - k] as number;
      sum[k] = left + right;
      difference[k] = left - right;
    }
    for (let j = 0; j < FREQUENCIES; j++) {
      const folded = (j & 1) === 0 ? difference : sum;
      const at = j * HALF;
      let total = 0;
      for (let k = 0; k < HALF; k++) total += (BASIS[at + k] as number) * (folded[k] as number);
      out[i * FREQUENCIES + j] = total;
    }
  }
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
