import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createPictureIndexInThread,
  type PictureIndexInThread,
  type RestoredIndex,
} from '../../../src/adapters/images/picture-index-in-thread.ts';
import { startLiveIndexes, type LiveIndexes } from '../../../src/adapters/postgres/live-indexes.ts';
import { pictureMirror } from '../../../src/adapters/postgres/picture-mirror.ts';
import { encodePictureKeys } from '../../../src/detectors/image/picture-keys-codec.ts';
import { makePictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { drawPicture, shippedSettings } from '../../unit/image/drawn-picture.ts';

const drawn = [61, 62, 63].map((seed) => {
  const picture = drawPicture(seed);
  return makePictureKeys(picture, picture, shippedSettings);
});

interface Running {
  readonly index: PictureIndexInThread;
  readonly indexes: LiveIndexes;
  readonly restored: readonly RestoredIndex[];
  readonly faults: readonly unknown[];
}

describe('the picture index over starts and deaths of its process', () => {
  let database: TestDatabase;
  let snapshots: string;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.clear();
    snapshots = mkdtempSync(path.join(tmpdir(), 'assay-indexes-'));
    for (const [n, keys] of drawn.entries()) {
      await database.prisma.picture.create({
        data: {
          contentSha256: `${n}`.repeat(64),
          mediaType: 'image/png',
          widthPx: 320,
          heightPx: 240,
          flags: [],
          keys: Uint8Array.from(encodePictureKeys(keys)),
          preview: new Uint8Array(1),
          createdAt: new Date(0),
        },
      });
    }
    return () => rmSync(snapshots, { recursive: true, force: true });
  });

  const addToBank = (id: string, n: number) =>
    database.prisma.bankPicture.create({
      data: { id, bank: 'PROTECTED', contentSha256: `${n}`.repeat(64), ownerLabel: id, uploadedAt: new Date(0) },
    });
  const start = async ({ folder = snapshots, isEverDue = true } = {}): Promise<Running> => {
    const restored: RestoredIndex[] = [];
    const faults: unknown[] = [];
    const index = createPictureIndexInThread({
      settings: shippedSettings,
      onLeftOut: (fault) => faults.push(fault),
      ...(folder === '' ? {} : { snapshots: folder }),
    });
    let nowMs = 0;
    const mirror = pictureMirror(database.prisma, index, {
      onRestored: (told) => restored.push(told),
      // Every look at the clock is a day later, so that a snapshot is always due, or the clock stands still.
      monotonicMs: () => (nowMs += isEverDue ? 86_400_000 : 0),
    });
    const indexes = await startLiveIndexes(database.prisma, [mirror], {
      onError: (fault) => faults.push(fault),
      pollMs: 3_600_000,
    });
    return { index, indexes, restored, faults };
  };
  const found = async ({ index }: Pick<Running, 'index'>) =>
    Promise.all(drawn.map(async (keys) => (await index.search(keys)).map(({ entry }) => entry.id).sort()));
  /** What an index says that was read from the database alone. */
  const foundAnew = async () => {
    const running = await start({ folder: '' });
    const told = await found(running);
    await running.indexes.stop();
    return told;
  };

  it('loads what it was and catches up with what was added, disabled and deleted meanwhile', async () => {
    await addToBank('a', 0);
    await addToBank('b', 1);
    await addToBank('c', 1);
    const first = await start();
    expect(first.restored).toEqual([{ kind: 'none' }]);
    await addToBank('d', 2);
    await first.indexes.catchUp();
    await first.indexes.stop();
    await database.prisma.bankPicture.update({ where: { id: 'a' }, data: { isEnabled: false } });
    await database.prisma.bankPicture.delete({ where: { id: 'b' } });
    await addToBank('e', 0);

    const second = await start();
    expect(second.restored).toMatchObject([{ kind: 'restored', pictures: 4 }]);
    expect(await found(second)).toEqual([['e'], ['c'], ['d']]);
    expect(await found(second)).toEqual(await foundAnew());
    // From there on it follows as it would have.
    await addToBank('f', 2);
    await second.indexes.catchUp();
    expect(await found(second)).toEqual([['e'], ['c'], ['d', 'f']]);
    await second.indexes.stop();
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  it('is right after a death that left the snapshot of some time ago', async () => {
    await addToBank('a', 0);
    const first = await start();
    await first.indexes.stop();
    const second = await start({ isEverDue: false });
    await addToBank('b', 1);
    await database.prisma.bankPicture.delete({ where: { id: 'a' } });
    // Nothing is kept of what it learns now: it closes as it would die.
    await second.indexes.catchUp();
    expect(await found(second)).toEqual([[], ['b'], []]);
    await second.index.close();
    await second.indexes.stop();

    const third = await start();
    expect(third.restored).toMatchObject([{ kind: 'restored', position: { mark: { entityId: 'a' } } }]);
    expect(await found(third)).toEqual([[], ['b'], []]);
    await third.indexes.stop();
  });

  it('reads the database where the snapshot is of another one', async () => {
    await addToBank('a', 0);
    const first = await start();
    await first.indexes.stop();
    await database.clear();
    await database.prisma.picture.create({
      data: {
        contentSha256: '1'.repeat(64),
        mediaType: 'image/png',
        widthPx: 320,
        heightPx: 240,
        flags: [],
        keys: Uint8Array.from(encodePictureKeys(drawn[1]!)),
        preview: new Uint8Array(1),
        createdAt: new Date(0),
      },
    });
    await addToBank('other', 1);
    const second = await start();
    expect(await found(second)).toEqual([[], ['other'], []]);
    await second.indexes.stop();
    const third = await start();
    expect(third.restored).toMatchObject([{ kind: 'restored', pictures: 1 }]);
    expect(await found(third)).toEqual([[], ['other'], []]);
    await third.indexes.stop();
  });

  it('makes its files anew when its thread has died, and goes on in memory where that happens again', async () => {
    await addToBank('a', 0);
    const running = await start();
    for (const [n, id] of ['b', 'c', 'd'].entries()) {
      running.index.put(null as never, Uint8Array.of(0));
      await expect(running.index.search(drawn[0]!)).rejects.toThrow('has ended');
      await addToBank(id, n % 3);
      await running.indexes.catchUp();
    }
    expect(await found(running)).toEqual([['a', 'b'], ['c'], ['d']]);
    await running.indexes.stop();
    const next = await start();
    expect(await found(next)).toEqual([['a', 'b'], ['c'], ['d']]);
    await next.indexes.stop();
  });
});
