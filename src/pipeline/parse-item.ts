import type { z } from 'zod';
import type { ErrorCode, ErrorDetail } from '../domain/errors.ts';
import { isInFuture } from '../domain/primitives.ts';
import { INTAKE_SCHEMAS, itemTimes, type IntakeItem, type IntakeKind } from '../domain/subject.ts';

export type ParsedItem<Kind extends IntakeKind> =
  | { readonly kind: 'valid'; readonly item: IntakeItem<Kind> }
  | { readonly kind: 'invalid'; readonly code: ErrorCode; readonly details: readonly ErrorDetail[] };

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

/** Checks one item that a marketplace handed in. Never throws: an item that is wrong is told, and the next one goes on. */
export function parseItem<Kind extends IntakeKind>(kind: Kind, value: unknown, nowMs: number): ParsedItem<Kind> {
  const parsed = INTAKE_SCHEMAS[kind].safeParse(value);
  if (!parsed.success) return { kind: 'invalid', code: 'item.invalid', details: describeIssues(parsed.error.issues) };
  const item = parsed.data as IntakeItem<Kind>;
  const future = itemTimes(kind, item).filter(([, time]) => isInFuture(time, nowMs));
  if (future.length > 0) {
    const message = 'lies in the future: send the time at which it happened, with its offset from UTC';
    return { kind: 'invalid', code: 'item.future-date', details: future.map(([path]) => ({ path, message })) };
  }
  return { kind: 'valid', item };
}
