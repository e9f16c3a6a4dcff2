import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChangeFeed } from '../../../src/adapters/postgres/change-feed.ts';
import { startLiveIndexes } from '../../../src/adapters/postgres/live-indexes.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

describe('the change feed', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.clear());

  const addRuleset = (digest: string) =>
    database.prisma.ruleset.create({ data: { digest, files: [], state: 'DRAFT', createdAt: new Date() } });

  it('gives each change of a table once to a reader that keeps up', async () => {
    const feed = openChangeFeed(database.prisma);
    await feed.read();
    await addRuleset('a');
    await addRuleset('b');
    expect(await feed.read()).toEqual([
      { topic: 'ruleset', entityId: 'a' },
      { topic: 'ruleset', entityId: 'b' },
    ]);
    expect(await feed.read()).toEqual([]);
    await database.prisma.ruleset.update({ where: { digest: 'a' }, data: { state: 'PUBLISHED' } });
    expect(await feed.read()).toEqual([{ topic: 'ruleset', entityId: 'a' }]);
  });

  it('has whatever was committed in the indexes once they have caught up', async () => {
    const seen: string[] = [];
    const indexes = await startLiveIndexes(
      database.prisma,
      [{ topic: 'ruleset', loadAll: async () => undefined, refresh: async (ids) => void seen.push(...ids) }],
      { onError: (fault) => expect.fail(String(fault)), pollMs: 60_000 },
    );
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        await addRuleset(`r-${i}`);
        await indexes.catchUp();
        expect(seen).toContain(`r-${i}`);
      }),
    );
    await indexes.stop();
  });

  it('gives a change again that could not be read into an index', async () => {
    const seen: string[] = [];
    const faults: unknown[] = [];
    let isDown = true;
    const refresh = (ids: readonly string[]): Promise<void> => {
      if (isDown) return Promise.reject(new Error('the database is away'));
      seen.push(...ids);
      return Promise.resolve();
    };
    const indexes = await startLiveIndexes(
      database.prisma,
      [{ topic: 'ruleset', loadAll: () => Promise.resolve(), refresh }],
      { onError: (fault) => faults.push(fault), pollMs: 3_600_000 },
    );
    await addRuleset('lost');
    await expect(indexes.catchUp()).rejects.toThrow('away');
    isDown = false;
    await addRuleset('next');
    await indexes.catchUp();
    expect(seen).toEqual(['lost', 'next']);
    await indexes.stop();
    expect(faults).toEqual([]);
  });

  it('tells what changed since a place that an earlier process was told, and knows the place of another history', async () => {
    const earlier = openChangeFeed(database.prisma);
    await earlier.read();
    expect(await earlier.position()).toBeUndefined();
    await addRuleset('before');
    await earlier.read();
    const position = (await earlier.position())!;
    await addRuleset('after');

    const later = openChangeFeed(database.prisma);
    await later.read();
    // Once more what was known is no harm, what came later must not be missing.
    expect((await later.since(position))?.map(({ entityId }) => entityId)).toContain('after');
    const { mark } = position;
    expect(await later.since({ ...position, databaseId: 'another' })).toBeUndefined();
    expect(await later.since({ ...position, mark: { ...mark, entityId: 'other' } })).toBeUndefined();
    expect(await later.since({ ...position, mark: { ...mark, seq: '999999' } })).toBeUndefined();
    // Numbers of transactions that a crash gave out twice: the row's own number tells that it is new.
    const beyond = (BigInt(position.floor) + 1_000_000n).toString();
    expect((await later.since({ ...position, floor: beyond }))?.map(({ entityId }) => entityId)).toEqual(['after']);
  });
});
