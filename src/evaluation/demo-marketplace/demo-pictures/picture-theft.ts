import sharp, { type Region } from 'sharp';
import type { SeededRandom } from '../seeded-random.ts';
import { encodeWebp } from './product-scenes.ts';
import { drawWord } from './stroke-letters.ts';

/** How a taken picture is changed so that it no longer looks like its source to a simple check. */
export type Disguise =
  | 'RECOMPRESS'
  | 'RESIZE'
  | 'MIRROR'
  | 'CROP'
  | 'RECOLOUR'
  | 'WATERMARK'
  | 'BORDER'
  | 'BANNER'
  | 'TURN'
  | 'MIRROR_AND_CROP';

const overlay = (width: number, height: number, svg: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`);

/** Changes a picture as a thief does. The same random source gives the same bytes. */
export const disguisePicture = async (source: Buffer, disguise: Disguise, random: SeededRandom): Promise<Buffer> => {
  const { width, height } = await sharp(source).metadata();
  const crop = (part01: number): Region => ({
    left: Math.round(width * part01 * random.between(0.3, 0.9)),
    top: Math.round(height * part01 * random.between(0.3, 0.9)),
    width: Math.round(width * (1 - part01)),
    height: Math.round(height * (1 - part01)),
  });
  switch (disguise) {
    case 'RECOMPRESS':
      return sharp(source)
        .jpeg({ quality: random.integer(30, 55) })
        .toBuffer()
        .then((jpeg) => encodeWebp(sharp(jpeg)));
    case 'RESIZE':
      return encodeWebp(sharp(source).resize(Math.round(width * random.between(0.55, 0.8))));
    case 'MIRROR':
      return encodeWebp(sharp(source).flop());
    case 'CROP':
      return encodeWebp(sharp(source).extract(crop(random.between(0.06, 0.1))));
    case 'RECOLOUR':
      return encodeWebp(sharp(source).modulate({ hue: random.integer(40, 300), saturation: 1.25, brightness: 1.06 }));
    case 'WATERMARK':
      return encodeWebp(
        sharp(source).composite([
          {
            input: overlay(
              width,
              height,
              `<g transform="rotate(-24 ${width / 2} ${height / 2})">${drawWord(random.pick(['BEST PRICE', 'TOP SHOP', 'NEW 2026']), { x: width / 2, y: height / 2 }, { height: height * 0.09, colour: '#fff', weight01: 0.16, opacity01: 0.62 })}</g>`,
            ),
          },
        ]),
      );
    case 'BORDER': {
      const edge = Math.round(width * random.between(0.04, 0.08));
      const background = random.pick(['#ffffff', '#111111', '#c0392b', '#f1c40f']);
      return encodeWebp(sharp(source).extend({ top: edge, bottom: edge, left: edge, right: edge, background }));
    }
    case 'BANNER': {
      const tall = Math.round(height * 0.12);
      return encodeWebp(
        sharp(source).composite([
          {
            input: overlay(
              width,
              tall,
              `<rect width="${width}" height="${tall}" fill="#d62828"/>${drawWord(random.pick(['SALE -50%', 'HOT DEAL', 'FAST SHIP']), { x: width / 2, y: tall / 2 }, { height: tall * 0.5, colour: '#fff', weight01: 0.18 })}`,
            ),
            gravity: random.pick(['north', 'south']),
          },
        ]),
      );
    }
    case 'TURN':
      return encodeWebp(sharp(source).rotate(random.pick([90, 270])));
    case 'MIRROR_AND_CROP':
      return encodeWebp(sharp(await sharp(source).flop().toBuffer()).extract(crop(0.07)));
    default: {
      const unknown: never = disguise;
      throw new RangeError(`unknown disguise ${String(unknown)}`);
    }
  }
};
