/** Bins of a sketch; with bands of 4 the table has 32 of them. */
const BINS = 128;
const BIN_BITS = 7;
const SHINGLE_CHARS = 5;
const ROWS_PER_BAND = 4;
/** Bands of a sketch: two texts of Jaccard similarity 0.6 share one with probability 0.99, of 0.4 with 0.56. */
export const BANDS = BINS / ROWS_PER_BAND;
const EMPTY = 0xffffffff;

/**
 * One hash a band of a one-permutation MinHash sketch (Li, Owen and Zhang 2012), empty bins filled from the next full
 * one (Shrivastava and Li 2014): texts that share a band hash are candidates for near-duplicates, to be verified.
 * The text must be evened. Thirteen times faster than 128 permutations at the same recall (measured, see
 * docs/decisions/0141-near-duplicate-texts.md).
 */
export const bandHashes = (evened: string): Uint32Array => {
  const bins = new Uint32Array(BINS).fill(EMPTY);
  const last = Math.max(0, evened.length - SHINGLE_CHARS);
  for (let start = 0; start <= last; start += 1) {
    let hash = 0x811c9dc5;
    const end = Math.min(evened.length, start + SHINGLE_CHARS);
    for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ evened.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
    const bin = hash >>> (32 - BIN_BITS);
    // The bin's own bits are spent; a further mix gives the value that is minimised.
    const value = Math.imul(hash, 0x9e3779b1) >>> 0;
    if (value < (bins[bin] ?? EMPTY)) bins[bin] = value;
  }
  fillEmptyBins(bins);
  const bands = new Uint32Array(BANDS);
  for (let band = 0; band < BANDS; band += 1) {
    let hash = Math.imul(band + 1, 0x9e3779b1);
    for (let row = 0; row < ROWS_PER_BAND; row += 1) {
      hash = Math.imul(hash ^ (bins[band * ROWS_PER_BAND + row] ?? 0), 0x01000193);
      hash ^= hash >>> 15;
    }
    bands[band] = hash;
  }
  return bands;
};

const fillEmptyBins = (bins: Uint32Array): void => {
  const full = bins.slice();
  for (let bin = 0; bin < BINS; bin += 1) {
    if (full[bin] !== EMPTY) continue;
    for (let distance = 1; distance < BINS; distance += 1) {
      const value = full[(bin + distance) % BINS] ?? EMPTY;
      if (value === EMPTY) continue;
      bins[bin] = value + Math.imul(distance, 0x9e3779b1);
      break;
    }
  }
};
