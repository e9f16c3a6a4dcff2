import { createPostgresBackend, createRedisBackend, type BackendFactory, type ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';

/** Where the queues live: a Redis server, or tables in a Postgres database whose schema `connectDatabase` prepared. */
export type QueueEngine =
  | {
      readonly redisUrl: string;
      /** Head of every key, so that several installations can share one Redis. Default `assay`. */
      readonly prefix?: string;
    }
  | { readonly pool: pg.Pool };

/** What BullMQ's classes take to reach an engine, and how to let go of it. */
export interface EngineConnection {
  readonly options: { readonly connection: ConnectionOptions; readonly prefix?: string };
  readonly backend: BackendFactory<never, ConnectionOptions>;
  /** Rejects when the engine does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_PREFIX = 'assay';
/** A producer gives up after this many reconnections, so that an outage becomes an error, not a hanging request. */
const PRODUCER_RETRIES = 2;

/**
 * Connects to the engine of the queues. A pool stays the caller's: it is not ended by `close`.
 *
 * @param role workers wait through an outage, as BullMQ demands of them; producers fail soon
 */
export function connectEngine(
  engine: QueueEngine,
  role: 'producer' | 'worker',
  onError: (fault: unknown) => void,
): EngineConnection {
  if ('pool' in engine) {
    return {
      // One cast for both: with explicit type arguments BullMQ's overload for backends does not type-check.
      options: { connection: engine.pool as unknown as ConnectionOptions },
      backend: createPostgresBackend as unknown as EngineConnection['backend'],
      ping: async () => void (await engine.pool.query('SELECT 1')),
      close: async () => undefined,
    };
  }
  const redis = new Redis(engine.redisUrl, {
    maxRetriesPerRequest: role === 'worker' ? null : PRODUCER_RETRIES,
    connectTimeout: 5_000,
  });
  redis.on('error', onError);
  return {
    options: { connection: redis, prefix: engine.prefix ?? DEFAULT_PREFIX },
    backend: createRedisBackend as unknown as EngineConnection['backend'],
    ping: async () => void (await redis.ping()),
    close: async () => {
      redis.disconnect();
    },
  };
}
