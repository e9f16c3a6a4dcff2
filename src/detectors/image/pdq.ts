import { DCT_INPUT, gradientQuality, hashFrequencies, lowFrequencies } from './dct-hash.ts';
import type { Hash256 } from './hash256.ts';
import type { LumaRaster } from './raster.ts';

/** The reference implementation scales larger pictures to this before it filters. */
const PDQ_MAX_SIDE_PX = 512;

/** A PDQ hash with its quality, 0–100; below 50 the reference advises to drop it. */
export interface PdqHash {
  readonly bits: Hash256;
  readonly quality: number;
}

interface Taps {
  /** First source index of each of the 64 outputs. */
  readonly first: Int32Array;
  /** Weights of each output, `length` apiece. */
  readonly weights: Float32Array;
  readonly length: number;
}

/**
 * PDQ of a picture whose raster may be smaller than the original: distance ≤ 10 from the reference where quality ≥ 80.
 * The Jarosz filter (two box filters) and its off-centre decimation are applied as one sparse weighting a side.
 * Source: ThreatExchange `pdqhashing.cpp`, `downscaling.cpp`; figures in docs/decisions/0100-picture-keys.md.
 */
export function hashPdq(raster: LumaRaster, original: { widthPx: number; heightPx: number }): PdqHash {
  const isScaled = original.widthPx > PDQ_MAX_SIDE_PX || original.heightPx > PDQ_MAX_SIDE_PX;
  const horizontal = tapsFor(isScaled ? PDQ_MAX_SIDE_PX : original.widthPx, raster.widthPx);
  const vertical = tapsFor(isScaled ? PDQ_MAX_SIDE_PX : original.heightPx, raster.heightPx);
  const { widthPx, heightPx, luma } = raster;

  const narrow = new Float32Array(heightPx * DCT_INPUT);
  for (let y = 0; y < heightPx; y++) {
    for (let i = 0; i < DCT_INPUT; i++) {
      let sum = 0;
      const from = y * widthPx + (horizontal.first[i] as number);
      const at = i * horizontal.length;
      for (let k = 0; k < horizontal.length; k++) {
        sum += (horizontal.weights[at + k] as number) * (luma[from + k] as number);
      }
      narrow[y * DCT_INPUT + i] = sum;
    }
  }
  const grid = new Float32Array(DCT_INPUT * DCT_INPUT);
  for (let j = 0; j < DCT_INPUT; j++) {
    for (let k = 0; k < vertical.length; k++) {
      const weight = vertical.weights[j * vertical.length + k] as number;
      if (weight === 0) continue;
      const from = ((vertical.first[j] as number) + k) * DCT_INPUT;
      for (let i = 0; i < DCT_INPUT; i++) {
        grid[j * DCT_INPUT + i] = (grid[j * DCT_INPUT + i] as number) + weight * (narrow[from + i] as number);
      }
    }
  }
  return { bits: hashFrequencies(lowFrequencies(grid)), quality: gradientQuality(grid) };
}

/** Weights of the sizes seen last: pictures of one shop mostly have one size. */
const knownTaps = new Map<string, Taps>();
const MAX_KNOWN_TAPS = 64;

function tapsFor(virtualSize: number, rasterSize: number): Taps {
  const name = `${virtualSize}:${rasterSize}`;
  const known = knownTaps.get(name);
  if (known !== undefined) return known;
  if (knownTaps.size >= MAX_KNOWN_TAPS) knownTaps.clear();
  const taps = jaroszTaps(virtualSize, rasterSize);
  knownTaps.set(name, taps);
  return taps;
}

/** Weights with which 64 filtered and decimated samples draw on a raster that stands for `virtualSize` pixels. */
function jaroszTaps(virtualSize: number, rasterSize: number): Taps {
  const window = Math.floor((virtualSize + 127) / 128);
  const reach = (window + 2) >> 1;
  const boxFrom = (i: number): number => Math.max(0, i - (window - reach));
  const boxTo = (i: number): number => Math.min(virtualSize - 1, i + reach - 1);

  const rows: Float64Array[] = [];
  const first = new Int32Array(DCT_INPUT);
  let length = 1;
  for (let output = 0; output < DCT_INPUT; output++) {
    const centre = Math.floor(((output + 0.5) * virtualSize) / DCT_INPUT);
    const row = new Float64Array(rasterSize);
    let low = rasterSize - 1;
    let high = 0;
    const outer = boxTo(centre) - boxFrom(centre) + 1;
    for (let k = boxFrom(centre); k <= boxTo(centre); k++) {
      const inner = boxTo(k) - boxFrom(k) + 1;
      for (let v = boxFrom(k); v <= boxTo(k); v++) {
        const position = Math.min(rasterSize - 1, Math.max(0, ((v + 0.5) * rasterSize) / virtualSize - 0.5));
        const left = Math.min(rasterSize - 1, Math.floor(position));
        const right = Math.min(rasterSize - 1, left + 1);
        const share = position - left;
        const weight = 1 / (outer * inner);
        row[left] = (row[left] as number) + weight * (1 - share);
        row[right] = (row[right] as number) + weight * share;
        low = Math.min(low, left);
        high = Math.max(high, right);
      }
    }
    first[output] = low;
    length = Math.max(length, high - low + 1);
    rows.push(row);
  }
  const weights = new Float32Array(DCT_INPUT * length);
  for (let output = 0; output < DCT_INPUT; output++) {
    first[output] = Math.min(first[output] as number, rasterSize - length);
    for (let k = 0; k < length; k++) {
      weights[output * length + k] = (rows[output] as Float64Array)[(first[output] as number) + k] as number;
    }
  }
  return { first, weights, length };
}
