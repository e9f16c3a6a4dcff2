import { availableParallelism } from 'node:os';

/** What one picture may cost, and how many are read at once. */
export interface PictureLimits {
  readonly maxBytes: number;
  /** Width times height. */
  readonly maxPixels: number;
  /** Longer side. A strip of a million pixels' width takes 1.8 GB to reduce, a square of as many pixels 0.2 (measured). */
  readonly maxSidePx: number;
  readonly decodeTimeoutMs: number;
  /** Threads that read pictures, one picture each; decoders' memory is bounded by this times `maxPixels`. */
  readonly maxThreads: number;
  /** JavaScript memory of one thread; a thread that needs more ends, and only its picture is given up. */
  readonly maxThreadHeapMb: number;
}

/** 50 megapixels: a progressive JPEG of that size needs some 200 MB while it is decoded (measured). */
export const DEFAULT_PICTURE_LIMITS: PictureLimits = {
  maxBytes: 20_971_520,
  maxPixels: 50_000_000,
  maxSidePx: 30_000,
  decodeTimeoutMs: 10_000,
  maxThreads: Math.max(1, Math.min(4, availableParallelism())),
  maxThreadHeapMb: 256,
};
