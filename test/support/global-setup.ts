import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { runMigrations } from 'bullmq';
import { hubPoolConfig } from '../../src/adapters/postgres/embedded/hub-stream.ts';
import { keepTemplate, openPglite } from '../../src/adapters/postgres/embedded/open-pglite.ts';
import { PgliteHub } from '../../src/adapters/postgres/embedded/pglite-hub.ts';
import { connectDatabase } from '../../src/adapters/postgres/connect.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { databaseUrlFor, migratedTemplateFile, MIGRATIONS_DIR } from './engines.ts';
import { templateDatabaseName, TEST_DATABASE_PREFIX, TEST_DATABASE_URL, TEST_REDIS_URL } from './engines.ts';

const LEFTOVER_AGE_MS = 60 * 60_000;

/** Prepares, once a run, the migrated database that every test database is a copy of. */
export default async function setup(project: TestProject): Promise<void> {
  if (project.name !== 'engines') return prepareEmbeddedTemplate(migratedTemplateFile());
  if (TEST_DATABASE_URL === undefined || TEST_REDIS_URL === undefined) {
    throw new Error('The engines tests need TEST_DATABASE_URL (may create databases) and TEST_REDIS_URL.');
  }
  await prepareEmbeddedTemplate(migratedTemplateFile());
  await prepareServerTemplate(TEST_DATABASE_URL);
}

async function prepareEmbeddedTemplate(file: string): Promise<void> {
  if (existsSync(file)) return;
  const database = await openPglite({ dataDir: 'memory' });
  const config = hubPoolConfig(new PgliteHub(database));
  await migrate(config, MIGRATIONS_DIR);
  const client = new pg.Client(config);
  await client.connect();
  await runMigrations(client, 'bullmq');
  await client.end();
  await keepTemplate(database, file);
  await database.close();
  await removeOldTemplates(path.dirname(file), path.basename(file));
}

async function removeOldTemplates(folder: string, current: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('migrated-') || name === current) continue;
    const file = path.join(folder, name);
    if (Date.now() - (await stat(file)).mtimeMs > LEFTOVER_AGE_MS) await rm(file, { force: true });
  }
}

async function prepareServerTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const name = templateDatabaseName();
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [
      `${TEST_DATABASE_PREFIX}%`,
    ]);
    for (const { datname } of rows) {
      if (isLeftover(datname, name)) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
    }
    if (rows.some(({ datname }) => datname === name)) return;
    // Made under another name first: a half-migrated template is never taken for a whole one.
    const unfinished = `${TEST_DATABASE_PREFIX}${Date.now()}_unfinished`;
    await client.query(`CREATE DATABASE ${unfinished}`);
    const database = await connectDatabase(
      { databaseUrl: databaseUrlFor(serverUrl, unfinished) },
      { migrationsDir: MIGRATIONS_DIR },
    );
    await database.close();
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
  } finally {
    await client.end();
  }
}

function isLeftover(databaseName: string, currentTemplate: string): boolean {
  if (databaseName === currentTemplate) return false;
  const madeAtMs = Number(databaseName.slice(TEST_DATABASE_PREFIX.length).split('_')[0]);
  return Number.isNaN(madeAtMs) || Date.now() - madeAtMs > LEFTOVER_AGE_MS;
}
