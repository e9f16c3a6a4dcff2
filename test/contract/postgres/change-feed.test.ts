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
});
