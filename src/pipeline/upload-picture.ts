import { AppError } from '../domain/errors.ts';
import { bytesDigest } from './content-digest.ts';
import type { IntakeStore } from './intake-store.ts';
import type { Clock } from './ports.ts';

const startsWith = (bytes: Uint8Array, text: string, offset = 0): boolean =>
  Buffer.from(bytes.subarray(offset, offset + text.length)).toString('latin1') === text;

/** First bytes of the formats that are read. Source: each format's own signature; AVIF and HEIF by their ftyp brand. */
const SIGNATURES: readonly ((bytes: Uint8Array) => boolean)[] = [
  (bytes) => startsWith(bytes, '\u00ff\u00d8\u00ff'),
  (bytes) => startsWith(bytes, '\u0089PNG\r\n\u001a\n'),
  (bytes) => startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a'),
  (bytes) => startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8),
  (bytes) =>
    startsWith(bytes, 'ftyp', 4) && ['avif', 'avis', 'mif1', 'heic'].some((brand) => startsWith(bytes, brand, 8)),
  (bytes) => startsWith(bytes, 'II*\u0000') || startsWith(bytes, 'MM\u0000*'),
];

/** Whether the bytes begin as a picture of a supported format does; they may still turn out to be damaged. */
const looksLikePicture = (bytes: Uint8Array): boolean => SIGNATURES.some((fits) => fits(bytes));

/**
 * Keeps the bytes of a picture for a listing to name. The id is the digest of the bytes, so the same picture twice is one.
 *
 * @throws AppError `image.not-an-image`
 */
export async function uploadPicture(
  ports: { readonly store: Pick<IntakeStore, 'saveUploads'>; readonly clock: Clock },
  bytes: Uint8Array,
): Promise<string> {
  if (!looksLikePicture(bytes)) {
    throw new AppError('image.not-an-image', 'The bytes do not begin as JPEG, PNG, WebP, GIF, AVIF or TIFF do.');
  }
  const id = bytesDigest(bytes);
  await ports.store.saveUploads([{ id, bytes }], ports.clock.nowMs());
  return id;
}
