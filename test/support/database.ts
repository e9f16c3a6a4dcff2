import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { connectDatabase, type ConnectedDatabase } from '../../src/adapters/postgres/connect.ts';
import { openEmbeddedPostgres } from '../../src/adapters/postgres/embedded/open-embedded-postgres.ts';
import { openQueues, type OpenQueuesOptions } from '../../src/adapters/queue/open-queues.ts';
import type { QueueEngine } from '../../src/adapters/queue/queue-engine.ts';
import type { JobQueues } from '../../src/pipeline/ports.ts';
import {
  databaseUrlFor,
  migratedTemplateFile,
  templateDatabaseName,
  TEST_DATABASE_PREFIX,
  TEST_DATABASE_URL,
  TEST_REDIS_URL,
} from './engines.ts';

/** A migrated, empty database of one's own. `close` drops it. */
export interface TestDatabase extends ConnectedDatabase {
  /** Empties every table, so that tests of one file can share a database. */
  clear(): Promise<void>;
}

/** Opens an isolated, migrated database: embedded in memory, or on the server of TEST_DATABASE_URL. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const opened = TEST_DATABASE_URL === undefined ? await openEmbedded() : await openOnServer(TEST_DATABASE_URL);
  return {
    ...opened,
    clear: async () => {
      const { rows } = await opened.pool.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
         WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
      );
      if (rows.length > 0) await opened.pool.query(`TRUNCATE ${rows.map((row) => row.name).join(', ')} CASCADE`);
    },
  };
}

function openEmbedded(): Promise<ConnectedDatabase> {
  return connectDatabase({
    embedded: { dataDir: 'memory', inThread: false, templateFile: migratedTemplateFile(), maintenanceEveryMs: 0 },
  });
}

async function openOnServer(serverUrl: string): Promise<ConnectedDatabase> {
  const name = newDatabaseName();
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${templateDatabaseName()}`);
  const opened = await connectDatabase({ databaseUrl: databaseUrlFor(serverUrl, name) });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** A database without any table, and how to let go of it. */
export interface EmptyDatabase {
  readonly poolConfig: pg.PoolConfig;
  close(): Promise<void>;
}

/** Opens a database that nothing was migrated in: embedded in memory, or on the server of TEST_DATABASE_URL. */
export async function openEmptyDatabase(): Promise<EmptyDatabase> {
  if (TEST_DATABASE_URL === undefined) {
    const embedded = await openEmbeddedPostgres({ dataDir: 'memory', inThread: false, maintenanceEveryMs: 0 });
    return { poolConfig: { ...embedded.poolConfig }, close: () => embedded.close() };
  }
  const serverUrl = TEST_DATABASE_URL;
  const name = newDatabaseName();
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  return {
    poolConfig: { connectionString: databaseUrlFor(serverUrl, name) },
    close: () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The time in the name lets the next run find what a killed run has left. */
function newDatabaseName(): string {
  return `${TEST_DATABASE_PREFIX}${Date.now()}_${randomBytes(4).toString('hex')}`;
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Queues of one's own, and the engine to start workers on. `close` removes everything. */
export interface TestQueues {
  readonly queues: JobQueues;
  readonly engine: QueueEngine;
  close(): Promise<void>;
}

/** Short waits, so that tests of retries are quick. */
const QUICK: OpenQueuesOptions = { attempts: 3, backoffMs: 20 };

/** What queues can be tested on in this run: the test database, and Redis when TEST_REDIS_URL is set. */
export const QUEUE_ENGINES: readonly ('database' | 'redis')[] =
  TEST_REDIS_URL === undefined ? ['database'] : ['database', 'redis'];

/** Opens isolated queues: on Redis under a prefix of their own when TEST_REDIS_URL is set, or in a test database. */
export async function openTestQueues(
  on: 'database' | 'redis' = TEST_REDIS_URL === undefined ? 'database' : 'redis',
  options: OpenQueuesOptions = QUICK,
): Promise<TestQueues> {
  if (on === 'redis' && TEST_REDIS_URL !== undefined) return openOnRedis(TEST_REDIS_URL, options);
  const database = await openTestDatabase();
  const engine = { pool: database.pool };
  const queues = openQueues(engine, options);
  return {
    queues,
    engine,
    close: async () => {
      await queues.close();
      await database.close();
    },
  };
}

function openOnRedis(redisUrl: string, options: OpenQueuesOptions): TestQueues {
  const prefix = `${TEST_DATABASE_PREFIX}${randomBytes(6).toString('hex')}`;
  const engine = { redisUrl, prefix };
  const queues = openQueues(engine, options);
  return {
    queues,
    engine,
    close: async () => {
      await queues.close();
      await removeKeys(redisUrl, prefix);
    },
  };
}

async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  try {
    const keys = await redis.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
  } finally {
    redis.disconnect();
  }
}
