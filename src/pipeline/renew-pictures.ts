import { decodePictureKeys, encodePictureKeys, KEYS_VERSION } from '../detectors/image/picture-keys-codec.ts';
import type { StoredPicture } from './check-store.ts';
import { bytesMd5 } from './content-digest.ts';
import type { JobQueues, PictureReader, QueuedJob } from './ports.ts';

/** What keys should be made of by now. */
export interface CurrentKeys {
  readonly keysVersion: number;
  /** Of the learned model, where one is in use. */
  readonly modelDigest?: string;
}

/** A stored picture with what is left to make its keys from. */
export interface RenewablePicture {
  readonly contentSha256: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly keys: Uint8Array;
  /** Whether the sum of its bytes is kept for others' lists. */
  readonly hasMd5: boolean;
  readonly preview: Uint8Array;
  /** The very bytes, while the upload is kept. */
  readonly original?: Uint8Array;
}

export interface PictureRenewalStore {
  /** Pictures after a content, in its order, whose keys are not current, or that lack what can be filled in. */
  staleAfter(contentSha256: string, limit: number, current: CurrentKeys): Promise<readonly string[]>;
  renewable(contentSha256: string): Promise<RenewablePicture | undefined>;
  /** Stores new keys; the indexes of every process take them in. */
  renew(contentSha256: string, renewed: { readonly keys: Uint8Array; readonly md5?: string }): Promise<void>;
}

export interface RenewalPorts {
  readonly store: PictureRenewalStore;
  readonly reader: PictureReader;
}

/** Pictures of one job: some seconds of work, so that a process that stops loses little. */
const PAGE = 50;

/** The first job of a pass over all pictures; while one waits or runs, asking again adds none. */
export const RENEWAL_START: QueuedJob = { queue: 'picture-renewal', id: 'renewal:', data: { afterSha256: '' } };

/**
 * Makes the keys of one page of pictures anew where they are of an older version of Assay or of another model, and asks
 * for the next page. Called twice it changes nothing the second time.
 *
 * @returns how many were renewed, and how many keep what they have because they could not be read again
 */
export async function renewPictures(
  ports: RenewalPorts & { readonly queues: Pick<JobQueues, 'addMany'> },
  afterSha256: string,
): Promise<{ readonly renewed: number; readonly kept: number }> {
  const modelDigest = ports.reader.learned?.modelDigest();
  const current = { keysVersion: KEYS_VERSION, ...(modelDigest === undefined ? {} : { modelDigest }) };
  const stale = await ports.store.staleAfter(afterSha256, PAGE, current);
  let renewed = 0;
  for (const contentSha256 of stale) if ((await renewPicture(ports, contentSha256)) !== undefined) renewed++;
  const last = stale.at(-1);
  if (last !== undefined && stale.length === PAGE) {
    await ports.queues.addMany([{ ...RENEWAL_START, id: `renewal:${last}`, data: { afterSha256: last } }]);
  }
  return { renewed, kept: stale.length - renewed };
}

/** Makes the keys of one picture anew and stores them; undefined where it is gone or cannot be read again. */
async function renewPicture({ store, reader }: RenewalPorts, contentSha256: string): Promise<Uint8Array | undefined> {
  const picture = await store.renewable(contentSha256);
  if (picture === undefined) return undefined;
  const keys = await currentKeys(reader, picture);
  if (keys === undefined) return undefined;
  const md5 = picture.original === undefined || picture.hasMd5 ? {} : { md5: bytesMd5(picture.original) };
  await store.renew(contentSha256, { keys, ...md5 });
  return keys;
}

async function currentKeys(reader: PictureReader, picture: RenewablePicture): Promise<Uint8Array | undefined> {
  const { keys, preview, original, widthPx, heightPx } = picture;
  const stored = decodePictureKeys(keys);
  if (stored.kind === 'keys') {
    const isByModel = stored.keys.embedding?.modelDigest === reader.learned?.modelDigest();
    return isByModel || reader.learned === undefined ? keys : reader.learned.addTo(keys, preview);
  }
  for (const bytes of original === undefined ? [preview] : [original, preview]) {
    const reading = await reader.read(bytes);
    const decoded = reading.kind === 'read' ? decodePictureKeys(reading.keys) : undefined;
    // The preview is smaller than the picture was: keys tell the size of the picture.
    if (decoded?.kind === 'keys') return encodePictureKeys({ ...decoded.keys, widthPx, heightPx });
  }
  return undefined;
}

/**
 * A stored picture with keys that this version reads, where it can be read at all: a check that comes before the renewal
 * makes them itself, for a picture of which nothing is known would look like a broken one.
 */
export async function withCurrentKeys(ports: RenewalPorts, picture: StoredPicture): Promise<StoredPicture> {
  if (decodePictureKeys(picture.keys).kind === 'keys') return picture;
  const keys = await renewPicture(ports, picture.contentSha256);
  return keys === undefined ? picture : { ...picture, keys };
}
