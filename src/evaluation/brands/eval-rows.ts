import { z } from 'zod';
import type { Mark } from '../../domain/mark.ts';
import { createExpectedReader } from './expected-marks.ts';
import { readObjects } from '../labelled-file.ts';
import type { BadLine } from '../labelled-file.ts';

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

const idText = z.union([z.string(), z.number().transform(String)]);

const evalRow = z.object({
  id: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((id) => (id === null || id === undefined ? '' : String(id))),
  title: z.union([z.string(), z.number().transform(String)]),
  description: optionalText,
  brand: optionalText,
  category: optionalText,
  destination: listOf.nullish().transform((list) => list ?? []),
  seller: optionalText,
  expected: z
    .union([z.array(idText), idText])
    .nullish()
    .transform((expected) => expected ?? []),
  family: optionalText,
  outcome: z
    .string()
    .nullish()
    .transform((text) => (text ?? '').toLowerCase())
    .pipe(z.union([z.enum(['allow', 'review', 'block']), z.literal('')])),
});

/** One labelled title. `expected` are mark ids; none means that no mark is meant. */
export type EvalRow = Omit<z.infer<typeof evalRow>, 'expected'> & { readonly expected: readonly string[] };

/** Rows of a file; the lines that are none; and the lines of rows that expect a mark which is not among the marks. */
interface ReadRows {
  readonly rows: EvalRow[];
  readonly bad: BadLine[];
  readonly unknown: BadLine[];
}

/**
 * Labelled rows of a file, their expected marks by the ids of `marks`; bad lines are set aside. Without the columns
 * `expected` and `family` every row is clean.
 */
export const readEvalRows = async (path: string, marks: readonly Mark[] = []): Promise<ReadRows> => {
  const readExpected = createExpectedReader(marks);
  const ids = new Set(marks.map((mark) => mark.id));
  const unknown: BadLine[] = [];
  const rows: EvalRow[] = [];
  const bad: BadLine[] = [];
  for await (const { line, value, why } of readObjects(path)) {
    const parsed = evalRow.safeParse(withLowerCaseNames(value));
    if (parsed.success) {
      const { id, expected, ...row } = parsed.data;
      const marksMeant = readExpected(expected);
      rows.push({ ...row, id: id === '' ? String(line) : id, expected: marksMeant });
      const others = marksMeant.filter((one) => !ids.has(one));
      if (others.length > 0) unknown.push({ line, why: `no mark has the id or the words ${others.join(', ')}` });
    } else bad.push({ line, why: why ?? whyBad(value, parsed.error.issues[0]) });
  }
  return { rows, bad, unknown };
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tables are headed `Title` as well as `title`. */
const withLowerCaseNames = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one])) : value;

const whyBad = (value: unknown, issue: z.core.$ZodIssue | undefined): string => {
  if (!isObject(value) || issue === undefined) return 'not a row: an object with a title is needed';
  const [name = ''] = issue.path;
  const given = Object.entries(value).find(([own]) => own.toLowerCase() === name)?.[1] as unknown;
  if (given !== undefined) return `${issue.path.join('.')}: ${issue.message}`;
  return `${String(name)} is missing; the row has ${Object.keys(value).join(', ') || 'nothing'}`;
};
