import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/adapters/postgres/migrate.ts';
import { TEST_DATABASE_URL } from '../../support/engines.ts';
import { openEmptyDatabase, type EmptyDatabase } from '../../support/database.ts';

describe('migrate', () => {
  let database: EmptyDatabase;
  let dir: string;

  beforeAll(async () => {
    database = await openEmptyDatabase();
  });
  beforeEach(async () => {
    await read('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    dir = await mkdtemp(path.join(tmpdir(), 'assay-migrations-'));
    await write('20260101000000_first', 'CREATE TABLE one (x int); INSERT INTO one VALUES (1);');
  });
  afterAll(async () => {
    await database.close();
  });
  afterEach(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  async function write(name: string, sql: string): Promise<void> {
    await mkdir(path.join(dir, name), { recursive: true });
    await writeFile(path.join(dir, name, 'migration.sql'), sql);
  }

  async function read<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
    const client = new pg.Client(database.poolConfig);
    await client.connect();
    try {
      return (await client.query<Row>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  it('applies what is new, in order of the names, and nothing twice', async () => {
    await write('20260103000000_third', 'ALTER TABLE two RENAME TO three;');
    await write('20260102000000_second', 'CREATE TABLE two (x int);');
    expect(await migrate(database.poolConfig, dir)).toEqual([
      '20260101000000_first',
      '20260102000000_second',
      '20260103000000_third',
    ]);
    expect(await migrate(database.poolConfig, dir)).toEqual([]);
    await write('20260104000000_fourth', 'CREATE TABLE four (x int);');
    expect(await migrate(database.poolConfig, dir)).toEqual(['20260104000000_fourth']);
    expect(await read('SELECT x FROM one')).toEqual([{ x: 1 }]);
  });

  // The embedded database is one process's alone, and session-level advisory locks do not exclude there.
  it.skipIf(TEST_DATABASE_URL === undefined)(
    'applies each migration once when many processes start together',
    async () => {
      const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.poolConfig, dir)));
      expect(applied.flat()).toEqual(['20260101000000_first']);
      expect(await read('SELECT x FROM one')).toEqual([{ x: 1 }]);
    },
  );

  it('undoes the whole of a migration that fails, says why, and refuses to go on until it is repaired', async () => {
    await write('20260102000000_bad', 'CREATE TABLE two (x int); INSERT INTO two VALUES (1 / 0);');
    await expect(migrate(database.poolConfig, dir)).rejects.toMatchObject({
      code: 'database.migration',
      message: expect.stringMatching(/20260102000000_bad failed: division by zero/),
    });
    expect(await read(`SELECT to_regclass('two') AS two`)).toEqual([{ two: null }]);
    await write('20260102000000_bad', 'CREATE TABLE two (x int);');
    await expect(migrate(database.poolConfig, dir)).rejects.toThrow('failed half-way earlier');
    await read(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '20260102000000_bad'`);
    expect(await migrate(database.poolConfig, dir)).toEqual(['20260102000000_bad']);
  });

  it('refuses a migration that was edited after it was applied', async () => {
    await migrate(database.poolConfig, dir);
    await write('20260101000000_first', 'CREATE TABLE one (x bigint);');
    await expect(migrate(database.poolConfig, dir)).rejects.toMatchObject({
      code: 'database.migration',
      message: expect.stringContaining('was edited after it was applied'),
    });
  });

  it('says so when there is no folder of migrations', async () => {
    await expect(migrate(database.poolConfig, path.join(dir, 'none'))).rejects.toMatchObject({
      code: 'database.migration',
    });
  });
});
