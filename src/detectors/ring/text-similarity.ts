/** Characters of a shingle: five keep word order and survive inflection (measured, docs/decisions/0141-near-duplicate-texts.md). */
const SHINGLE_CHARS = 5;
/** Base of the rolling polynomial over a shingle's characters, and its fourth power for the character that falls out. */
const BASE = 0x01000193;
const OUTGOING = Math.imul(Math.imul(BASE, BASE), Math.imul(BASE, BASE));

/** The text with case, width, punctuation and spacing evened out. */
export const evenText = (text: string): string =>
  // Plain texts need no Unicode tables; the result is the same.
  /^[ -~]*$/.test(text)
    ? text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim()
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();

/**
 * Hashes (32 bits) of the overlapping runs of five characters of an evened text, in order, repeats included; one hash of a
 * shorter run for a shorter text, none for an empty one.
 */
export const shingleHashes = (evened: string): Uint32Array => {
  if (evened.length === 0) return new Uint32Array(0);
  const hashes = new Uint32Array(Math.max(1, evened.length - SHINGLE_CHARS + 1));
  let rolling = 0;
  for (let i = 0; i < evened.length; i += 1) {
    if (i >= SHINGLE_CHARS) rolling -= Math.imul(evened.charCodeAt(i - SHINGLE_CHARS) + 1, OUTGOING);
    rolling = (Math.imul(rolling, BASE) + evened.charCodeAt(i) + 1) | 0;
    if (i >= SHINGLE_CHARS - 1 || i === evened.length - 1) hashes[Math.max(0, i - SHINGLE_CHARS + 1)] = mixed(rolling);
  }
  return hashes;
};

/** Finalizer of MurmurHash3: neighbouring values land far apart. */
const mixed = (value: number): number => {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

/**
 * The set of an evened text's shingles, as ascending hashes. Two texts of 400 shingles share one by an accident of the
 * hash once in 27,000 pairs, which moves their similarity by a thousandth.
 */
export const shinglesOf = (evened: string): Uint32Array => {
  const hashes = shingleHashes(evened).sort();
  let kept = 0;
  for (let i = 0; i < hashes.length; i += 1) {
    if (i > 0 && hashes[i] === hashes[i - 1]) continue;
    hashes[kept] = hashes[i] ?? 0;
    kept += 1;
  }
  return hashes.subarray(0, kept);
};

/** Shared share of two ascending sets, 0–1; 0 for two empty ones. */
export const jaccard01 = (left: Uint32Array, right: Uint32Array): number => {
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const a = left[i] ?? 0;
    const b = right[j] ?? 0;
    if (a === b) shared += 1;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  const union = left.length + right.length - shared;
  return union === 0 ? 0 : shared / union;
};
