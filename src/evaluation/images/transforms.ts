import sharp, { type Sharp } from 'sharp';
import type { PictureRaster } from '../../detectors/image/raster.ts';
import { asRaster, asSharp, jpeg } from './raster-and-sharp.ts';
import { cut, letter, mapPixels, paste, plain, warp, type Colour, type Random } from './canvas.ts';

/** What a transform works with: the picture, others to mix in, and chance. */
export interface TransformInput {
  readonly picture: PictureRaster;
  readonly others: readonly PictureRaster[];
  readonly random: Random;
}

/** Gives an encoded picture as a thief would upload it. */
export type Transform = (input: TransformInput) => Promise<Uint8Array>;

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];

const pixels =
  (change: (input: TransformInput) => PictureRaster | Promise<PictureRaster>): Transform =>
  async (input) =>
    jpeg(await change(input));

const throughSharp =
  (change: (image: Sharp, input: TransformInput) => Sharp): Transform =>
  async (input) =>
    jpeg(await asRaster(change(asSharp(input.picture), input)));

const resized = (picture: PictureRaster, widthPx: number, heightPx: number): Promise<PictureRaster> =>
  asRaster(
    asSharp(picture).resize(Math.max(8, Math.round(widthPx)), Math.max(8, Math.round(heightPx)), { fit: 'fill' }),
  );

const fitted = (picture: PictureRaster, widthPx: number, heightPx: number): Promise<PictureRaster> => {
  const scale = Math.min(widthPx / picture.widthPx, heightPx / picture.heightPx);
  return resized(picture, picture.widthPx * scale, picture.heightPx * scale);
};

const mirrored = (picture: PictureRaster): PictureRaster =>
  warp(picture, picture, { from: (x, y) => [picture.widthPx - x, y], ground: WHITE });

const cropped = (
  picture: PictureRaster,
  part: { left: number; top: number; right: number; bottom: number },
): PictureRaster =>
  cut(picture, {
    x: part.left * picture.widthPx,
    y: part.top * picture.heightPx,
    width: (1 - part.left - part.right) * picture.widthPx,
    height: (1 - part.top - part.bottom) * picture.heightPx,
  });

const evenCrop = (part: number): Transform =>
  pixels(({ picture }) => cropped(picture, { left: part, top: part, right: part, bottom: part }));

const turned = (degrees: number): Transform =>
  throughSharp((image, { random }) => {
    const ground = random() < 0.5 ? '#ffffff' : '#000000';
    return image.rotate(random() < 0.5 ? degrees : -degrees, { background: ground });
  });

const bordered = (part: number): Transform =>
  pixels(({ picture, random }) => {
    const border = Math.round(part * Math.max(picture.widthPx, picture.heightPx));
    const colour: Colour = random() < 0.5 ? WHITE : [random() * 255, random() * 255, random() * 255];
    const ground = plain(picture.widthPx + 2 * border, picture.heightPx + 2 * border, colour);
    return paste(ground, picture, border, border);
  });

const noisy = (picture: PictureRaster, random: Random, strength: number): PictureRaster =>
  mapPixels(picture, (value) => value + (random() + random() + random() - 1.5) * 2 * strength);

/** A sale banner, a price bubble: an opaque colour over a part of the picture. */
const covered = (
  picture: PictureRaster,
  rect: { x: number; y: number; width: number; height: number },
  colour: Colour,
): PictureRaster => paste(picture, plain(Math.round(rect.width), Math.round(rect.height), colour), rect.x, rect.y);

const centredText = (
  picture: PictureRaster,
  text: string,
  part: number,
  style: { colour: Colour; opacity01: number },
) => {
  const dotPx = (picture.widthPx * part) / (text.length * 6);
  return letter(picture, text, {
    ...style,
    dotPx,
    x: (picture.widthPx - text.length * 6 * dotPx) / 2,
    y: (picture.heightPx - 7 * dotPx) / 2,
  });
};

/** A sheet of the picture in the two directions at once, each side moved by a few per cent: a photo taken by hand. */
const seenAslant = (picture: PictureRaster, random: Random): PictureRaster => {
  const tilt = (): number => (random() - 0.5) * 0.12;
  const [px, py] = [tilt(), tilt()];
  const { widthPx: w, heightPx: h } = picture;
  const margin = 0.06;
  return warp(picture, picture, {
    ground: [24, 24, 28],
    from: (x, y) => {
      const u = (x / w - 0.5) * (1 + 2 * margin);
      const v = (y / h - 0.5) * (1 + 2 * margin);
      const depth = 1 + px * u + py * v;
      return [(u / depth + 0.5) * w, (v / depth + 0.5) * h];
    },
  });
};

const photoOfScreen = ({ picture, random }: TransformInput): PictureRaster => {
  const pitch = 2.3 + random();
  const angle = random();
  const aslant = seenAslant(picture, random);
  const striped = mapPixels(aslant, (value, x, y, channel) => {
    const moire = 1 + 0.09 * Math.sin((x * Math.cos(angle) + y * Math.sin(angle)) / pitch) * Math.sin(y / (7 * pitch));
    const glow = 0.85 + 0.25 * (x / aslant.widthPx);
    return value * moire * glow + (channel === 2 ? 8 : 0);
  });
  return noisy(striped, random, 8);
};

