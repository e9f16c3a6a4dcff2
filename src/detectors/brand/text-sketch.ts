import { mix32 } from './gram-hash.ts';
import { normaliseForCopy, shinglesOf } from './text-shingles.ts';

/** Smallest shingle hashes that stand for a text. Source: bottom-k sketch, Broder 1997. */
const SKETCH_SIZE = 24;

/** Texts with so many of them in common are compared exactly: a copy that shares two thirds has sixteen in the mean. */
export const MIN_COMMON_SKETCH = 4;

const hashText = (text: string): number => {
  let state = text.length;
  for (let at = 0; at < text.length; at++) state = (Math.imul(state, 0x01000193) ^ text.charCodeAt(at)) | 0;
  return mix32(state);
};

/**
 * A text's sketch: the smallest hashes of its shingles, signed 32-bit numbers. Near-duplicates have many of them in
 * common; they name candidates, and the exact comparison decides. Empty where the text is too short to be a copy.
 */
export const sketchOf = (text: string): number[] => {
  const hashes = new Set<number>();
  for (const shingle of shinglesOf(normaliseForCopy(text))) hashes.add(hashText(shingle));
  if (hashes.size < SKETCH_SIZE) return [];
  return Array.from(Uint32Array.from(hashes).sort().subarray(0, SKETCH_SIZE), (hash) => hash | 0);
};
