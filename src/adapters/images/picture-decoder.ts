import sharp, { type Metadata } from 'sharp';
import { AppError } from '../../domain/errors.ts';
import type { PictureRaster } from '../../detectors/image/raster.ts';
import type { PictureFlag } from '../../detectors/image/image-facts.ts';
import type { PictureLimits } from './picture-limits.ts';

/** A decoded picture: one raster for each frame that is looked at, and what was noticed. */
export interface DecodedPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frames: readonly PictureRaster[];
  readonly flags: readonly PictureFlag[];
}

/** Frames of an animation that are looked at: first, middle, last. */
const MAX_FRAMES = 3;
/** Longer side below which a raster is not reduced further: descriptors and hashes need no more. */
const MIN_RASTER_SIDE_PX = 240;
/** Longer side above which a raster of a format without cheap reduction is reduced in any case. */
const MAX_RASTER_SIDE_PX = 479;

let isRestricted = false;

/**
 * Shuts every loader of libvips but the five formats. It holds for the whole process and for good, which is what is
 * wanted where pictures of strangers are read: what renders SVG must do so in another process.
 */
export function restrictLoaders(): void {
  if (isRestricted) return;
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpeg',
      'VipsForeignLoadPng',
      'VipsForeignLoadWebp',
      'VipsForeignLoadNsgif',
      'VipsForeignLoadHeif',
    ],
  });
  // Parallelism comes from several pictures at once; a cache of strangers' pictures is only memory.
  sharp.concurrency(1);
  sharp.cache(false);
  isRestricted = true;
}

/**
 * Decodes to upright sRGB on white. A file that breaks off is decoded as far as it goes and flagged TRUNCATED.
 * @throws AppError `image.too-large`, `image.undecodable`.
 */
export async function decodePicture(bytes: Uint8Array, limits: PictureLimits): Promise<DecodedPicture> {
  const header = await readHeader(bytes, limits);
  const flags = new Set<PictureFlag>();
  if (header.pages > 1) flags.add('ANIMATED');
  if (header.hasAlpha) flags.add('TRANSPARENT');
  if (header.space === 'cmyk') flags.add('CMYK');
  if (header.isTurned) flags.add('TURNED');
  const frames: PictureRaster[] = [];
  for (const page of framesOf(header.pages)) {
    try {
      frames.push(await decodeFrame(bytes, { header, page, limits, failOn: 'error' }));
    } catch (cause) {
      if (isTimeout(cause)) throw undecodable('takes too long to decode', cause);
      try {
        frames.push(await decodeFrame(bytes, { header, page, limits, failOn: 'none' }));
        flags.add('TRUNCATED');
      } catch (second) {
        // A later frame that is missing altogether only shortens the animation.
        if (frames.length === 0) throw undecodable('is damaged beyond reading', second);
        flags.add('TRUNCATED');
      }
    }
  }
  return { widthPx: header.widthPx, heightPx: header.heightPx, frames, flags: [...flags] };
}

interface Header {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pages: number;
  readonly hasAlpha: boolean;
  readonly isTurned: boolean;
  readonly space: string;
}

async function readHeader(bytes: Uint8Array, limits: PictureLimits): Promise<Header> {
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes, { failOn: 'none', limitInputPixels: false }).metadata();
  } catch (cause) {
    throw undecodable('has a header that cannot be read', cause);
  }
  const widthPx = metadata.autoOrient.width;
  const heightPx = metadata.pageHeight === undefined ? metadata.autoOrient.height : metadata.pageHeight;
  if (widthPx * heightPx > limits.maxPixels) {
    throw new AppError(
      'image.too-large',
      `The picture has ${widthPx} × ${heightPx} pixels, more than ${limits.maxPixels} in all: send a smaller one.`,
    );
  }
  if (Math.max(widthPx, heightPx) > limits.maxSidePx) {
    throw new AppError(
      'image.too-large',
      `The picture has ${widthPx} × ${heightPx} pixels, more than ${limits.maxSidePx} on one side: send a smaller one.`,
    );
  }
  return {
    widthPx,
    heightPx,
    pages: metadata.pages ?? 1,
    hasAlpha: metadata.hasAlpha,
    isTurned: (metadata.orientation ?? 1) !== 1,
    space: metadata.space,
  };
}

function framesOf(pages: number): readonly number[] {
  if (pages <= 1) return [0];
  const last = pages - 1;
  return [...new Set([0, Math.floor(last / 2), last])].slice(0, MAX_FRAMES);
}

async function decodeFrame(
  bytes: Uint8Array,
  how: {
    readonly header: Header;
    readonly page: number;
    readonly limits: PictureLimits;
    readonly failOn: 'none' | 'error';
  },
): Promise<PictureRaster> {
  const { header, page, limits, failOn } = how;
  const { widthPx, heightPx } = rasterSize(header);
  const { data, info } = await sharp(bytes, { failOn, limitInputPixels: limits.maxPixels, page, pages: 1 })
    .timeout({ seconds: Math.ceil(limits.decodeTimeoutMs / 1_000) })
    .autoOrient()
    .resize(widthPx, heightPx, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgb: toThreeChannels(data, info.channels) };
}

/**
 * The size to decode to: the picture halved as often as leaves the longer side at 240 pixels or more. JPEG and WebP
 * decoders halve while they decode, all but the last time, which sharp leaves to a filter where the ratio is whole.
 */
function rasterSize(header: Header): { widthPx: number; heightPx: number } {
  const longer = Math.max(header.widthPx, header.heightPx);
  let divisor = 1;
  while (longer / (divisor * 2) >= MIN_RASTER_SIDE_PX && divisor < 8) divisor *= 2;
  if (longer / divisor > MAX_RASTER_SIDE_PX) divisor = longer / MAX_RASTER_SIDE_PX;
  return {
    widthPx: Math.max(1, Math.ceil(header.widthPx / divisor)),
    heightPx: Math.max(1, Math.ceil(header.heightPx / divisor)),
  };
}

function toThreeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = data[i * channels + (channels >= 3 ? c : 0)] as number;
  }
  return rgb;
}

function undecodable(what: string, cause: unknown): AppError {
  const told = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new AppError('image.undecodable', `The picture ${what} (${told.slice(0, 200)}): send it again, or another.`, {
    cause,
  });
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && /timeout/i.test(cause.message);
}
