import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project's migrations. */
export const MIGRATIONS_DIR: string = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Real engines to test on; without them tests run on the embedded ones. */
export const TEST_DATABASE_URL: string | undefined = process.env['TEST_DATABASE_URL'] || undefined;
export const TEST_REDIS_URL: string | undefined = process.env['TEST_REDIS_URL'] || undefined;

/** Head of the names of databases that tests make and drop. */
export const TEST_DATABASE_PREFIX = 'assay_test_';

/** Changes whenever a database that was migrated earlier is out of date. */
function migrationsDigest(): string {
  const hash = createHash('sha256');
  const files = [fileURLToPath(new URL('../../package-lock.json', import.meta.url))];
  for (const entry of readdirSync(MIGRATIONS_DIR, { withFileTypes: true }).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.isDirectory()) files.push(path.join(MIGRATIONS_DIR, entry.name, 'migration.sql'));
  }
  for (const file of files) hash.update(path.basename(path.dirname(file))).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Archive of an embedded database with all migrations applied. */
export function migratedTemplateFile(): string {
  return fileURLToPath(new URL(`../../node_modules/.cache/assay/migrated-${migrationsDigest()}.tar`, import.meta.url));
}

/** Database on the real server that test databases are copied from. */
export function templateDatabaseName(): string {
  return `${TEST_DATABASE_PREFIX}template_${migrationsDigest()}`;
}

/** The address of another database on the same server. */
export function databaseUrlFor(serverUrl: string, databaseName: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  return url.href;
}
