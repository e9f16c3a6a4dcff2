import type { z } from 'zod';
import { AppError } from '../domain/errors.ts';

/** Items of one page, and the cursor of the next page where there is one. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor?: string;
}

/** Which page to read. A cursor is opaque: it comes from the page before. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** Packs the sort key of the last item of a page. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Unpacks a cursor into the sort key after which the page starts.
 *
 * @throws AppError `request.invalid` when the text is no cursor of this kind of list.
 */
export function decodeCursor<Key>(cursor: string, key: z.ZodType<Key>): Key {
  const parsed = key.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new AppError('request.invalid', 'The cursor is not one of this list: start without it.', {
    details: [{ path: 'cursor', message: 'is not a cursor that this list gave' }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Cuts rows that were read with one more than `limit` into a page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: { readonly item: (row: Row) => Item; readonly key: (row: Row) => readonly (string | number)[] },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return { items: shown.map(present.item), ...(isMore ? { nextCursor: encodeCursor(present.key(last)) } : {}) };
}
