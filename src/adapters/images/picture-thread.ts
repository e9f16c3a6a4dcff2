import type { ImageSettings } from '../../detectors/image/settings.ts';
import type { PictureReading } from '../../pipeline/ports.ts';
import { restrictLoaders } from './picture-decoder.ts';
import type { PictureLimits } from './picture-limits.ts';
import { readPicture } from './read-picture.ts';

/** What a thread of the picture pool is asked. */
export interface PictureTask {
  readonly bytes: Uint8Array;
  readonly contentSha256: string;
  readonly limits: PictureLimits;
  readonly settings: ImageSettings;
}

restrictLoaders();

/** Reads one picture; run by the pool in a thread of its own. */
export default async function read({ bytes, ...how }: PictureTask): Promise<PictureReading> {
  const reading = await readPicture(bytes, how);
  // Copies that own their memory: a view of a pooled buffer would carry the whole pool to the other thread.
  return reading.kind === 'unreadable'
    ? reading
    : { ...reading, keys: Uint8Array.from(reading.keys), preview: Uint8Array.from(reading.preview) };
}
