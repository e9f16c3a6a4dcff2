import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { PictureSource, PictureStore, StoredPicture } from './check-store.ts';
import { bytesDigest, bytesMd5 } from './content-digest.ts';
import type { PictureFetcher, PictureReader } from './ports.ts';
import { withCurrentKeys } from './renew-pictures.ts';

/** A picture of a listing after reading: its stored keys, or why it has none. */
export type ReadPicture =
  | { readonly kind: 'read'; readonly picture: StoredPicture }
  | { readonly kind: 'unreadable'; readonly position: number; readonly code: ErrorCode; readonly detail: string };

export interface PicturePorts {
  readonly pictures: PictureStore;
  readonly reader: PictureReader;
  readonly fetcher: PictureFetcher;
}

/**
 * Reads every picture of a listing version and records what was read, so that a repeated check finds it done.
 * What was read for this version is not fetched again, and bytes that were read for another are not decoded again.
 *
 * @throws AppError that is retryable when a picture's server does not answer and `isLastAttempt` is false.
 */
export async function readPictures(
  ports: PicturePorts,
  listing: { readonly id: string; readonly version: number },
  { nowMs, isLastAttempt }: { readonly nowMs: number; readonly isLastAttempt: boolean },
): Promise<readonly ReadPicture[]> {
  const sources = await ports.pictures.sources(listing.id, listing.version);
  const read: ReadPicture[] = [];
  for (const source of sources) {
    if (source.stored !== undefined) {
      read.push({ kind: 'read', picture: await withCurrentKeys(renewalOf(ports), source.stored) });
      continue;
    }
    const place = { listingId: listing.id, version: listing.version, position: source.position };
    const picture = await readOne(ports, place, source, nowMs).catch((fault: unknown) => {
      if (!(fault instanceof AppError) || (fault.isRetryable && !isLastAttempt)) throw fault;
      return { kind: 'unreadable' as const, position: source.position, code: fault.code, detail: fault.message };
    });
    if (picture.kind === 'unreadable') await ports.pictures.record(place, picture, nowMs);
    read.push(picture);
  }
  return read;
}

/** What makes the keys of stored pictures anew. */
export const renewalOf = ({ pictures, reader }: Pick<PicturePorts, 'pictures' | 'reader'>) => ({
  store: pictures,
  reader,
});

async function readOne(
  { pictures, reader, fetcher }: PicturePorts,
  place: { readonly listingId: string; readonly version: number; readonly position: number },
  source: PictureSource,
  nowMs: number,
): Promise<ReadPicture> {
  const { position } = place;
  const bytes = await loadBytes(pictures, fetcher, source);
  const known = await pictures.known(bytesDigest(bytes));
  const reading = known === undefined ? await reader.read(bytes) : undefined;
  if (reading?.kind === 'unreadable')
    return { kind: 'unreadable', position, code: reading.code, detail: reading.detail };
  if (reading !== undefined) {
    const md5 = bytesMd5(bytes);
    await pictures.record(place, { ...reading, md5 }, nowMs);
    const { contentSha256, widthPx, heightPx, flags, keys } = reading;
    return { kind: 'read', picture: { position, contentSha256, md5, widthPx, heightPx, flags, keys } };
  }
  const picture = await withCurrentKeys(renewalOf({ pictures, reader }), { ...known!, position });
  await pictures.recordKnown(place, picture.contentSha256);
  return { kind: 'read', picture };
}

async function loadBytes(pictures: PictureStore, fetcher: PictureFetcher, source: PictureSource): Promise<Uint8Array> {
  if (source.url !== undefined) return fetcher.fetch(source.url);
  const bytes = source.uploadId === undefined ? undefined : await pictures.upload(source.uploadId);
  if (bytes === undefined) {
    throw new AppError(
      'image.upload-missing',
      `The upload “${source.uploadId}” of picture ${source.position} is gone.`,
    );
  }
  return bytes;
}
