import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse as csvParser } from 'csv-parse';
import { AppError } from '../../domain/errors.ts';

/** A line that could not be read. */
export interface BadLine {
  readonly line: number;
  readonly why: string;
}

/** An object of a file and the line (or place in a JSON list) where it stands; undefined where it is no JSON. */
interface ReadObject {
  readonly line: number;
  readonly value: unknown;
}

const BYTE_ORDER_MARK = '\ufeff';

const firstLineOf = async (path: string): Promise<string> => {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('config.invalid', `${path} cannot be opened: give the path of a readable file.`, { cause });
  });
  try {
    for await (const line of file.readLines({ encoding: 'utf8' })) if (line.trim() !== '') return line.trimStart();
    return '';
  } finally {
    await file.close();
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch {
    return undefined;
  }
};

const countOf = (text: string, sign: string): number => text.split(sign).length - 1;

const delimiterOf = (header: string): string => {
  if (header.includes('\t')) return '\t';
  return countOf(header, ';') > countOf(header, ',') ? ';' : ',';
};

/** Objects of an NDJSON file, of a JSON list, or of a CSV or TSV file with a header. */
export async function* readObjects(path: string): AsyncGenerator<ReadObject> {
  const first = await firstLineOf(path);
  if (first.startsWith('{')) yield* readNdjson(path);
  else if (first.startsWith('[')) {
    const list = parseJson(await readFile(path, 'utf8'));
    if (Array.isArray(list)) yield* list.map((value: unknown, at) => ({ line: at + 1, value }));
    else yield { line: 1, value: undefined };
  } else yield* readTable(path, delimiterOf(first));
}

async function* readNdjson(path: string): AsyncGenerator<ReadObject> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() !== '') yield { line, value: parseJson(text) };
  }
}

async function* readTable(path: string, delimiter: string): AsyncGenerator<ReadObject> {
  const parser = createReadStream(path, 'utf8').pipe(
    csvParser({
      columns: true,
      bom: true,
      delimiter,
      relaxColumnCount: true,
      // Quotes of a TSV are part of the text.
      quote: delimiter === '\t' ? false : '"',
      relaxQuotes: true,
    }),
  );
  let line = 1;
  for await (const value of parser) yield { line: ++line, value };
}
