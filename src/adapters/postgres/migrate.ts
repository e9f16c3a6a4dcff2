import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '../../domain/errors.ts';

/** The lock that Prisma's own engine takes while it migrates, so that the two exclude each other. */
const PRISMA_ADVISORY_LOCK = 72_707_369;

/** Column for column what `prisma migrate deploy` makes. */
const HISTORY_TABLE = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface HistoryRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** A migration on disk: the name of its folder, its SQL, and the SHA-256 of the file that the history keeps. */
interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The one session that a migration run needs: text alone is a script, text with values one statement. */
export interface MigrationSession {
  run(script: string): Promise<unknown>;
  read<Row>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Applies the migrations that a database has not seen, in order of their names, each in a transaction of its own.
 *
 * History, checksums and lock are those of `prisma migrate deploy`, so either may follow the other. Processes that
 * start together on one server wait for each other; on the embedded database the lock of the data folder excludes them. Throws `database.migration` when an applied migration was edited since, when an
 * earlier run failed half-way, or when a script fails.
 *
 * @param poolConfig configuration of a `pg` client
 * @param migrationsDir folder with one folder for each migration, holding `migration.sql`
 * @returns names of the migrations that were applied now
 */
export async function migrate(poolConfig: pg.ClientConfig, migrationsDir: string): Promise<readonly string[]> {
  const client = new pg.Client(poolConfig);
  await client.connect();
  try {
    return await applyMigrations(
      {
        run: (script) => client.query(script),
        read: async <Row>(statement: string, values: readonly unknown[] = []): Promise<Row[]> =>
          (await client.query(statement, [...values])).rows as Row[],
      },
      migrationsDir,
    );
  } finally {
    await client.end();
  }
}

/** As `migrate`, on a session that is open already. */
export async function applyMigrations(session: MigrationSession, migrationsDir: string): Promise<readonly string[]> {
  const migrations = await readMigrations(migrationsDir);
  await session.run(`SELECT pg_advisory_lock(${PRISMA_ADVISORY_LOCK})`);
  try {
    await session.run(HISTORY_TABLE);
    const history = await session.read<HistoryRow>(
      'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
    );
    const pending = selectPending(migrations, new Map(history.map((row) => [row.migration_name, row])));
    for (const migration of pending) await applyOne(session, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await session.run(`SELECT pg_advisory_unlock(${PRISMA_ADVISORY_LOCK})`);
  }
}

async function readMigrations(migrationsDir: string): Promise<readonly Migration[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('database.migration', `There is no folder of migrations at ${migrationsDir}`, { cause });
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(path.join(migrationsDir, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function selectPending(migrations: readonly Migration[], history: ReadonlyMap<string, HistoryRow>): Migration[] {
  return migrations.filter(({ name, checksum }) => {
    const applied = history.get(name);
    if (applied === undefined) return true;
    if (applied.finished_at === null) {
      const remedy = 'Repair the database, then set rolled_back_at of its row in _prisma_migrations and start again.';
      throw new AppError('database.migration', `The migration ${name} failed half-way earlier. ${remedy}`);
    }
    if (applied.checksum !== checksum) {
      const remedy = 'Restore the file and write a new migration instead.';
      throw new AppError('database.migration', `The migration ${name} was edited after it was applied. ${remedy}`);
    }
    return false;
  });
}

async function applyOne(session: MigrationSession, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await session.read('INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    // One message of the simple protocol is one implicit transaction.
    await session.run(sql);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    await session.read('UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1', [id, why]);
    throw new AppError('database.migration', `The migration ${name} failed: ${why}`, { cause });
  }
  await session.read('UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [
    id,
  ]);
}
