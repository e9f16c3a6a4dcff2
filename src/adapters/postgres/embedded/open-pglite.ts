import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

/** Where the database of an embedded Postgres lives, and what a new one is made from. */
export interface PgliteLocation {
  /** Folder of the database, made when missing; the word `memory` keeps everything in memory until the process ends. */
  readonly dataDir: string;
  /** Archive (tar) of a data folder that a new database starts from; without it, of an empty database, kept for next time. */
  readonly templateFile?: string;
}

/**
 * Memory and write-ahead log bounds. No background process trims the log: it shrinks at a CHECKPOINT only.
 * Source: stack.md §3.
 */
const SERVER_SETTINGS = ['shared_buffers=16MB', 'max_wal_size=64MB', 'min_wal_size=32MB'];

/** Version of the archive below: another PGlite may have another data format. */
const PGLITE_VERSION = '0.5.16';

/** An archive of an empty database, kept beside the packages: making one anew takes seconds, loading it a few tenths. */
const EMPTY_TEMPLATE_FILE: string = fileURLToPath(
  new URL(`../../../../node_modules/.cache/assay/empty-database-${PGLITE_VERSION}.tar`, import.meta.url),
);

/** Opens a PGlite on a folder or in memory; a new database starts from a template, which is made when it is missing. */
export async function openPglite(location: PgliteLocation): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...SERVER_SETTINGS.flatMap((setting) => ['-c', setting])];
  const options: PGliteOptions = { startParams };
  if (location.dataDir !== 'memory') {
    // PGlite makes the folder itself, not its parents.
    await mkdir(path.resolve(location.dataDir), { recursive: true });
    options.dataDir = path.resolve(location.dataDir);
    if (existsSync(path.join(location.dataDir, 'PG_VERSION'))) return PGlite.create(options);
  }
  const templateFile = location.templateFile ?? EMPTY_TEMPLATE_FILE;
  if (existsSync(templateFile)) {
    return PGlite.create({ ...options, loadDataDir: new Blob([await readFile(templateFile)]) });
  }
  const database = await PGlite.create(options);
  if (location.templateFile === undefined) await keepTemplate(database, templateFile);
  return database;
}

/** Writes the database's archive to a file, whole or not at all. The archive holds everything committed so far. */
export async function keepTemplate(database: PGlite, file: string): Promise<void> {
  const archive = await database.dumpDataDir('none');
  const unfinished = `${file}.${process.pid}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(unfinished, new Uint8Array(await archive.arrayBuffer()));
    await rename(unfinished, file);
  } catch {
    // A read-only installation works as well, only its next new database takes longer.
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}
