import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodePictureKeys, encodePictureKeys, KEYS_VERSION } from '../../../src/detectors/image/picture-keys-codec.ts';
import { makePictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import type { PictureReader, QueuedJob } from '../../../src/pipeline/ports.ts';
import {
  RENEWAL_START,
  renewPictures,
  type PictureRenewalStore,
  type RenewablePicture,
} from '../../../src/pipeline/renew-pictures.ts';
import { drawPicture, shippedSettings } from './drawn-picture.ts';

const raster = drawPicture(9, { widthPx: 300, heightPx: 225 });
const keysOf = (size: { widthPx: number; heightPx: number }) =>
  encodePictureKeys(makePictureKeys(raster, size, shippedSettings));
const current = keysOf({ widthPx: 1_200, heightPx: 900 });
const ofPreview = keysOf({ widthPx: 640, heightPx: 480 });
const older = current.with(0, KEYS_VERSION - 1);
const BROKEN = Uint8Array.of(1, 2, 3);
const PREVIEW = Uint8Array.of(7);

/** Gives keys of a picture of 640 × 480, as a preview has; cannot read `BROKEN`. */
const reader = (readings: Uint8Array[] = []): PictureReader => ({
  read(bytes) {
    readings.push(bytes);
    if (bytes.length === BROKEN.length) {
      return Promise.resolve({ kind: 'unreadable', code: 'image.undecodable', detail: 'damaged' });
    }
    return Promise.resolve({
      kind: 'read',
      contentSha256: 'a'.repeat(64),
      mediaType: 'image/webp',
      widthPx: 640,
      heightPx: 480,
      flags: [],
      keys: ofPreview,
      preview: PREVIEW,
    });
  },
});

function storeOf(pictures: readonly RenewablePicture[]) {
  const rows = new Map(pictures.map((picture) => [picture.contentSha256, picture]));
  const sums = new Map<string, string>();
  const store: PictureRenewalStore = {
    staleAfter: (after, limit, { keysVersion, modelDigest }) =>
      Promise.resolve(
        [...rows.values()]
          .filter(({ contentSha256 }) => contentSha256 > after)
          .filter(
            ({ keys, original, hasMd5 }) =>
              keys[0] !== keysVersion ||
              (modelDigest !== undefined && !Buffer.from(keys.subarray(-32)).equals(Buffer.from(modelDigest, 'hex'))) ||
              (original !== undefined && !hasMd5),
          )
          .map(({ contentSha256 }) => contentSha256)
          .sort()
          .slice(0, limit),
      ),
    renewable: (contentSha256) => Promise.resolve(rows.get(contentSha256)),
    renew(contentSha256, { keys, md5 }) {
      rows.set(contentSha256, { ...rows.get(contentSha256)!, keys, ...(md5 === undefined ? {} : { hasMd5: true }) });
      if (md5 !== undefined) sums.set(contentSha256, md5);
      return Promise.resolve();
    },
  };
  return { rows, sums, store };
}

const picture = (number: number, rest: Partial<RenewablePicture> = {}): RenewablePicture => ({
  contentSha256: createHash('sha256').update(`${number}`).digest('hex'),
  widthPx: 1_200,
  heightPx: 900,
  keys: older,
  hasMd5: true,
  preview: PREVIEW,
  ...rest,
});

/** Runs jobs until none is left; `fails` may break one off. */
async function pass(ports: Omit<Parameters<typeof renewPictures>[0], 'queues'>, fails?: (run: number) => boolean) {
  const waiting: QueuedJob[] = [RENEWAL_START];
  const told = { renewed: 0, kept: 0, jobs: 0 };
  const queues = { addMany: (jobs: readonly QueuedJob[]) => Promise.resolve(void waiting.push(...jobs)) };
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    told.jobs++;
    if (fails?.(told.jobs) === true) throw new Error('the process ended');
    const { renewed, kept } = await renewPictures(
      { ...ports, queues },
      (job.data as { afterSha256: string }).afterSha256,
    );
    told.renewed += renewed;
    told.kept += kept;
  }
  return told;
}

