import { afterAll, describe, expect, it } from 'vitest';
import { createPictureIndexInThread } from '../../../src/adapters/images/picture-index-in-thread.ts';
import type { Database } from '../../../src/adapters/postgres/database.ts';
import { startLiveIndexes } from '../../../src/adapters/postgres/live-indexes.ts';
import { createPictureIndex, type BankEntry } from '../../../src/detectors/image/picture-index.ts';
import { encodePictureKeys } from '../../../src/detectors/image/picture-keys-codec.ts';
import { makePictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import { searchAhead } from '../../../src/pipeline/search-ahead.ts';
import { drawPicture, rearrange, shippedSettings } from '../../unit/image/drawn-picture.ts';

const original = drawPicture(31);
const keys = makePictureKeys(original, original, shippedSettings);
const cropped = rearrange(original, { widthPx: 280, heightPx: 220 }, (x, y) => [x + 12, y + 9]);
const query = makePictureKeys(cropped, cropped, shippedSettings);
const entry = (id: string): BankEntry => ({
  id,
  bank: 'PROTECTED',
  contentSha256: '0'.repeat(64),
  uploadedAtMs: 1_000,
  ownerLabel: 'Alpenlicht',
});

describe('the picture index in its thread', () => {
  const leftOut: string[] = [];
  const index = createPictureIndexInThread({
    settings: shippedSettings,
    onLeftOut: ({ message }) => leftOut.push(message),
  });
  afterAll(() => index.close());
  /** The thread cannot tell of an entry that is none, and ends. */
  const endThread = async (): Promise<void> => {
    index.put(null as never, Uint8Array.of(0));
    await expect(index.search(query)).rejects.toThrow('has ended');
  };

  it('answers as the index itself does, and tells which keys cannot be read', async () => {
    expect(await index.search(query)).toEqual([]);
    const here = createPictureIndex(shippedSettings);
    here.add({ ...entry('one'), keys });
    index.put(entry('one'), encodePictureKeys(keys));
    index.put(entry('old'), Uint8Array.of(1));
    const [match] = await index.search(query, { banks: ['PROTECTED'] });
    const [expected] = here.search(query);
    expect(match?.entry).toEqual(entry('one'));
    // Stored keys are rounded.
    expect(match?.probability01).toBeCloseTo(expected!.probability01, 2);
    expect(await index.searchLike('one', { banks: ['SELLERS'] })).toEqual([]);
    expect((await index.searchLike('one')).map(({ entry: { id } }) => id)).toEqual(['one']);
    expect(leftOut).toEqual([expect.stringContaining('old')]);
  });

  it('finds nothing silently when its thread has ended, and everything again when it was loaded anew', async () => {
    await endThread();
    await expect(index.search(query)).rejects.toMatchObject({ code: 'internal.unexpected' });
    await expect(searchAhead(index, [pictureFact], ['PROTECTED'])).rejects.toMatchObject({ isRetryable: true });
    const feed = { $queryRaw: () => Promise.resolve([{ seq: null, topic: null, entityId: null, floor: 1n }]) };
    const loads: number[] = [];
    const live = await startLiveIndexes(
      feed as unknown as Database,
      [
        {
          topic: 'bank_picture',
          isLost: () => index.isLost,
          loadAll() {
            loads.push(index.losses);
            index.put(entry('two'), encodePictureKeys(keys));
            index.recover(index.losses);
            return Promise.resolve();
          },
          refresh: () => Promise.resolve(),
        },
      ],
      { onError: () => undefined, pollMs: 3_600_000 },
    );
    await endThread();
    await live.catchUp();
    await live.catchUp();
    await live.stop();
    expect(loads).toEqual([1, 2]);
    expect((await index.search(query)).map(({ entry: { id } }) => id)).toEqual(['two']);
  });

  it('answers what was asked before it was closed, and nothing afterwards', async () => {
    const asked = index.search(query);
    await index.close();
    expect(await asked).toHaveLength(1);
    await expect(index.search(query)).rejects.toThrow('has ended');
  });
});

const pictureFact = {
  kind: 'read' as const,
  index: 0,
  contentSha256: '1'.repeat(64),
  widthPx: 280,
  heightPx: 220,
  keys: query,
  flags: [],
};
