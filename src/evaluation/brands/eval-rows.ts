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
  title: z.string(),
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

/**
 * Labelled rows of a file, their expected marks by the ids of `marks`; bad lines are set aside. Without the columns
 * `expected` and `family` every row is clean.
 */
export const readEvalRows = async (
  path: string,
  marks: readonly Mark[] = [],
): Promise<{ rows: EvalRow[]; bad: BadLine[] }> => {
  const readExpected = createExpectedReader(marks);
  const rows: EvalRow[] = [];
  const bad: BadLine[] = [];
  for await (const { line, value } of readObjects(path)) {
    const parsed = evalRow.safeParse(value);
    if (parsed.success) {
      const { id, expected, ...row } = parsed.data;
      rows.push({ ...row, id: id === '' ? String(line) : id, expected: readExpected(expected) });
    } else bad.push({ line, why: whyBad(parsed.error.issues[0]) });
  }
  return { rows, bad };
};

const whyBad = (issue: z.core.$ZodIssue | undefined): string =>
  issue === undefined ? 'not a row' : [issue.path.join('.'), issue.message].filter((part) => part !== '').join(': ');
