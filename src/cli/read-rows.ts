import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { AppError } from '../domain/errors.ts';

/** One row of a file: a value, or why the line holds none. `line` counts from 1. */
export type Row =
  | { readonly kind: 'value'; readonly line: number; readonly value: Record<string, unknown> }
  | { readonly kind: 'broken'; readonly line: number; readonly why: string };

/**
 * Reads NDJSON, or CSV with a header by the ending `.csv`, row by row, so that a file of any size needs little memory.
 * In CSV an empty cell is an absent field, a cell that holds JSON (`[…]`, `{…}`) is read as it, and digits are numbers
 * in the fields that `numberFields` names.
 *
 * @throws AppError `request.invalid` when the file cannot be read.
 */
export async function* readRows(file: string, numberFields: ReadonlySet<string> = new Set()): AsyncGenerator<Row> {
  const rows = file.toLowerCase().endsWith('.csv') ? readCsv(file, numberFields) : readNdjson(file);
  try {
    yield* rows;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('request.invalid', `The file ${file} cannot be read: ${why}`, { cause });
  }
}

async function* readNdjson(file: string): AsyncGenerator<Row> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const trimmed = line === 1 ? text.replace(/^\uFEFF/, '').trim() : text.trim();
    if (trimmed === '') continue;
    try {
      const value: unknown = JSON.parse(trimmed);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        yield { kind: 'broken', line, why: 'is not a JSON object' };
      } else yield { kind: 'value', line, value: value as Record<string, unknown> };
    } catch (fault) {
      yield { kind: 'broken', line, why: `is not JSON: ${fault instanceof Error ? fault.message : String(fault)}` };
    }
  }
}

async function* readCsv(file: string, numberFields: ReadonlySet<string>): AsyncGenerator<Row> {
  const parser = createReadStream(file).pipe(
    parse({ columns: true, bom: true, skip_empty_lines: true, info: true, relax_column_count: true, trim: true }),
  );
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number; error?: Error };
  }>) {
    const line = info.lines;
    if (info.error !== undefined) yield { kind: 'broken', line, why: info.error.message };
    else yield { kind: 'value', line, value: readCells(record, numberFields) };
  }
}

function readCells(record: Record<string, string>, numberFields: ReadonlySet<string>): Record<string, unknown> {
  const entries = Object.entries(record).filter(([, cell]) => cell !== '');
  return Object.fromEntries(entries.map(([name, cell]) => [name, readCell(cell, numberFields.has(name))]));
}

function readCell(cell: string, isNumber: boolean): unknown {
  if (isNumber && /^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  if (cell === 'true' || cell === 'false') return cell === 'true';
  if (!/^[[{]/.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
