import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { AppError } from '../../domain/errors.ts';
import { encodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import { makePictureKeys, type PictureKeys } from '../../detectors/image/picture-keys.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';
import type { PictureReader, PictureReading } from '../../pipeline/ports.ts';
import { createConcurrencyGate } from './concurrency-gate.ts';
import { decodePicture, restrictLoaders, type DecodedPicture } from './picture-decoder.ts';
import { sniffPicture } from './picture-format.ts';

/** What one picture may cost. */
export interface PictureLimits {
  readonly maxBytes: number;
  /** Width times height. */
  readonly maxPixels: number;
  readonly decodeTimeoutMs: number;
  /** Pictures decoded at the same time; memory is bounded by this times `maxPixels`. */
  readonly maxConcurrent: number;
}

/** 50 megapixels: a progressive JPEG of that size needs some 200 MB while it is decoded (measured). */
export const DEFAULT_PICTURE_LIMITS: PictureLimits = {
  maxBytes: 20_971_520,
  maxPixels: 50_000_000,
  decodeTimeoutMs: 10_000,
  maxConcurrent: 2,
};

const PREVIEW_SIDE_PX = 640;

/** Reads pictures with sharp. What cannot be read is told with a code, never thrown; the same bytes are read once at a time. */
export function createPictureReader(options: {
  readonly settings: ImageSettings;
  readonly limits?: Partial<PictureLimits>;
}): PictureReader {
  restrictLoaders();
  const limits: PictureLimits = { ...DEFAULT_PICTURE_LIMITS, ...options.limits };
  const gate = createConcurrencyGate(limits.maxConcurrent);
  const inFlight = new Map<string, Promise<PictureReading>>();
  return {
    read(bytes) {
      const contentSha256 = createHash('sha256').update(bytes).digest('hex');
      const running = inFlight.get(contentSha256);
      if (running !== undefined) return running;
      const reading = gate
        .run(() => readOne(bytes, { contentSha256, limits, settings: options.settings }))
        .finally(() => inFlight.delete(contentSha256));
      inFlight.set(contentSha256, reading);
      return reading;
    },
  };
}

async function readOne(
  bytes: Uint8Array,
  how: { readonly contentSha256: string; readonly limits: PictureLimits; readonly settings: ImageSettings },
): Promise<PictureReading> {
  const { contentSha256, limits, settings } = how;
  if (bytes.length > limits.maxBytes) {
    return unreadable('image.too-large', `The picture has ${bytes.length} bytes, more than ${limits.maxBytes}.`);
  }
  const format = sniffPicture(bytes);
  if (format.kind === 'unknown') {
    return unreadable('image.not-an-image', 'The bytes are none of JPEG, PNG, WebP, AVIF, GIF.');
  }
  if (format.kind === 'undecodable') return unreadable('image.undecodable', `${format.why}.`);
  try {
    const decoded = await decodePicture(bytes, limits);
    return {
      kind: 'read',
      contentSha256,
      mediaType: format.mediaType,
      widthPx: decoded.widthPx,
      heightPx: decoded.heightPx,
      flags: decoded.flags,
      keys: encodePictureKeys(keysOf(decoded, settings)),
      preview: await makePreview(bytes, decoded, limits),
    };
  } catch (fault) {
    if (fault instanceof AppError) return unreadable(fault.code, fault.message);
    throw fault;
  }
}

/** Keys of the first frame, with those of the others beside it. */
function keysOf(decoded: DecodedPicture, settings: ImageSettings): PictureKeys {
  const [first, ...others] = decoded.frames.map((frame) => makePictureKeys(frame, decoded, settings));
  return others.length === 0 ? (first as PictureKeys) : { ...(first as PictureKeys), otherFrames: others };
}

async function makePreview(bytes: Uint8Array, decoded: DecodedPicture, limits: PictureLimits): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { failOn: 'none', limitInputPixels: limits.maxPixels, page: 0, pages: 1 })
      .timeout({ seconds: Math.ceil(limits.decodeTimeoutMs / 1_000) })
      .autoOrient()
      .resize(PREVIEW_SIDE_PX, PREVIEW_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .webp({ quality: 78, effort: 1 })
      .toBuffer();
  } catch {
    // A damaged file may decode once and fail at another size: what was decoded is shown instead.
    const raster = decoded.frames[0];
    if (raster === undefined) throw new AppError('image.undecodable', 'The picture has no frame that can be shown.');
    return sharp(raster.rgb, { raw: { width: raster.widthPx, height: raster.heightPx, channels: 3 } })
      .webp({ quality: 78, effort: 1 })
      .toBuffer();
  }
}

function unreadable(code: AppError['code'], detail: string): PictureReading {
  return { kind: 'unreadable', code, detail };
}
