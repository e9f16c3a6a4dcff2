import { z } from 'zod';
import { mark, markAlias } from '../../domain/mark.ts';
import type { Mark } from '../../domain/mark.ts';
import { readObjects } from '../labelled-file.ts';
import type { BadLine } from '../labelled-file.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Under which names files carry the id, the words and the owner of a mark, the surest first. */
const ID_FIELDS = ['id', 'markId', 'mark_id'];
const TEXT_FIELDS = ['markVerbalElementText', 'text', 'word', 'name', 'mark', 'brand'];
const HOLDER_FIELDS = ['rightsHolderId', 'rights_holder_id', 'rightsHolder', 'owner'];
/** Fields of the schema that are taken as they are. */
const SCHEMA_FIELDS = Object.keys(mark.shape).filter(
  (name) => !['id', 'rightsHolderId', 'wordMarkSpecification', 'aliases'].includes(name),
);
const NUMBER_LISTS = new Set(['niceClasses']);
const TEXT_LISTS = new Set(['territories', 'markDisclaimerText', 'ownSellerIds']);
const FLAGS = new Set(['hasReputation']);
const PLACEHOLDER_ID = 'mark';
/** A mark that is handed in has no more; the lists that evaluations read may. */
const MAX_ALIASES = 200;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

const firstText = (fields: Fields, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const text = textOf(fields[name]);
    if (text !== undefined) return text;
  }
  return undefined;
};

/** Items of a list, or of one cell of a table. */
const itemsOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  const text = textOf(value);
  return text === undefined ? [] : text.split(/[;|]/).filter((item) => item.trim() !== '');
};

const aliasOf = (value: unknown): object | undefined => {
  if (!isFields(value)) {
    const text = textOf(value);
    return text === undefined ? undefined : { text };
  }
  const text = firstText(value, ['text', 'alias', 'name']);
  if (text === undefined) return undefined;
  const { kind, language } = value;
  return { text, ...(kind === undefined ? {} : { kind }), ...(language === undefined ? {} : { language }) };
};

/** A value of a table, which knows only text, as the schema wants it. */
const fieldOf = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  if (NUMBER_LISTS.has(name)) return value.split(/[^\d]+/).flatMap((item) => (item === '' ? [] : [Number(item)]));
  if (TEXT_LISTS.has(name)) return value.split(/[;|,]/).flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
  return FLAGS.has(name) ? /^(?:true|yes|1)$/i.test(value) : value;
};

const schemaFields = (fields: Fields): Fields => {
  const kept: Record<string, unknown> = {};
  for (const name of SCHEMA_FIELDS) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '') kept[name] = fieldOf(name, value);
  }
  return kept;
};

/** The mark of one line, or why it is none. Ids and owners are whatever the file calls them. */
const markOf = (value: unknown, line: number): Mark | string => {
  if (!isFields(value)) return 'not a mark: an object with id and markVerbalElementText is needed';
  const specification = isFields(value.wordMarkSpecification) ? value.wordMarkSpecification : undefined;
  const names = Array.isArray(value.names) ? value.names : [];
  const text =
    firstText(specification ?? {}, ['markVerbalElementText']) ?? firstText(value, TEXT_FIELDS) ?? textOf(names[0]);
  if (text === undefined) return 'markVerbalElementText: the words of the mark are missing';
  const aliases = [...itemsOf(value.aliases), ...names.slice(1)].flatMap((alias) => aliasOf(alias) ?? []);
  const parsed = mark.safeParse({
    ...schemaFields(value),
    id: PLACEHOLDER_ID,
    rightsHolderId: PLACEHOLDER_ID,
    wordMarkSpecification: { ...specification, markVerbalElementText: text },
    aliases: aliases.slice(0, MAX_ALIASES),
  });
  const further = z.array(markAlias).safeParse(aliases.slice(MAX_ALIASES));
  if (!parsed.success || !further.success) {
    const issues = [...(parsed.error?.issues ?? []), ...(further.error?.issues ?? [])];
    return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') || 'not a mark';
  }
  return {
    ...parsed.data,
    aliases: [...parsed.data.aliases, ...further.data],
    id: firstText(value, ID_FIELDS) ?? text,
    // Marks of nobody belong to different owners, or each would explain the other.
    rightsHolderId: firstText(value, HOLDER_FIELDS) ?? `owner of line ${line}`,
  };
};

/**
 * Marks of a file: NDJSON in the schema of /v1/marks, and also what others write, with any ids, names as plain text,
 * owners left out, fields in one level. Bad lines are set aside.
 */
export const readMarks = async (path: string): Promise<{ marks: Mark[]; bad: BadLine[] }> => {
  const marks: Mark[] = [];
  const bad: BadLine[] = [];
  const lineOfId = new Map<string, number>();
  for await (const { line, value, why } of readObjects(path)) {
    const read = why ?? markOf(value, line);
    const first = typeof read === 'string' ? undefined : lineOfId.get(read.id);
    if (typeof read === 'string') bad.push({ line, why: read });
    else if (first !== undefined) bad.push({ line, why: `id: ${read.id} is the mark of line ${first} already` });
    else {
      lineOfId.set(read.id, line);
      marks.push(read);
    }
  }
  return { marks, bad };
};
