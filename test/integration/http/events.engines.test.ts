import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { TEST_DATABASE_URL } from '../../support/engines.ts';
import { databaseDeps } from './database-deps.ts';

// The embedded engine has one session, so nothing can commit out of order there.
const onServer = it.skipIf(TEST_DATABASE_URL === undefined);

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const tell = (client: pg.Client, id: string) =>
  client.query(`INSERT INTO event (id, type, subject, data, time) VALUES ($1, 't', 's', '{}', now())`, [id]);

onServer('a reader of the log misses no event of a transaction that commits late', async () => {
  const { queries } = databaseDeps(database);
  const slow = new pg.Client(database.poolConfig);
  const quick = new pg.Client(database.poolConfig);
  await slow.connect();
  await quick.connect();
  try {
    // The slow transaction begins later and takes the lower number, the quick one commits first.
    await quick.query('BEGIN; SELECT pg_current_xact_id()');
    await slow.query('BEGIN');
    await tell(slow, 'slow');
    await tell(quick, 'quick');
    await quick.query('COMMIT');
    const early = await queries.events({}, { limit: 10 });
    await slow.query('COMMIT');
    const late = await queries.events({}, { limit: 10, cursor: early.nextCursor });
    expect([...early.events, ...late.events].map(({ id }) => id).sort()).toEqual(['quick', 'slow']);
  } finally {
    await slow.end();
    await quick.end();
  }
});
