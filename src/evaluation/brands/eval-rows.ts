import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse as csvParser } from 'csv-parse';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { mark } from '../../domain/mark.ts';
import type { Mark } from '../../domain/mark.ts';

/** What is expected of one row. */
export type ExpectedOutcome = 'allow' | 'review' | 'block';

const listOf = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(/[\s;|,]+/).filter((part) => part !== '')),
]);
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

const evalRow = z.object({
  id: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((id) => (id === null || id === undefined ? '' : String(id))),
  title: z.string(),
  description: optionalText,
  brand: optionalText,
  category: optionalText,
  destination: listOf.nullish().transform((list) => list ?? []),
  seller: optionalText,
  expected: listOf.nullish().transform((list) => list ?? []),
  family: optionalText,
  outcome: z
    .string()
    .nullish()
    .transform((text) => (text ?? '').toLowerCase())
    .pipe(z.union([z.enum(['allow', 'review', 'block']), z.literal('')])),
});

/** One labelled title. `expected` are mark ids; none means that no mark is meant. */
export type EvalRow = z.infer<typeof evalRow>;

/** A line that could not be read. */
export interface BadLine {
  readonly line: number;
  readonly why: string;
}

const isNdjson = (firstLine: string): boolean => firstLine.trimStart().startsWith('{');

const firstLineOf = async (path: string): Promise<string> => {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('config.invalid', `${path} cannot be opened: give the path of a readable file.`, { cause });
  });
  try {
    for await (const line of file.readLines({ encoding: 'utf8' })) return line;
    return '';
  } finally {
    await file.close();
  }
};

/** Objects of an NDJSON, CSV or TSV file with a header, each with its line number. */
async function* readObjects(path: string): AsyncGenerator<{ line: number; value: unknown }> {
  const first = await firstLineOf(path);
  if (isNdjson(first)) {
    const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
    let line = 0;
    for await (const text of lines) {
      line++;
      if (text.trim() === '') continue;
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        value = undefined;
      }
      yield { line, value };
    }
    return;
  }
  const isTabbed = first.includes('\t');
  const parser = createReadStream(path, 'utf8').pipe(
    csvParser({
      columns: true,
      bom: true,
      delimiter: isTabbed ? '\t' : ',',
      relaxColumnCount: true,
      // Quotes of a TSV are part of the text.
      quote: isTabbed ? false : '"',
      relaxQuotes: true,
    }),
  );
  let line = 1;
  for await (const value of parser) yield { line: ++line, value };
}

/** Labelled rows of a file; bad lines are set aside. Without the columns `expected` and `family` every row is clean. */
export const readEvalRows = async (path: string): Promise<{ rows: EvalRow[]; bad: BadLine[] }> => {
  const rows: EvalRow[] = [];
  const bad: BadLine[] = [];
  for await (const { line, value } of readObjects(path)) {
    const parsed = evalRow.safeParse(value);
    if (parsed.success) rows.push({ ...parsed.data, id: parsed.data.id === '' ? String(line) : parsed.data.id });
    else bad.push({ line, why: parsed.error.issues[0]?.message ?? 'not a row' });
  }
  return { rows, bad };
};

/** Marks of an NDJSON file in the domain's schema; bad lines are set aside. */
export const readMarks = async (path: string): Promise<{ marks: Mark[]; bad: BadLine[] }> => {
  const marks: Mark[] = [];
  const bad: BadLine[] = [];
  for await (const { line, value } of readObjects(path)) {
    const parsed = mark.safeParse(value);
    if (parsed.success) marks.push(parsed.data);
    else
      bad.push({
        line,
        why: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') || 'not a mark',
      });
  }
  return { marks, bad };
};
