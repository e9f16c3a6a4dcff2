import { type StoredCheck, storedCheck } from '../policy/stored-check.ts';
import { readRows } from './read-rows.ts';

/** Broken lines that are told one by one; of the others only the number. */
const TOLD_PROBLEMS = 10;

/** Hands each stored check of an NDJSON file to `take`; lines that hold none are told on standard error and left out. */
export const takeStoredChecks = async (
  file: string,
  take: (check: StoredCheck) => void,
): Promise<{ leftOut: number }> => {
  let leftOut = 0;
  for await (const row of readRows(file)) {
    const parsed = row.kind === 'value' ? storedCheck.safeParse(row.value) : undefined;
    if (parsed?.success === true) {
      take(parsed.data);
      continue;
    }
    leftOut += 1;
    const issue = parsed?.error?.issues[0];
    const why =
      row.kind === 'broken' ? row.why : `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is no stored check'}`;
    if (leftOut <= TOLD_PROBLEMS) process.stderr.write(`${file}:${row.line}: ${why}\n`);
  }
  if (leftOut > TOLD_PROBLEMS) process.stderr.write(`and ${leftOut - TOLD_PROBLEMS} more lines left out\n`);
  return { leftOut };
};
