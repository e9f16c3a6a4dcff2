import { readdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { cellsOf, readObjects } from '../labelled-file.ts';

/** A line of a truth file: which bank picture a query shows. Empty: none. */
export interface TruthLine {
  readonly query: string;
  readonly expected: string;
  readonly family: string;
}

/** A file and the name under which it is told. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
}

/** The pictures of folders, named by their path below their folder; with several folders, by the folder's name too. */
export async function listBanks(folders: readonly string[]): Promise<readonly NamedFile[]> {
  const files: NamedFile[] = [];
  for (const folder of folders) {
    for (const name of await listPictures(folder)) {
      files.push({
        name: folders.length === 1 ? name : join(basename(resolve(folder)), name),
        path: join(folder, name),
      });
    }
  }
  const twice = files.find(({ name }, i) => files.findIndex((other) => other.name === name) < i);
  if (twice !== undefined) throw new Error(`two banks hold ${twice.name}: give folders of different names.`);
  return files;
}

/** The pictures of a folder and its subfolders by their path below it, in order. */
export async function listPictures(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (directory: string): Promise<void> => {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (/\.(jpe?g|png|webp|gif|avif)$/i.test(entry.name)) found.push(relative(folder, path));
    }
  };
  await walk(folder);
  return found.sort();
}

/**
 * Reads lines of query, expected and family: a table or NDJSON.
 * @throws AppError `item.invalid` with the line that names no query.
 */
export async function readTruth(file: string): Promise<readonly TruthLine[]> {
  const lines: TruthLine[] = [];
  for await (const { line, value } of readObjects(file)) {
    const cell = cellsOf(value);
    const query = cell?.('query') ?? '';
    if (cell === undefined || query === '') {
      throw new AppError(
        'item.invalid',
        `${file}, line ${line}: query is missing or empty; the heading is query,expected,family.`,
      );
    }
    lines.push({ query, expected: cell('expected'), family: cell('family') || 'all' });
  }
  return lines;
}
