import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

/** What Assay counts on from its database, the same on the embedded Postgres and on a server. */
describe('database connections', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await openTestDatabase();
    pool = new pg.Pool({ ...database.poolConfig, max: 12 });
    await pool.query('CREATE TABLE account_book (id int PRIMARY KEY, amount bigint NOT NULL, note text)');
    await pool.query(`CREATE TABLE kept (
      id int PRIMARY KEY, bytes bytea, document jsonb, words text[], big bigint, at timestamptz)`);
  });
  beforeEach(async () => {
    await pool.query('TRUNCATE account_book, kept');
    await pool.query('INSERT INTO account_book SELECT n, 100 FROM generate_series(1, 10) n');
  });
  afterAll(async () => {
    await pool.end();
    await database.close();
  });

  const sum = async (): Promise<number> =>
    Number((await pool.query<{ total: string }>('SELECT sum(amount) AS total FROM account_book')).rows[0]?.total);

  it('gives values back as they were stored', async () => {
    const bytes = randomBytes(70_000);
    const at = new Date('2026-03-29T01:30:00.123Z');
    const document = { text: 'a\u2028b "quoted"', nested: [1, { x: null }] };
    await pool.query('INSERT INTO kept VALUES (1, $1, $2, $3, $4, $5)', [
      bytes,
      document,
      ['a,b', '"c"', '', 'ü{}'],
      '9007199254740993',
      at,
    ]);
    const { rows } = await pool.query('SELECT * FROM kept');
    expect(rows).toEqual([{ id: 1, bytes, document, words: ['a,b', '"c"', '', 'ü{}'], big: '9007199254740993', at }]);
  });

  it('keeps transactions of different clients apart', async () => {
    const [one, two] = await Promise.all([pool.connect(), pool.connect()]);
    await one.query('BEGIN');
    await one.query('UPDATE account_book SET amount = 0');
    // On one session the second client waits for the first; on a server it reads the old rows. Never the open ones.
    const seenByTwo = two.query<{ total: string }>('SELECT sum(amount) AS total FROM account_book');
    await one.query('ROLLBACK');
    expect(Number((await seenByTwo).rows[0]?.total)).toBe(1000);
    one.release();
    two.release();
  });

  it('loses no transfer among clients that commit, roll back, fail and vanish', async () => {
    const transfer = async (turn: number): Promise<'committed' | 'rolled back' | 'failed' | 'vanished'> => {
      const client = await pool.connect();
      client.on('error', () => undefined);
      const [from, to] = [(turn % 10) + 1, ((turn * 7 + 3) % 10) + 1].toSorted((a, b) => a - b);
      await client.query('BEGIN');
      await client.query('SELECT 1 FROM account_book WHERE id IN ($1, $2) ORDER BY id FOR UPDATE', [from, to]);
      await client.query('UPDATE account_book SET amount = amount - 5 WHERE id = $1', [from]);
      if (turn % 5 === 1) {
        client.release(true);
        return 'vanished';
      }
      await client.query('SAVEPOINT half');
      if (turn % 5 === 2) {
        await expect(client.query('INSERT INTO account_book VALUES (1, 1)')).rejects.toMatchObject({ code: '23505' });
        await client.query('ROLLBACK TO SAVEPOINT half');
      }
      await client.query('UPDATE account_book SET amount = amount + 5 WHERE id = $1', [to]);
      if (turn % 5 === 3) {
        await expect(client.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
        await expect(client.query('COMMIT')).resolves.toMatchObject({ command: 'ROLLBACK' });
        client.release();
        return 'failed';
      }
      await client.query(turn % 5 === 4 ? 'ROLLBACK' : 'COMMIT');
      client.release();
      return turn % 5 === 4 ? 'rolled back' : 'committed';
    };
    const ends = await Promise.all(Array.from({ length: 100 }, (_, turn) => transfer(turn)));
    expect(new Set(ends)).toEqual(new Set(['committed', 'rolled back', 'failed', 'vanished']));
    expect(await sum()).toBe(1000);
  });

  it('tells each listener what is notified on its channel, once', async () => {
    const heard: string[] = [];
    const listen = async (name: string, channel: string): Promise<pg.PoolClient> => {
      const client = await pool.connect();
      client.on('notification', (message) => void heard.push(`${name} ${message.channel} ${message.payload}`));
      await client.query(`LISTEN ${channel}`);
      return client;
    };
    const clients = [
      await listen('a', '"change:mark"'),
      await listen('b', '"change:mark"'),
      await listen('c', 'other'),
    ];
    await pool.query(`SELECT pg_notify('change:mark', '1')`);
    await pool.query(`NOTIFY other, '2'`);
    await clients[0]?.query(`NOTIFY "change:mark", '3'`);
    await expect
      .poll(() => heard.toSorted())
      .toEqual(['a change:mark 1', 'a change:mark 3', 'b change:mark 1', 'b change:mark 3', 'c other 2']);
    await clients[1]?.query('UNLISTEN *');
    clients[2]?.release(true);
    await pool.query(`SELECT pg_notify('change:mark', '4')`);
    await expect.poll(() => heard).toContain('a change:mark 4');
    expect(heard).not.toContain('b change:mark 4');
    for (const client of clients.slice(0, 2)) client.release(true);
  });

  it('notifies nobody of a transaction that is rolled back', async () => {
    const heard: (string | undefined)[] = [];
    const listener = await pool.connect();
    listener.on('notification', (message) => void heard.push(message.payload));
    await listener.query('LISTEN news');
    const writer = await pool.connect();
    await writer.query('BEGIN');
    await writer.query(`NOTIFY news, 'undone'`);
    await writer.query('ROLLBACK');
    writer.release();
    await pool.query(`NOTIFY news, 'done'`);
    await expect.poll(() => heard).toEqual(['done']);
    listener.release(true);
  });

  it('gives each client the search path it asked for', async () => {
    await pool.query('CREATE SCHEMA IF NOT EXISTS aside');
    await pool.query('CREATE TABLE IF NOT EXISTS aside.where_am_i AS SELECT 1 AS x');
    const aside = new pg.Pool({ ...database.poolConfig, options: '-c search_path=aside', max: 3 });
    const paths = async (from: pg.Pool): Promise<string> =>
      (await from.query<{ search_path: string }>('SHOW search_path')).rows[0]?.search_path ?? '';
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await paths(aside)).toBe('aside');
      expect(await paths(pool)).toContain('public');
    }
    await expect(aside.query('SELECT x FROM where_am_i')).resolves.toMatchObject({ rowCount: 1 });
    await expect(pool.query('SELECT x FROM where_am_i')).rejects.toMatchObject({ code: '42P01' });
    await aside.end();
  });

  it('speaks UTC, which Prisma reads times without offset as', async () => {
    const [row] = await database.prisma.$queryRaw<{ zone: string; at: Date }[]>`
      SELECT current_setting('TimeZone') AS zone, '2026-07-01 12:00:00+02'::timestamptz AS at`;
    expect(row).toEqual({ zone: 'UTC', at: new Date('2026-07-01T10:00:00Z') });
  });

  it('runs concurrent queries of many clients without mixing their answers', async () => {
    const answers = await Promise.all(
      Array.from({ length: 300 }, async (_, n) => {
        const { rows } = await pool.query<{ n: number; text: string }>('SELECT $1::int AS n, repeat($2, $1) AS text', [
          n,
          'x',
        ]);
        return rows[0]?.n === n && rows[0].text.length === n;
      }),
    );
    expect(answers.every(Boolean)).toBe(true);
  });
});
