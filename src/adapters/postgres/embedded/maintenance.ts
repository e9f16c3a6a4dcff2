import pg from 'pg';
import type { HubPoolConfig } from './hub-stream.ts';

export interface MaintenanceOptions {
  /** Time between two rounds. */
  readonly everyMs: number;
  /** Told about a round that failed; the next one is tried all the same. */
  readonly onError: (fault: unknown) => void;
}

export interface Maintenance {
  /** Stops the rounds and waits for the one that runs. */
  stop(): Promise<void>;
}

/** A table with this many dead rows is worth a VACUUM. Source: the scale of PostgreSQL's autovacuum_vacuum_threshold. */
const DEAD_ROWS = 500;

const TABLES_TO_VACUUM = `
  SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables
  WHERE n_dead_tup > ${DEAD_ROWS} AND n_dead_tup > n_live_tup / 5 ORDER BY n_dead_tup DESC`;

/**
 * Does what a Postgres server's background processes do: vacuums tables with many dead rows, updates the planner's
 * statistics and trims the write-ahead log. PGlite has no background processes: without this, 60 updates of a whole
 * table left 386 MB of log. Source: stack.md §3. Each statement runs alone, so others wait for one table at most.
 */
export function startMaintenance(config: HubPoolConfig, options: MaintenanceOptions): Maintenance {
  let round: Promise<void> = Promise.resolve();
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    round = runMaintenance(config)
      .catch(options.onError)
      .finally(() => {
        isRunning = false;
      });
  }, options.everyMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}

/** One round of maintenance. The most bloated tables come first. */
export async function runMaintenance(config: HubPoolConfig): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    // A single session never becomes idle in PostgreSQL's sense, so its counts are not flushed by themselves.
    await client.query('SELECT pg_stat_force_next_flush()');
    const tables = await client.query<{ name: string }>(TABLES_TO_VACUUM);
    for (const { name } of tables.rows) await client.query(`VACUUM (ANALYZE) ${name}`);
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
