import type { z } from 'zod';
import type { ErrorDetail } from '../domain/errors.ts';
import { isInFuture } from '../domain/primitives.ts';
import { INTAKE_SCHEMAS, itemTimes, type IntakeItem, type IntakeKind } from '../domain/subject.ts';
import type { ParsedItem } from './parse-batch.ts';

/** Tells zod's issues as places and sentences: `pictures[2].url: Invalid URL`, one for each unknown field. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): readonly ErrorDetail[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: formatPath([...issue.path, key]), message: 'is not a known field' }));
    }
    const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [{ path: formatPath(issue.path), message: isMissing ? `is missing: ${issue.expected}` : issue.message }];
  });
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** Holds one value against its schema. Never throws: an item that is wrong is told, and the next one goes on. */
export function parseBy<Item>(schema: z.ZodType<Item>, value: unknown): ParsedItem<Item> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'valid', item: parsed.data };
  return { kind: 'invalid', code: 'item.invalid', details: describeIssues(parsed.error.issues) };
}

/** Checks one item that a marketplace handed in: its schema, and that nothing in it lies in the future. */
export function parseItem<Kind extends IntakeKind>(
  kind: Kind,
  value: unknown,
  nowMs: number,
): ParsedItem<IntakeItem<Kind>> {
  const parsed = parseBy<IntakeItem<IntakeKind>>(INTAKE_SCHEMAS[kind], value) as ParsedItem<IntakeItem<Kind>>;
  if (parsed.kind === 'invalid') return parsed;
  const { item } = parsed;
  const future = itemTimes(kind, item).filter(([, time]) => isInFuture(time, nowMs));
  if (future.length > 0) {
    const message = 'lies in the future: send the time at which it happened, with its offset from UTC';
    return { kind: 'invalid', code: 'item.future-date', details: future.map(([path]) => ({ path, message })) };
  }
  return { kind: 'valid', item };
}
