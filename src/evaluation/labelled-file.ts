import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../domain/errors.ts';
import { linesOf, textOf } from './text-lines.ts';
import { readTable } from './table-rows.ts';

/** A line that could not be read. */
export interface BadLine {
  readonly line: number;
  readonly why: string;
}

/** An object of a file and the line (or place in a JSON list) where it stands; undefined where it cannot be read. */
export interface ReadObject {
  readonly line: number;
  readonly value: unknown;
  /** Values of a table are texts. */
  readonly form: 'JSON' | 'TABLE';
  /** Why the value is undefined. */
  readonly why?: string;
}

const MOST_TOLD = 20;

const openText = (path: string): Readable => {
  const file = createReadStream(path);
  return path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
};

const firstLineOf = async (source: Readable): Promise<string> => {
  try {
    for await (const line of linesOf(source)) if (line.trim() !== '') return line.trimStart();
    return '';
  } finally {
    source.destroy();
  }
};

const parseJson = (json: string): Pick<ReadObject, 'value' | 'why'> => {
  try {
    return { value: JSON.parse(json) as unknown };
  } catch (cause) {
    return { value: undefined, why: `no JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
};

const countOf = (line: string, sign: string): number => line.split(sign).length - 1;

const delimiterOf = (header: string): string => {
  if (header.includes('\t')) return '\t';
  return countOf(header, ';') > countOf(header, ',') ? ';' : ',';
};

/**
 * Objects of an NDJSON file, of a JSON list, or of a table with a heading whose cells commas, tabs or semicolons separate,
 * plain or gzipped (`.gz`). A row that cannot be read does not harm the others.
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
  if (first === '') return;
  const isObject = first.startsWith('{');
  if (isObject && parseJson(first).why === undefined) yield* readNdjson(open());
  else if (isObject || first.startsWith('[')) {
    const whole = parseJson(await textOf(open()));
    if (whole.why === undefined) yield* itemsOf(whole.value).map((value, at) => toObject(value, at + 1));
    else if (isObject) yield* readNdjson(open());
    else yield { ...whole, line: 1, form: 'JSON' };
  } else for await (const row of readTable(linesOf(open()), delimiterOf(first))) yield { ...row, form: 'TABLE' };
}

const toObject = (value: unknown, line: number): ReadObject => ({ line, value, form: 'JSON' });

/** A list, the one list that an object holds, or the object by itself. */
const itemsOf = (whole: unknown): readonly unknown[] => {
  if (Array.isArray(whole)) return whole;
  const lists = Object.values(whole ?? {}).filter((one) => Array.isArray(one));
  return lists.length === 1 ? (lists[0] ?? []) : [whole];
};

async function* readNdjson(source: Readable): AsyncGenerator<ReadObject> {
  let line = 0;
  for await (const json of linesOf(source)) {
    line++;
    if (json.trim() !== '') yield { ...parseJson(json), line, form: 'JSON' };
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
