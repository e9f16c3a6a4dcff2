import sharp from 'sharp';
import { AppError } from '../../domain/errors.ts';
import { encodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import { makePictureKeys, type PictureKeys } from '../../detectors/image/picture-keys.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';
import type { PictureReading } from '../../pipeline/ports.ts';
import { decodePicture, type DecodedPicture } from './picture-decoder.ts';
import { sniffPicture } from './picture-format.ts';
import type { PictureLimits } from './picture-limits.ts';

const PREVIEW_SIDE_PX = 640;

/** Reads one picture in this thread. What cannot be read is told with a code, never thrown. */
export async function readPicture(
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
