import type { PictureRaster } from '../../detectors/image/raster.ts';
import { isInk } from './glyphs.ts';

export type Colour = readonly [number, number, number];

/** A source of numbers in [0, 1) that is the same in every run with the same seed. */
export type Random = () => number;

/** Mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A plain picture. */
export function plain(widthPx: number, heightPx: number, colour: Colour): PictureRaster {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < rgb.length; i += 3) rgb.set(colour, i);
  return { widthPx, heightPx, rgb };
}

/** Each pixel of the result is read from where `from` says in the source, between pixels by bilinear mixing. */
export function warp(
  source: PictureRaster,
  size: { readonly widthPx: number; readonly heightPx: number },
  how: { readonly from: (x: number, y: number) => readonly [number, number]; readonly ground: Colour },
): PictureRaster {
  const out = plain(size.widthPx, size.heightPx, how.ground);
  const { widthPx: w, heightPx: h, rgb } = source;
  for (let y = 0; y < size.heightPx; y++) {
    for (let x = 0; x < size.widthPx; x++) {
      const [u, v] = how.from(x + 0.5, y + 0.5);
      if (u < 0 || v < 0 || u > w || v > h) continue;
      const x0 = Math.max(0, Math.min(w - 2, Math.floor(u - 0.5)));
      const y0 = Math.max(0, Math.min(h - 2, Math.floor(v - 0.5)));
      const fx = Math.max(0, Math.min(1, u - 0.5 - x0));
      const fy = Math.max(0, Math.min(1, v - 0.5 - y0));
      for (let c = 0; c < 3; c++) {
        const at = (y0 * w + x0) * 3 + c;
        const upper = (rgb[at] as number) * (1 - fx) + (rgb[at + 3] as number) * fx;
        const lower = (rgb[at + 3 * w] as number) * (1 - fx) + (rgb[at + 3 * w + 3] as number) * fx;
        out.rgb[(y * size.widthPx + x) * 3 + c] = upper * (1 - fy) + lower * fy;
      }
    }
  }
  return out;
}

/** A rectangle of the picture, in pixels. */
export function cut(
  source: PictureRaster,
  rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): PictureRaster {
  const x0 = Math.round(rect.x);
  const y0 = Math.round(rect.y);
  const widthPx = Math.max(8, Math.min(source.widthPx - x0, Math.round(rect.width)));
  const heightPx = Math.max(8, Math.min(source.heightPx - y0, Math.round(rect.height)));
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) {
    const from = ((y0 + y) * source.widthPx + x0) * 3;
    rgb.set(source.rgb.subarray(from, from + widthPx * 3), y * widthPx * 3);
  }
  return { widthPx, heightPx, rgb };
}

/** `picture` laid into `ground` with its upper left corner at (x, y). */
export function paste(ground: PictureRaster, picture: PictureRaster, x: number, y: number): PictureRaster {
  const rgb = new Uint8Array(ground.rgb);
  const x0 = Math.round(x);
  const y0 = Math.round(y);
  for (let row = 0; row < picture.heightPx; row++) {
    if (y0 + row < 0 || y0 + row >= ground.heightPx) continue;
    const fit = Math.min(picture.widthPx, ground.widthPx - x0);
    const from = row * picture.widthPx * 3;
    rgb.set(picture.rgb.subarray(from, from + fit * 3), ((y0 + row) * ground.widthPx + x0) * 3);
  }
  return { ...ground, rgb };
}

/** Every channel of every pixel through a function of value, position and channel; results are clamped to 0–255. */
export function mapPixels(
  source: PictureRaster,
  how: (value: number, x: number, y: number, channel: number) => number,
): PictureRaster {
  const { widthPx, heightPx } = source;
  const rgb = new Uint8Array(source.rgb.length);
  let i = 0;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      for (let channel = 0; channel < 3; channel++, i++) {
        const value = how(source.rgb[i] as number, x, y, channel);
        rgb[i] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }
  return { ...source, rgb };
}

/** Lettering over the picture; `dotPx` is the size of one of the 5 × 7 dots of a letter. */
export function letter(
  source: PictureRaster,
  text: string,
  how: {
    readonly x: number;
    readonly y: number;
    readonly dotPx: number;
    readonly colour: Colour;
    readonly opacity01: number;
  },
): PictureRaster {
  const widthDots = text.length * 6;
  return mapPixels(source, (value, x, y, channel) => {
    const column = (x - how.x) / how.dotPx;
    const row = (y - how.y) / how.dotPx;
    if (column < 0 || row < 0 || column >= widthDots || row >= 7 || !isInk(text, column, row)) return value;
    return value * (1 - how.opacity01) + (how.colour[channel] as number) * how.opacity01;
  });
}
