import { hashToHex } from '../../detectors/image/hash256.ts';
import { decodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import type { PictureReading } from '../../pipeline/ports.ts';

/** What is stored of a picture that was read, once for each content. */
export function pictureRow(reading: Extract<PictureReading, { readonly kind: 'read' }>, now: Date) {
  const { contentSha256, mediaType, widthPx, heightPx, flags, keys, preview, md5 } = reading;
  const decoded = decodePictureKeys(keys);
  return {
    contentSha256,
    mediaType,
    widthPx,
    heightPx,
    flags: [...flags],
    keys: Uint8Array.from(keys),
    preview: Uint8Array.from(preview),
    ...(decoded.kind === 'keys' ? { pdq: hashToHex(decoded.keys.pdq.bits), pdqQuality: decoded.keys.pdq.quality } : {}),
    md5: md5 ?? null,
    createdAt: now,
  };
}
