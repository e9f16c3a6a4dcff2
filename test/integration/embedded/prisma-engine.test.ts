import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPglite } from '../../../src/adapters/postgres/embedded/open-pglite.ts';
import { applyMigrations, type MigrationSession } from '../../../src/adapters/postgres/migrate.ts';
import { diffSchema, openSchemaEngine } from '../../../src/adapters/postgres/schema-engine.ts';
import { MIGRATIONS_DIR } from '../../support/engines.ts';

const SCHEMA_FILE = fileURLToPath(new URL('../../../prisma/schema.prisma', import.meta.url));
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** Migrations as Prisma's engine takes them: read from disk already. */
async function readMigrationsList() {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const read = (...parts: string[]): Promise<string> => readFile(path.join(MIGRATIONS_DIR, ...parts), 'utf8');
  return {
    baseDir: MIGRATIONS_DIR,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: await read('migration_lock.toml') },
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await read(name, 'migration.sql') },
        },
      })),
    ),
  };
}

describe("our migrations and Prisma's own engine", () => {
  let database: PGlite;
  let session: MigrationSession;
  beforeEach(async () => {
    database = await openPglite({ dataDir: 'memory' });
    session = {
      run: (script) => database.exec(script),
      read: async <Row>(statement: string, values: readonly unknown[] = []): Promise<Row[]> =>
        (await database.query<Row>(statement, [...values])).rows,
    };
  });
  afterEach(async () => {
    await database.close();
  });

  it('agree that nothing is left to do after ours', async () => {
    const applied = await applyMigrations(session, MIGRATIONS_DIR);
    expect(applied.length).toBeGreaterThan(0);
    const engine = await openSchemaEngine(database, SCHEMA_FILE);
    const migrationsList = await readMigrationsList();
    const diagnosis = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: NO_FILTERS,
    });
    expect(diagnosis).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
    expect(await engine.applyMigrations({ migrationsList, filters: NO_FILTERS })).toEqual({
      appliedMigrationNames: [],
    });
    // A schema file without a migration would work here and fail at the first start elsewhere.
    expect(await diffSchema(database, SCHEMA_FILE)).toEqual({ kind: 'none' });
  });

  it("agree that nothing is left to do after Prisma's", async () => {
    const engine = await openSchemaEngine(database, SCHEMA_FILE);
    const migrationsList = await readMigrationsList();
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
    expect(appliedMigrationNames).toEqual(migrationsList.migrationDirectories.map((migration) => migration.path));
    expect(await applyMigrations(session, MIGRATIONS_DIR)).toEqual([]);
  });
});
