/** A decoded picture, upright, without transparency. `rgb`: widthPx × heightPx × 3, row-major, 0–255. */
export interface PictureRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgb: Uint8Array;
}

/** Brightness of a picture. `luma`: widthPx × heightPx, row-major, 0–255. */
export interface LumaRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly luma: Uint8Array;
}

/** A rectangle in pixels; fractions are allowed, `x` and `y` are its upper left corner. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Brightness by ITU-R BT.601, the weights that PDQ uses, rounded to 0–255. */
export function lumaOf(raster: PictureRaster): LumaRaster {
  const { widthPx, heightPx, rgb } = raster;
  const count = widthPx * heightPx;
  const luma = new Uint8Array(count);
  for (let i = 0, k = 0; i < count; i++, k += 3) {
    // 16.16 fixed point of 0.299, 0.587, 0.114; the sum is 65536.
    luma[i] =
      (19_595 * (rgb[k] as number) + 38_470 * (rgb[k + 1] as number) + 7_471 * (rgb[k + 2] as number) + 32_768) >> 16;
  }
  return { widthPx, heightPx, luma };
}

/**
 * One channel of a raster whose rectangles are averaged: their sums over every upper left rectangle (Crow 1984) are made
 * where it is sampled. `stride` and `offset` pick the channel.
 */
export interface SummedArea {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Uint8Array;
  readonly stride: number;
  readonly offset: number;
}

/** One channel, to be sampled by `sampleAreas`; the values must not change from now on. */
export function sumAreas(
  values: Uint8Array,
  size: { widthPx: number; heightPx: number; stride?: number; offset?: number },
): SummedArea {
  const { widthPx, heightPx, stride = 1, offset = 0 } = size;
  return { widthPx, heightPx, values, stride, offset };
}

/** Red against green and blue, one value a pixel: 128 where it is as much as their mean. */
export const rednessOf = (raster: PictureRaster): Uint8Array => excessOf(raster, 0);

/** Blue against red and green, as `rednessOf`. */
export const bluenessOf = (raster: PictureRaster): Uint8Array => excessOf(raster, 2);

/**
 * Brightness against the mean of the square about each pixel, 128 where it is as much: print stands out on light and dark
 * goods alike. `radiusPx`: from the middle of the square to its sides.
 */
export function localContrastOf(raster: PictureRaster, radiusPx: number): Uint8Array {
  const { widthPx, heightPx } = raster;
  const { luma } = lumaOf(raster);
  const wide = widthPx + 1;
  const sums = new Uint32Array(wide * (heightPx + 1));
  for (let y = 0; y < heightPx; y++) {
    let row = 0;
    for (let x = 0; x < widthPx; x++) {
      row += luma[y * widthPx + x]!;
      sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1]! + row;
    }
  }
  const out = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const [top, bottom] = [Math.max(0, y - radiusPx), Math.min(heightPx, y + radiusPx + 1)];
    for (let x = 0; x < widthPx; x++) {
      const [left, right] = [Math.max(0, x - radiusPx), Math.min(widthPx, x + radiusPx + 1)];
      const sum =
        sums[bottom * wide + right]! -
        sums[bottom * wide + left]! -
        sums[top * wide + right]! +
        sums[top * wide + left]!;
      const mean = sum / ((bottom - top) * (right - left));
      out[y * widthPx + x] = Math.max(0, Math.min(255, 128 + luma[y * widthPx + x]! - mean));
    }
  }
  return out;
}

function excessOf({ rgb, widthPx, heightPx }: PictureRaster, channel: 0 | 2): Uint8Array {
  const out = new Uint8Array(widthPx * heightPx);
  const other = 2 - channel;
  for (let i = 0, k = 0; i < out.length; i++, k += 3) {
    const excess = rgb[k + channel]! - (rgb[k + other]! + rgb[k + 1]!) / 2;
    out[i] = Math.max(0, Math.min(255, 128 + excess));
  }
  return out;
}
