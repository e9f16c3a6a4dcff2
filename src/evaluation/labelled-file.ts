import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse as csvParser } from 'csv-parse';
import { AppError } from '../domain/errors.ts';

/** A line that could not be read. */
export interface BadLine {
  readonly line: number;
  readonly why: string;
}

/** An object of a file and the line (or place in a JSON list) where it ends; undefined where it is no JSON. */
export interface ReadObject {
  readonly line: number;
  readonly value: unknown;
  /** Values of a table are texts. */
  readonly form: 'JSON' | 'TABLE';
}

const MOST_TOLD = 20;

const openText = (path: string): Readable => {
  const file = createReadStream(path);
  return path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
};

const firstLineOf = async (source: Readable): Promise<string> => {
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      const bare = line.replace(/^\uFEFF/, '').trimStart();
      if (bare !== '') return bare;
    }
    return '';
  } finally {
    lines.close();
    source.destroy();
  }
};

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

const countOf = (line: string, sign: string): number => line.split(sign).length - 1;

const delimiterOf = (header: string): string => {
  if (header.includes('\t')) return '\t';
  return countOf(header, ';') > countOf(header, ',') ? ';' : ',';
};

/**
 * Objects of an NDJSON file, of a JSON list, or of a table with a heading whose cells commas, tabs or semicolons separate,
 * plain or gzipped (`.gz`).
 * @throws the system's error when there is no such file, AppError `config.invalid` when it cannot be read to its end.
 */
export async function* readObjects(path: string): AsyncGenerator<ReadObject> {
  await access(path, constants.R_OK);
  try {
    yield* objectsIn(() => openText(path));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('config.invalid', `${path} cannot be read: ${why}.`, {
      cause,
    });
  }
}

/** Objects of a text in one of the forms of `readObjects`; `open` is called for its first line and for the whole. */
export async function* objectsIn(open: () => Readable): AsyncGenerator<ReadObject> {
  const first = await firstLineOf(open());
  if (first.startsWith('{')) yield* readNdjson(open());
  else if (first.startsWith('[')) {
    const list = parseJson(await text(open()));
    if (Array.isArray(list)) yield* list.map((value: unknown, at) => ({ line: at + 1, value, form: 'JSON' as const }));
    else yield { line: 1, value: undefined, form: 'JSON' };
  } else if (first !== '') yield* readTable(open(), delimiterOf(first));
}

async function* readNdjson(source: Readable): AsyncGenerator<ReadObject> {
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const json of lines) {
    line++;
    if (json.trim() !== '') yield { line, value: parseJson(json), form: 'JSON' };
  }
}

async function* readTable(source: Readable, delimiter: string): AsyncGenerator<ReadObject> {
  const parser = source.pipe(
    csvParser({
      columns: (names: string[]) => names.map((name) => name.trim()),
      bom: true,
      info: true,
      delimiter,
      skipEmptyLines: true,
      relaxColumnCount: true,
      // Quotes of a TSV are part of the text.
      quote: delimiter === '\t' ? false : '"',
      relaxQuotes: true,
    }),
  );
  for await (const { record, info } of parser as AsyncIterable<{ record: unknown; info: { lines: number } }>) {
    yield { line: info.lines, value: record, form: 'TABLE' };
  }
}

/** The text of the first of these columns or fields that holds one, whatever the case of its name; empty for none. */
export type CellReader = (...names: readonly string[]) => string;

/** Reads an object of a labelled file as a row of texts; undefined where it is no object. */
export const cellsOf = (value: unknown): CellReader | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const cells = new Map(Object.entries(value).map(([name, cell]) => [name.toLowerCase(), textOfCell(cell)]));
  return (...names) => names.map((name) => cells.get(name) ?? '').find((cell) => cell !== '') ?? '';
};

const textOfCell = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell as string | number | boolean).trim();
};

/** Times below are seconds, above milliseconds since 1970: the border is the year 5138 in one and 1973 in the other. */
const SECONDS_LIMIT = 1e11;
const HAS_TIME_WITHOUT_ZONE = /\d[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** Milliseconds since 1970 of a date, or of seconds or milliseconds since 1970; a time without a zone is UTC. NaN for none. */
export const instantOf = (cell: string): number => {
  if (cell === '') return Number.NaN;
  const number = Number(cell);
  if (!Number.isNaN(number)) return Math.abs(number) < SECONDS_LIMIT ? 1_000 * number : number;
  return Date.parse(HAS_TIME_WITHOUT_ZONE.test(cell) ? `${cell}Z` : cell);
};

/** The bad lines as texts for a person: the first of them, and how many more there are. */
export const tellBadLines = (bad: readonly BadLine[]): readonly string[] => [
  ...bad.slice(0, MOST_TOLD).map(({ line, why }) => `line ${line}: ${why}`),
  ...(bad.length > MOST_TOLD ? [`and ${bad.length - MOST_TOLD} more lines left out`] : []),
];
