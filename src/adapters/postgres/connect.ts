import { PrismaPg } from '@prisma/adapter-pg';
import { runMigrations as migrateQueueSchema } from 'bullmq';
import pg from 'pg';
import { AppError } from '../../domain/errors.ts';
import type { Database } from './database.ts';
import {
  openEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/open-embedded-postgres.ts';
import { PrismaClient } from './generated/client.ts';
import { migrate } from './migrate.ts';
import { nameStatement } from './named-statements.ts';

/** Where the data lives: a Postgres server, or the embedded Postgres. */
export type DatabaseLocation = { readonly databaseUrl: string } | { readonly embedded: EmbeddedPostgresOptions };

export interface ConnectDatabaseOptions {
  /** Folder of Prisma migrations, applied before anything else; without it nothing is migrated. */
  readonly migrationsDir?: string;
  /** Connections of the Prisma client. Default 8. */
  readonly maxConnections?: number;
  /** Told about connections that break while idle; the pools replace them. */
  readonly onError?: (fault: unknown) => void;
}

/** A connected database. Everything is closed by `close`, in the right order; Prisma and pool are not closed apart. */
export interface ConnectedDatabase {
  readonly prisma: Database;
  /** Connections of the queues: BullMQ's tables live in a schema of their own in the same database. */
  readonly pool: pg.Pool;
  /** Configuration of a further `pg` client or pool on the same database. */
  readonly poolConfig: pg.PoolConfig;
  /** Names of the migrations that this call applied. */
  readonly appliedMigrations: readonly string[];
  /** Tells other processes that find the data folder taken where this one answers; does nothing on a server. */
  announce(address: string): void;
  close(): Promise<void>;
}

const DEFAULT_MAX_CONNECTIONS = 8;
/** Each running queue worker holds one connection for LISTEN beside those it queries on. */
const MAX_QUEUE_CONNECTIONS = 30;
/** Schema of BullMQ's tables; the name is fixed in BullMQ when it is handed a pool. */
const QUEUE_SCHEMA = 'bullmq';

/**
 * Connects Prisma and a pool for the queues to one database, after bringing its schema up to date.
 *
 * Throws `database.unavailable` when the server does not answer or refuses, `database.locked` when another process
 * has the embedded data folder open, `database.migration` when a migration cannot be applied.
 */
export async function connectDatabase(
  location: DatabaseLocation,
  options: ConnectDatabaseOptions = {},
): Promise<ConnectedDatabase> {
  const onError = options.onError ?? ((): void => undefined);
  if (!('embedded' in location)) {
    const server = serverConfig(location.databaseUrl);
    await assertReachable(server);
    return connectTo(server, options, onError);
  }
  const embedded = await openEmbeddedPostgres({ onError, ...location.embedded });
  try {
    return await connectTo({ ...embedded.poolConfig }, options, onError, embedded);
  } catch (fault) {
    await embedded.close();
    throw fault;
  }
}

/** Prisma's adapter takes times without their offset for UTC, so every session must speak UTC. Source: stack.md §1. */
function serverConfig(databaseUrl: string): pg.PoolConfig {
  return { connectionString: databaseUrl, options: '-c timezone=UTC', keepAlive: true };
}

async function connectTo(
  poolConfig: pg.PoolConfig,
  options: ConnectDatabaseOptions,
  onError: (fault: unknown) => void,
  embedded?: EmbeddedPostgres,
): Promise<ConnectedDatabase> {
  const appliedMigrations = options.migrationsDir === undefined ? [] : await migrate(poolConfig, options.migrationsDir);
  await prepareQueueSchema(poolConfig);
  const max = options.maxConnections ?? DEFAULT_MAX_CONNECTIONS;
  const adapter = new PrismaPg(
    { ...poolConfig, max },
    // The embedded engine is one session behind all connections: a name of one would be in the way of the others.
    { onPoolError: onError, ...(embedded === undefined ? { statementNameGenerator: nameStatement } : {}) },
  );
  const prisma = new PrismaClient({ adapter });
  const pool = openQueuePool(poolConfig, onError);
  return {
    prisma,
    pool,
    poolConfig,
    appliedMigrations,
    announce: (address) => embedded?.announce(address),
    close: async () => {
      await Promise.all([prisma.$disconnect(), pool.end()]);
      await embedded?.close();
    },
  };
}

async function assertReachable(poolConfig: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...poolConfig });
  try {
    await client.connect();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('database.unavailable', `The database does not answer: ${why}. Check DATABASE_URL.`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function prepareQueueSchema(poolConfig: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(poolConfig);
  await client.connect();
  try {
    await migrateQueueSchema(client, QUEUE_SCHEMA);
  } finally {
    await client.end();
  }
}

function openQueuePool(poolConfig: pg.PoolConfig, onError: (fault: unknown) => void): pg.Pool {
  const ownOptions = [poolConfig.options, `-c search_path=${QUEUE_SCHEMA}`].filter(Boolean).join(' ');
  const pool = new pg.Pool({ ...poolConfig, options: ownOptions, keepAlive: true, max: MAX_QUEUE_CONNECTIONS });
  // Each queue and each worker adds a listener for errors.
  pool.setMaxListeners(0);
  pool.on('error', onError);
  return pool;
}
