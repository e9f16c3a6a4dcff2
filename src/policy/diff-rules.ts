import { parse } from 'yaml';
import type { RuleFile } from './rule-file.ts';

/** One value that differs between two versions of the rules. */
export interface RuleChange {
  readonly file: string;
  /** Path inside the file; elements of lists by their id, name, tier or language where they have one. */
  readonly path: string;
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly before?: unknown;
  readonly after?: unknown;
}

const NAMES = ['id', 'name', 'tier', 'language'] as const;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (element: unknown): string | undefined => {
  if (!isRecord(element)) return undefined;
  const name = NAMES.map((key) => element[key]).find((value) => typeof value === 'string');
  return typeof name === 'string' ? name : undefined;
};

/** Leaves of a value by path. A list of named elements is read by names, so that moving one is no change of it. */
const leavesOf = (value: unknown, path: string, leaves: Map<string, unknown>): Map<string, unknown> => {
  if (isRecord(value)) {
    const join = path === '' ? '' : `${path}.`;
    for (const [key, field] of Object.entries(value)) leavesOf(field, `${join}${key}`, leaves);
  } else if (Array.isArray(value) && value.length > 0 && value.every((element) => nameOf(element) !== undefined)) {
    for (const element of value) leavesOf(element, `${path}[${nameOf(element)}]`, leaves);
    leaves.set(`${path}[order]`, value.map(nameOf).join(', '));
  } else leaves.set(path, value);
  return leaves;
};

/** What differs between two versions, in the order of files and paths; comments and layout are no difference. */
export const diffRules = (before: readonly RuleFile[], after: readonly RuleFile[]): RuleChange[] => {
  const read = (text: string | undefined): Map<string, unknown> =>
    text === undefined ? new Map() : leavesOf(parse(text), '', new Map());
  const textOf = (files: readonly RuleFile[], name: string): string | undefined =>
    files.find((one) => one.name === name)?.text;
  const names = [...new Set([...before, ...after].map(({ name }) => name))].toSorted();
  return names.flatMap((file) => {
    const [oldText, newText] = [textOf(before, file), textOf(after, file)];
    // Most files of a draft are as they were, and reading a word list takes longer than all else.
    if (oldText === newText) return [];
    const old = read(oldText);
    const now = read(newText);
    const paths = [...new Set([...old.keys(), ...now.keys()])].toSorted();
    return paths.flatMap((path): RuleChange[] => {
      const [was, is] = [old.get(path), now.get(path)];
      if (!now.has(path)) return [{ file, path, kind: 'REMOVED', before: was }];
      if (!old.has(path)) return [{ file, path, kind: 'ADDED', after: is }];
      return JSON.stringify(was) === JSON.stringify(is)
        ? []
        : [{ file, path, kind: 'CHANGED', before: was, after: is }];
    });
  });
};
