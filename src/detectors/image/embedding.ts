/** A picture as a learned model sees it. Only vectors with the same digest can be compared. */
export interface PictureEmbedding {
  /** SHA-256, in hexadecimal, of the model's file and of how pictures are prepared for it. */
  readonly modelDigest: string;
  /** The model's output, its largest number brought to ±127. */
  readonly vector: Int8Array;
}

/** Longest vector that is taken: stored keys say its length in two bytes, and the models of the field have 256 to 2,048. */
export const MAX_DIMENSIONS = 8_192;

/**
 * Brings a vector to whole numbers of one byte; the cosine of two vectors moves by less than a hundredth (tested).
 * Undefined where it has no direction: all zeros, or a number that is none.
 */
export function quantiseVector(values: Float32Array): Int8Array | undefined {
  let largest = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) return undefined;
    largest = Math.max(largest, Math.abs(value));
  }
  if (largest === 0) return undefined;
  return Int8Array.from(values, (value) => Math.round((127 * value) / largest));
}
