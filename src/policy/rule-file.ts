import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import type { z } from 'zod';
import { suggestName } from './nearest-name.ts';

/** A file of the ruleset: name below `rules/`, and its text. */
export interface RuleFile {
  readonly name: string;
  readonly text: string;
}

/** Something wrong in a rule file; line and column count from 1. */
export interface RuleProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** A parsed rule file that knows where each of its values stands. */
export interface LocatedFile {
  readonly name: string;
  readonly value: unknown;
  /** The place of a value, or of the nearest thing around it that exists; `offset` counts inside a text value. */
  locate(path: Path, message: string, offset?: number): RuleProblem;
  /** The place of the key itself, for a key that should not be there. */
  locateKey(path: Path, key: string, message: string): RuleProblem;
}

export type ReadFile =
  | { readonly kind: 'read'; readonly file: LocatedFile }
  | { readonly kind: 'broken'; readonly problems: readonly RuleProblem[] };

/** Where the character `offset` of a text value stands in the file. Folded texts give the start of the text. */
const offsetInScalar = (node: Scalar, source: string, offset: number): number => {
  const start = node.range?.[0] ?? 0;
  if (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE') return start + 1 + offset;
  if (node.type !== 'BLOCK_LITERAL') return start + (node.type === 'PLAIN' ? offset : 0);
  // The text starts on the line after the `|`; every line of it is indented alike.
  const body = source.indexOf('\n', start) + 1;
  const indent = /^ */.exec(source.slice(body))?.[0].length ?? 0;
  const linesBefore = String(node.value).slice(0, offset).split('\n').length - 1;
  return body + offset + (linesBefore + 1) * indent;
};

const locateIn = (document: ReturnType<typeof parseDocument>, path: Path): Node | undefined => {
  for (let length = path.length; length >= 0; length -= 1) {
    const found: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (typeof found === 'object' && found !== null && 'range' in found) return found as Node;
  }
  return undefined;
};

const keyNode = (parent: Node | undefined, key: string): Node | undefined => {
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
  return pair !== undefined && isScalar(pair.key) ? pair.key : undefined;
};

/** Reads one YAML file (version 1.2, no aliases beyond the library's limit, no key twice). */
export const readRuleFile = (file: RuleFile): ReadFile => {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const problemAt = (offset: number, message: string): RuleProblem => {
    const { line, col } = lines.linePos(offset);
    return { file: file.name, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return { kind: 'broken', problems: faults.map((fault) => problemAt(fault.pos[0], fault.message)) };
  return {
    kind: 'read',
    file: {
      name: file.name,
      value: document.toJS({ maxAliasCount: 100 }),
      locate: (path, message, offset) => {
        const node = locateIn(document, path);
        if (offset !== undefined && isScalar(node)) return problemAt(offsetInScalar(node, file.text, offset), message);
        return problemAt(node?.range?.[0] ?? 0, message);
      },
      locateKey: (path, key, message) => {
        const parent = locateIn(document, path);
        return problemAt((keyNode(parent, key) ?? parent)?.range?.[0] ?? 0, message);
      },
    },
  };
};

const pathText = (path: Path): string => path.map(String).join('.');

/** Checks a file against its schema; every issue with its place. */
export const checkShape = <Schema extends z.ZodType>(
  file: LocatedFile,
  schema: Schema,
):
  | { readonly kind: 'valid'; readonly value: z.output<Schema> }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleProblem[] } => {
  const result = schema.safeParse(file.value);
  if (result.success) return { kind: 'valid', value: result.data };
  const { issues } = result.error;
  const missingAt = (path: Path): string[] =>
    issues
      .filter(
        ({ path: other }) => other.length === path.length + 1 && path.every((part, index) => other[index] === part),
      )
      .map(({ path: other }) => String(other.at(-1)));
  return {
    kind: 'invalid',
    problems: issues.flatMap((issue) => {
      const where = issue.path.length === 0 ? '' : `${pathText(issue.path)}: `;
      if (issue.code !== 'unrecognized_keys') return [file.locate(issue.path, `${where}${issue.message}`)];
      return issue.keys.map((key) => {
        const meant = suggestName(key, missingAt(issue.path));
        return file.locateKey(issue.path, key, `${where}there is no ${key} here.${meant}`);
      });
    }),
  };
};
