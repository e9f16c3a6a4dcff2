import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';

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

/** Reads `query,expected,family` with a heading. Throws with the line where one is wrong. */
export async function readTruth(file: string): Promise<readonly TruthLine[]> {
  const rows = parse(await readFile(file, 'utf8'), {
    columns: true,
    skip_empty_lines: true,
    trim: true,
    bom: true,
  }) as unknown as readonly Readonly<Record<string, string>>[];
  return rows.map((row, i) => {
    if (row['query'] === undefined || row['query'] === '') {
      throw new Error(`${file}, line ${i + 2}: the column "query" is missing or empty.`);
    }
    return { query: row['query'], expected: row['expected'] ?? '', family: row['family'] || 'all' };
  });
}
