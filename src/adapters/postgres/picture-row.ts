import { hashToHex } from '../../detectors/image/hash256.ts';
import { decodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import type { PictureReading } from '../../pipeline/ports.ts';

/** The columns that are taken out of keys, so that SQL finds them. */
export function keyColumns(keys: Uint8Array) {
  const decoded = decodePictureKeys(keys);
  return {
    keys: Uint8Array.from(keys),
    keysVersion: keys[0] ?? 0,
    ...(decoded.kind === 'keys'
      ? {
          pdq: hashToHex(decoded.keys.pdq.bits),
          pdqQuality: decoded.keys.pdq.quality,
          modelDigest: decoded.keys.embedding?.modelDigest ?? null,
        }
      : {}),
  };
}

/** What is stored of a picture that was read, once for each content. */
export function pictureRow(reading: Extract<PictureReading, { readonly kind: 'read' }>, now: Date) {
  const { contentSha256, mediaType, widthPx, heightPx, flags, keys, preview, md5 } = reading;
  return {
    contentSha256,
    mediaType,
    widthPx,
    heightPx,
    flags: [...flags],
    ...keyColumns(keys),
    preview: Uint8Array.from(preview),
    md5: md5 ?? null,
    createdAt: now,
  };
}
