import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { imageSettings } from '../../../src/detectors/image/settings.ts';

/** The settings that ship. */
export const shippedSettings = imageSettings.parse(
  parse(readFileSync(new URL('../../../rules/image.yaml', import.meta.url), 'utf8')),
);

/** A small seeded generator, so that every run draws the same. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x7feb352d);
    t ^= t >>> 15;
    return (t >>> 0) / 4_294_967_296;
  };
}

/** A picture of overlapping ellipses and boxes in random colours on a shaded ground: detail everywhere, no symmetry. */
export function drawPicture(
  seed: number,
  size: { widthPx: number; heightPx: number } = { widthPx: 320, heightPx: 240 },
) {
  const random = seededRandom(seed);
  const { widthPx, heightPx } = size;
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  const ground = [random() * 200, random() * 200, random() * 200] as const;
  for (let i = 0; i < widthPx * heightPx; i++) {
    const shade = (i % widthPx) / widthPx;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = (ground[c] as number) + 50 * shade;
  }
  for (let k = 0; k < 40; k++) {
    const cx = random() * widthPx;
    const cy = random() * heightPx;
    const rx = (0.02 + 0.12 * random()) * widthPx;
    const ry = (0.02 + 0.12 * random()) * heightPx;
    const colour = [random() * 255, random() * 255, random() * 255] as const;
    const isBox = random() < 0.5;
    for (let y = Math.max(0, Math.floor(cy - ry)); y < Math.min(heightPx, cy + ry); y++) {
      for (let x = Math.max(0, Math.floor(cx - rx)); x < Math.min(widthPx, cx + rx); x++) {
        if (!isBox && ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 > 1) continue;
        for (let c = 0; c < 3; c++) rgb[3 * (y * widthPx + x) + c] = colour[c] as number;
      }
    }
  }
  return { widthPx, heightPx, rgb } satisfies PictureRaster;
}

/** The picture with every pixel moved: `from` gives, for a pixel of the result, the pixel that it shows. */
export function rearrange(
  picture: PictureRaster,
  size: { widthPx: number; heightPx: number },
  from: (x: number, y: number) => readonly [number, number],
): PictureRaster {
  const rgb = new Uint8Array(size.widthPx * size.heightPx * 3);
  for (let y = 0; y < size.heightPx; y++) {
    for (let x = 0; x < size.widthPx; x++) {
      const [u, v] = from(x, y);
      for (let c = 0; c < 3; c++) {
        rgb[3 * (y * size.widthPx + x) + c] = picture.rgb[3 * (v * picture.widthPx + u) + c] as number;
      }
    }
  }
  return { ...size, rgb };
}