const phoneScreenshot = async ({ picture, random }: TransformInput): Promise<PictureRaster> => {
  const widthPx = 720;
  const heightPx = 1_480;
  const isDark = random() < 0.3;
  const ground: Colour = isDark ? [18, 18, 20] : WHITE;
  const ink: Colour = isDark ? [230, 230, 230] : [40, 40, 40];
  const shown = await fitted(picture, widthPx, 900);
  const top = 150 + Math.round(random() * 60);
  let page = paste(plain(widthPx, heightPx, ground), shown, (widthPx - shown.widthPx) / 2, top);
  page = letter(page, '0 55', { x: 30, y: 20, dotPx: 4, colour: ink, opacity01: 1 });
  page = letter(page, 'SHOP HALL', { x: 40, y: 80, dotPx: 6, colour: ink, opacity01: 1 });
  const below = top + shown.heightPx;
  page = letter(page, 'WINTER SALE 50%', { x: 40, y: below + 40, dotPx: 5, colour: ink, opacity01: 1 });
  page = letter(page, 'FREE RETRN IN 55 TAHN', { x: 40, y: below + 110, dotPx: 3, colour: ink, opacity01: 1 });
  return covered(page, { x: 40, y: 1_360, width: 640, height: 80 }, [250, 90, 20]);
};

const collage = async (pictures: readonly PictureRaster[], random: Random, columns: number): Promise<PictureRaster> => {
  const gap = random() < 0.5 ? 0 : 10;
  const cell = 400;
  const rows = pictures.length / columns;
  let sheet = plain(columns * cell + (columns - 1) * gap, rows * cell + (rows - 1) * gap, WHITE);
  for (const [i, picture] of pictures.entries()) {
    const isFilled = random() < 0.5;
    const x = (i % columns) * (cell + gap);
    const y = Math.floor(i / columns) * (cell + gap);
    if (isFilled) {
      const side = Math.min(picture.widthPx, picture.heightPx);
      const square = cut(picture, {
        x: (picture.widthPx - side) / 2,
        y: (picture.heightPx - side) / 2,
        width: side,
        height: side,
      });
      sheet = paste(sheet, await resized(square, cell, cell), x, y);
    } else {
      const whole = await fitted(picture, cell, cell);
      sheet = paste(sheet, whole, x + (cell - whole.widthPx) / 2, y + (cell - whole.heightPx) / 2);
    }
  }
  return sheet;
};

const shuffledIn = (
  first: PictureRaster,
  others: readonly PictureRaster[],
  random: Random,
): readonly PictureRaster[] => {
  const all = [...others];
  all.splice(Math.floor(random() * (others.length + 1)), 0, first);
  return all;
};

const randomCrop = (picture: PictureRaster, random: Random, keepAtLeast: number): PictureRaster => {
  const keep = (): number => keepAtLeast + random() * (0.95 - keepAtLeast);
  const [width, height] = [keep(), keep()];
  const [left, top] = [random() * (1 - width), random() * (1 - height)];
  return cropped(picture, { left, top, right: 1 - width - left, bottom: 1 - height - top });
};

