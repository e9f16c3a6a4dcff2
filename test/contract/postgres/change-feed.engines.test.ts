import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChangeFeed } from '../../../src/adapters/postgres/change-feed.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

/** Two transactions at once are possible on a server alone: the embedded engine has one session. */
describe('the change feed under transactions that overlap', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('gives a change that commits after a later one', async () => {
    const early = new pg.Client(database.poolConfig as pg.ClientConfig);
    await early.connect();
    try {
      const feed = openChangeFeed(database.prisma);
      await feed.read();
      await early.query('BEGIN');
      await early.query(
        `INSERT INTO ruleset (digest, files, state, "createdAt") VALUES ('early', '[]', 'DRAFT', now())`,
      );
      await database.prisma.ruleset.create({
        data: { digest: 'late', files: [], state: 'DRAFT', createdAt: new Date() },
      });
      expect(await feed.read()).toEqual([{ topic: 'ruleset', entityId: 'late' }]);
      await early.query('COMMIT');
      expect(await feed.read()).toEqual([{ topic: 'ruleset', entityId: 'early' }]);
      expect(await feed.read()).toEqual([]);
    } finally {
      await early.end();
    }
  });
});
