import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMaintenance } from '../../../src/adapters/postgres/embedded/maintenance.ts';
import {
  openEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/adapters/postgres/embedded/open-embedded-postgres.ts';
import { hubPoolConfig } from '../../../src/adapters/postgres/embedded/hub-stream.ts';
import { openPglite } from '../../../src/adapters/postgres/embedded/open-pglite.ts';
import { PgliteHub } from '../../../src/adapters/postgres/embedded/pglite-hub.ts';

async function withClient<Result>(
  embedded: EmbeddedPostgres,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(embedded.poolConfig);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('the embedded Postgres', () => {
  let folder: string;
  let dataDir: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'assay-pg-'));
    dataDir = path.join(folder, 'not', 'made', 'yet');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps what was written when it is opened again, in a thread or not', async () => {
    const first = await openEmbeddedPostgres({ dataDir, inThread: true });
    await withClient(first, (client) => client.query('CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) n'));
    await first.close();
    await first.close();
    const second = await openEmbeddedPostgres({ dataDir, inThread: false });
    const { rows } = await withClient(second, (client) => client.query('SELECT count(*)::int AS n FROM kept'));
    expect(rows).toEqual([{ n: 1000 }]);
    await second.close();
  });

  it('refuses a second opening of the folder while the first is open', async () => {
    const first = await openEmbeddedPostgres({ dataDir, inThread: true });
    first.announce('http://127.0.0.1:8090');
    await expect(openEmbeddedPostgres({ dataDir, inThread: true })).rejects.toMatchObject({
      code: 'database.locked',
      message: expect.stringContaining('answers at http://127.0.0.1:8090'),
    });
    await first.close();
    const next = await openEmbeddedPostgres({ dataDir, inThread: true });
    await next.close();
  });

  it('says so when the folder holds something else, and gives the folder free again', async () => {
    const template = path.join(folder, 'not-an-archive.tar');
    await writeFile(template, 'no archive');
    for (const inThread of [true, false]) {
      await expect(openEmbeddedPostgres({ dataDir, inThread, templateFile: template })).rejects.toMatchObject({
        code: 'database.unavailable',
      });
    }
    expect(await readdir(path.dirname(dataDir))).not.toContain('yet.lock');
  });

  it('ends the queries that are on their way when it closes', async () => {
    const embedded = await openEmbeddedPostgres({ dataDir: 'memory', inThread: true });
    const pool = new pg.Pool({ ...embedded.poolConfig, max: 3 });
    pool.on('error', () => undefined);
    const queries = Array.from({ length: 6 }, () => pool.query('SELECT count(*) FROM generate_series(1, 300000)'));
    const settled = Promise.allSettled(queries);
    await queries[0];
    await embedded.close();
    const ends = new Set((await settled).map(({ status }) => status));
    expect(ends).toContain('fulfilled');
    expect(ends).toContain('rejected');
    await expect(pool.query('SELECT 1')).rejects.toThrow();
    await pool.end();
  });

  it('takes the bloat of many updates back', async () => {
    const embedded = await openEmbeddedPostgres({ dataDir, inThread: false, maintenanceEveryMs: 0 });
    const sizes = await withClient(embedded, async (client) => {
      const dead = async (): Promise<number> => {
        await client.query('SELECT pg_stat_force_next_flush()');
        const { rows } = await client.query<{ n: number }>(
          `SELECT n_dead_tup::int AS n FROM pg_stat_user_tables WHERE relname = 'busy'`,
        );
        return rows[0]?.n ?? -1;
      };
      await client.query(`CREATE TABLE busy AS SELECT n, repeat('x', 200) AS filler FROM generate_series(1, 2000) n`);
      for (let round = 0; round < 5; round += 1) await client.query('UPDATE busy SET n = n + 1');
      const before = await dead();
      await runMaintenance(embedded.poolConfig);
      return { before, after: await dead() };
    });
    expect(sizes.before).toBeGreaterThan(5_000);
    expect(sizes.after).toBe(0);
    await embedded.close();
    const log = path.join(dataDir, 'pg_wal');
    const bytes = await Promise.all((await readdir(log)).map(async (file) => (await stat(path.join(log, file))).size));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(80 * 1024 * 1024);
  });
});

describe('the hub', () => {
  it('ends a transaction that is silent while others wait, and undoes it', async () => {
    const database = await openPglite({ dataDir: 'memory' });
    const pool = new pg.Pool({
      ...hubPoolConfig(new PgliteHub(database, { idleInTransactionTimeoutMs: 150 })),
      max: 2,
    });
    pool.on('error', () => undefined);
    await pool.query('CREATE TABLE t (x int)');
    const silent = await pool.connect();
    const told = new Promise<Error>((resolve) => silent.on('error', resolve));
    await silent.query('BEGIN');
    await silent.query('INSERT INTO t VALUES (1)');
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM t');
    expect(rows).toEqual([{ n: 0 }]);
    expect(await told).toMatchObject({ code: '25P03' });
    silent.release(true);
    await pool.end();
    await database.close();
  });

  it('lets timers run while queries pour in', async () => {
    const database = await openPglite({ dataDir: 'memory' });
    const pool = new pg.Pool({ ...hubPoolConfig(new PgliteHub(database)), max: 4 });
    let isPouring = true;
    let queries = 0;
    const pour = async (): Promise<void> => {
      while (isPouring) {
        await pool.query('SELECT 1');
        queries += 1;
      }
    };
    const pouring = Promise.all([pour(), pour(), pour(), pour()]);
    let ticks = 0;
    const timer = setInterval(() => void (ticks += 1), 5);
    await expect.poll(() => ticks, { timeout: 5_000 }).toBeGreaterThan(20);
    isPouring = false;
    clearInterval(timer);
    await pouring;
    expect(queries).toBeGreaterThan(20);
    await pool.end();
    await database.close();
  });

  it('refuses COPY FROM STDIN with an error and goes on', async () => {
    const database = await openPglite({ dataDir: 'memory' });
    const pool = new pg.Pool({ ...hubPoolConfig(new PgliteHub(database)), max: 2 });
    await pool.query('CREATE TABLE t (x int)');
    await expect(pool.query('COPY t FROM STDIN')).rejects.toMatchObject({ code: '0A000' });
    await expect(pool.query('SELECT count(*)::int AS n FROM t')).resolves.toMatchObject({ rows: [{ n: 0 }] });
    await pool.end();
    await database.close();
  });
});