/** Every way in which pictures are changed to be used again, by family. */
export const TRANSFORMS = {
  'resize-40': pixels(({ picture }) => resized(picture, picture.widthPx * 0.4, picture.heightPx * 0.4)),
  'jpeg-20': ({ picture }) => jpeg(picture, 20),
  'webp-30': async ({ picture }) => asSharp(picture).webp({ quality: 30 }).toBuffer(),
  blur: throughSharp((image, { picture }) => image.blur(0.3 + picture.widthPx / 300)),
  noise: pixels(({ picture, random }) => noisy(picture, random, 18)),
  grey: throughSharp((image) => image.greyscale()),
  hue: throughSharp((image, { random }) => image.modulate({ hue: Math.round(30 + random() * 300) })),
  saturate: throughSharp((image) => image.modulate({ saturation: 1.7 })),
  gamma: pixels(({ picture, random }) => {
    const power = random() < 0.5 ? 0.6 : 1.6;
    return mapPixels(picture, (value) => 255 * (value / 255) ** power);
  }),
  contrast: pixels(({ picture }) => mapPixels(picture, (value) => (value - 128) * 1.35 + 140)),
  aspect: pixels(({ picture, random }) =>
    resized(picture, picture.widthPx * (random() < 0.5 ? 0.75 : 1.3), picture.heightPx),
  ),
  mirror: pixels(({ picture }) => mirrored(picture)),
  'rotate-2': turned(2),
  'rotate-5': turned(5),
  'rotate-10': turned(10),
  'rotate-90': throughSharp((image) => image.rotate(90)),
  'rotate-180': throughSharp((image) => image.rotate(180)),
  'rotate-270': throughSharp((image) => image.rotate(270)),
  'crop-2': evenCrop(0.02),
  'crop-5': evenCrop(0.05),
  'crop-10': evenCrop(0.1),
  'crop-20': evenCrop(0.2),
  'crop-off-centre': pixels(({ picture, random }) => {
    const [left, top] = random() < 0.5 ? [0.2, 0.04] : [0.03, 0.18];
    return cropped(picture, { left, top, right: 0.02, bottom: 0.05 });
  }),
  'crop-random': pixels(({ picture, random }) => randomCrop(picture, random, 0.6)),
  'border-5': bordered(0.05),
  'border-12': bordered(0.12),
  letterbox: pixels(({ picture, random }) => {
    const isWide = picture.widthPx * 9 < picture.heightPx * 16;
    const widthPx = isWide ? Math.round((picture.heightPx * 16) / 9) : picture.widthPx;
    const heightPx = isWide ? picture.heightPx : Math.round((picture.widthPx * 9) / 16);
    const ground = plain(widthPx, Math.max(heightPx, picture.heightPx), random() < 0.7 ? BLACK : WHITE);
    return paste(ground, picture, (widthPx - picture.widthPx) / 2, (ground.heightPx - picture.heightPx) / 2);
  }),
  watermark: pixels(({ picture }) => {
    const first = centredText(picture, 'SHOP PHOTO', 0.9, { colour: WHITE, opacity01: 0.45 });
    const style = { colour: BLACK, opacity01: 0.3, dotPx: picture.widthPx / 150 };
    return letter(first, 'WINTER', { ...style, x: picture.widthPx * 0.1, y: picture.heightPx * 0.12 });
  }),
  banner: pixels(({ picture }) => {
    const height = Math.round(picture.heightPx * 0.15);
    const y = picture.heightPx - height;
    const withBar = covered(picture, { x: 0, y, width: picture.widthPx, height }, [220, 20, 40]);
    const dotPx = height / 10;
    return letter(withBar, 'SALE 50%', { x: dotPx * 3, y: y + dotPx * 1.5, dotPx, colour: WHITE, opacity01: 1 });
  }),
  'big-text': pixels(({ picture, random }) =>
    centredText(picture, 'SALE', 0.85, { colour: random() < 0.5 ? [255, 235, 0] : [220, 0, 0], opacity01: 1 }),
  ),
  sticker: pixels(({ picture, random }) => {
    const radius = 0.16 * Math.min(picture.widthPx, picture.heightPx);
    const cx = (0.2 + 0.6 * random()) * picture.widthPx;
    const cy = (0.2 + 0.6 * random()) * picture.heightPx;
    const colour: Colour = [random() * 255, 60, random() * 255];
    return mapPixels(picture, (value, x, y, channel) =>
      (x - cx) ** 2 + (y - cy) ** 2 < radius ** 2 ? (colour[channel] as number) : value,
    );
  }),
  invert: pixels(({ picture }) => mapPixels(picture, (value) => 255 - value)),
  'phone-screenshot': pixels(phoneScreenshot),
  'collage-2': pixels(({ picture, others, random }) =>
    collage(shuffledIn(picture, others.slice(0, 1), random), random, 2),
  ),
  'collage-4': pixels(({ picture, others, random }) =>
    collage(shuffledIn(picture, others.slice(0, 3), random), random, 2),
  ),
  'photo-of-screen': pixels(photoOfScreen),
  'combo-mild': async ({ picture, random }) => {
    const part = randomCrop(picture, random, 0.85);
    const marked = letter(part, 'SHOP', {
      x: part.widthPx * 0.05,
      y: part.heightPx * 0.85,
      dotPx: part.widthPx / 120,
      colour: WHITE,
      opacity01: 0.7,
    });
    const small = await resized(marked, part.widthPx * 0.7, part.heightPx * 0.7);
    return asSharp(small).modulate({ brightness: 1.1, saturation: 1.2 }).jpeg({ quality: 60 }).toBuffer();
  },
  'combo-hard': async ({ picture, random }) => {
    const part = randomCrop(mirrored(picture), random, 0.75);
    const tilted = await asRaster(asSharp(part).rotate(random() < 0.5 ? 4 : -4, { background: '#ffffff' }));
    const bar = Math.round(tilted.heightPx * 0.12);
    const barred = covered(tilted, { x: 0, y: 0, width: tilted.widthPx, height: bar }, [20, 60, 200]);
    const bright = mapPixels(barred, (value) => 255 * (value / 255) ** 0.8);
    const small = await resized(bright, tilted.widthPx * 0.6, tilted.heightPx * 0.6);
    return asSharp(small).jpeg({ quality: 40 }).toBuffer();
  },
} as const satisfies Record<string, Transform>;

export type TransformName = keyof typeof TRANSFORMS;

/** The picture that transforms start from: upright, at most 800 pixels a side. */
export async function loadSource(bytes: Uint8Array): Promise<PictureRaster> {
  return asRaster(
    sharp(bytes, { failOn: 'none' })
      .autoOrient()
      .resize(800, 800, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' }),
  );
}