describe('keys of an older version', () => {
  it('are all made anew, page by page, and a second pass finds nothing to do', async () => {
    const { rows, store } = storeOf(Array.from({ length: 120 }, (_, i) => picture(i)));
    expect(await pass({ store, reader: reader() })).toMatchObject({ renewed: 120, kept: 0 });
    for (const { keys } of rows.values()) expect(decodePictureKeys(keys).kind).toBe('keys');
    const readings: Uint8Array[] = [];
    expect(await pass({ store, reader: reader(readings) })).toMatchObject({ renewed: 0, kept: 0, jobs: 1 });
    expect(readings).toEqual([]);
  });

  it('are gone on with where a process ended', async () => {
    const { rows, store } = storeOf(Array.from({ length: 120 }, (_, i) => picture(i)));
    await expect(pass({ store, reader: reader() }, (run) => run === 2)).rejects.toThrow('ended');
    const left = [...rows.values()].filter(({ keys }) => keys[0] !== KEYS_VERSION).length;
    expect(left).toBe(70);
    expect(await pass({ store, reader: reader() })).toMatchObject({ renewed: 70, kept: 0 });
  });

  it('tell the size of the picture, not of the preview that they were made from', async () => {
    const { rows, store } = storeOf([picture(1)]);
    await pass({ store, reader: reader() });
    const decoded = decodePictureKeys([...rows.values()][0]!.keys);
    expect(decoded).toMatchObject({ kind: 'keys', keys: { widthPx: 1_200, heightPx: 900 } });
  });

  it('come from the bytes where these are still there, and the preview where the bytes are broken', async () => {
    const [whole, broken] = [Uint8Array.of(1, 2), BROKEN];
    const { rows, store } = storeOf([picture(1, { original: whole }), picture(2, { original: broken })]);
    const readings: Uint8Array[] = [];
    expect(await pass({ store, reader: reader(readings) })).toMatchObject({ renewed: 2 });
    expect(readings).toContainEqual(whole);
    expect(readings.filter((bytes) => bytes === PREVIEW)).toHaveLength(1);
    expect([...rows.values()].every(({ keys }) => keys[0] === KEYS_VERSION)).toBe(true);
  });

  it('stay where nothing can be read any more', async () => {
    const { rows, store } = storeOf([picture(1, { preview: BROKEN }), picture(2)]);
    expect(await pass({ store, reader: reader() })).toMatchObject({ renewed: 1, kept: 1 });
    expect(rows.get(picture(1).contentSha256)?.keys).toEqual(older);
  });
});

describe('current keys', () => {
  it('are not computed again for the sum of the bytes alone', async () => {
    const original = Uint8Array.of(5, 6);
    const { sums, store } = storeOf([picture(1, { keys: current, original, hasMd5: false })]);
    const readings: Uint8Array[] = [];
    expect(await pass({ store, reader: reader(readings) })).toMatchObject({ renewed: 1 });
    expect(readings).toEqual([]);
    expect([...sums.values()]).toEqual([createHash('md5').update(original).digest('hex')]);
  });

  it('get the vector of a model that is new, from the preview', async () => {
    const modelDigest = 'ab'.repeat(32);
    const learned: PictureReader['learned'] = {
      modelDigest: () => modelDigest,
      addTo(keys, preview) {
        const decoded = decodePictureKeys(keys);
        if (decoded.kind !== 'keys') throw new Error(decoded.why);
        return Promise.resolve(
          encodePictureKeys({ ...decoded.keys, embedding: { modelDigest, vector: Int8Array.from(preview) } }),
        );
      },
    };
    const { rows, store } = storeOf([picture(1, { keys: current })]);
    const readings: Uint8Array[] = [];
    expect(await pass({ store, reader: { ...reader(readings), learned } })).toMatchObject({ renewed: 1 });
    expect(readings).toEqual([]);
    expect(decodePictureKeys([...rows.values()][0]!.keys)).toMatchObject({
      keys: { embedding: { modelDigest, vector: Int8Array.from(PREVIEW) } },
    });
  });
});
