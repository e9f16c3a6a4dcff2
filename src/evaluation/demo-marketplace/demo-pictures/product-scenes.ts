import sharp, { type Sharp } from 'sharp';
import type { SeededRandom } from '../seeded-random.ts';
import { drawBackdrop } from './backdrops.ts';
import { drawBackpack, drawBottle, drawFragrance, drawHandbag, drawWallet } from './carried-goods.ts';
import { pickProductColours } from './colours.ts';
import { drawCharger, drawHeadphones, drawPhoneCase, drawSpeaker } from './electronics.ts';
import {
  drawCandle,
  drawKettle,
  drawLamp,
  drawMug,
  drawNotebook,
  drawPlantPot,
  drawPoster,
  drawToy,
} from './household-goods.ts';
import type { Branding, ProductDrawing } from './product-drawing.ts';
import { drawCap, drawShirt, drawSneaker, drawSunglasses, drawWatch, drawWatchStrap } from './wearables.ts';

/** What a picture may show. */
const PRODUCT_DRAWINGS = {
  sneaker: drawSneaker,
  shirt: drawShirt,
  cap: drawCap,
  sunglasses: drawSunglasses,
  watch: drawWatch,
  strap: drawWatchStrap,
  handbag: drawHandbag,
  backpack: drawBackpack,
  wallet: drawWallet,
  bottle: drawBottle,
  fragrance: drawFragrance,
  mug: drawMug,
  kettle: drawKettle,
  lamp: drawLamp,
  pot: drawPlantPot,
  candle: drawCandle,
  poster: drawPoster,
  notebook: drawNotebook,
  toy: drawToy,
  headphones: drawHeadphones,
  speaker: drawSpeaker,
  charger: drawCharger,
  case: drawPhoneCase,
} as const satisfies Record<string, ProductDrawing>;
export type ProductKind = keyof typeof PRODUCT_DRAWINGS;

/** Height at which a thing touches the ground, where that is not 140: nothing may float above its shadow. */
const FOOT_Y: Partial<Readonly<Record<ProductKind, number>>> = {
  sneaker: 114,
  cap: 90,
  sunglasses: 62,
  wallet: 96,
  speaker: 134,
  charger: 116,
  headphones: 108,
};

const MUST_STAND: ReadonlySet<ProductKind> = new Set([
  'candle',
  'lamp',
  'pot',
  'kettle',
  'toy',
  'fragrance',
  'speaker',
]);

const FRAMES = [
  { width: 512, height: 512 },
  { width: 512, height: 512 },
  { width: 560, height: 448 },
  { width: 448, height: 560 },
] as const;

/** Quality of the pictures kept in the repository, 1–100: 300 listings have to fit in a few megabytes. */
const WEBP_QUALITY = 74;

/** Encodes raw or encoded pixels as the WebP that the demo keeps. */
export const encodeWebp = (image: Sharp): Promise<Buffer> =>
  image.webp({ quality: WEBP_QUALITY, effort: 4 }).toBuffer();

/**
 * A product in front of a backdrop, as SVG. `product` fixes the object and `setting` the surroundings, so that two
 * settings of one product are two pictures of the same thing.
 */
export const composeScene = (
  kind: ProductKind,
  branding: Branding,
  chance: { readonly product: SeededRandom; readonly setting: SeededRandom },
): string => {
  const { product, setting } = chance;
  const frame = setting.pick(FRAMES);
  const backdrop = drawBackdrop(setting, frame, !MUST_STAND.has(kind));
  const colours = pickProductColours(product);
  const drawing = PRODUCT_DRAWINGS[kind]({ random: product, colours, branding });
  const scale = (Math.min(frame.width, frame.height) / 300) * setting.between(0.66, 0.9);
  const x = frame.width * setting.between(0.4, 0.6);
  const foot = FOOT_Y[kind] ?? 140;
  const lies = backdrop.isFlatLay;
  const y = lies ? frame.height * setting.between(0.44, 0.56) : frame.height * backdrop.ground01 - foot * scale;
  const turn = lies ? setting.integer(-24, 24) : setting.integer(-3, 3);
  const mirror = setting.chance(0.35) && branding.word === undefined && branding.drawEmblem === undefined ? -1 : 1;
  const shadow = lies
    ? `<ellipse cx="${x + 14 * scale}" cy="${y + 18 * scale}" rx="${128 * scale}" ry="${124 * scale}" fill="url(#shadow)" opacity="0.5"/>`
    : `<ellipse cx="${x}" cy="${y + foot * scale}" rx="${150 * scale}" ry="${22 * scale}" fill="url(#shadow)"/>`;
  const lightX = setting.integer(0, 100);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}"><defs>` +
    '<radialGradient id="shadow"><stop offset="0" stop-color="#000" stop-opacity="0.6"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient>' +
    `<radialGradient id="light" cx="${lightX}%" cy="${setting.integer(0, 40)}%" r="${setting.integer(60, 110)}%"><stop offset="0" stop-color="#fff" stop-opacity="${setting.between(0.14, 0.4).toFixed(2)}"/><stop offset="1" stop-color="#000" stop-opacity="${setting.between(0.04, 0.3).toFixed(2)}"/></radialGradient></defs>` +
    `${backdrop.svg}${shadow}<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn}) scale(${(scale * mirror).toFixed(3)} ${scale.toFixed(3)})">${drawing}</g>` +
    `<rect width="${frame.width}" height="${frame.height}" fill="url(#light)"/></svg>`
  );
};

/** Renders an SVG of the demo to WebP. */
export const renderScene = (svg: string): Promise<Buffer> =>
  encodeWebp(sharp(Buffer.from(svg)).flatten({ background: '#fff' }));
