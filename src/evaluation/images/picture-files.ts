import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A line of a truth file: which bank picture a query shows. Empty: none. */
export interface TruthLine {
  readonly query: string;
  readonly expected: string;
  readonly family: string;
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
