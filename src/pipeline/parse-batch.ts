import { AppError, type ErrorCode, type ErrorDetail } from '../domain/errors.ts';
import { MAX_BATCH_ITEMS } from '../domain/subject.ts';

/** An item as its parser took it, or what is wrong with it. */
export type ParsedItem<Item> =
  | { readonly kind: 'valid'; readonly item: Item }
  | { readonly kind: 'invalid'; readonly code: ErrorCode; readonly details: readonly ErrorDetail[] };

/** An item of a batch that was not taken; `index` is its position in the call, from 0. */
export interface RejectedItem {
  readonly index: number;
  readonly id?: string;
  readonly status: 'rejected';
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
}

export interface ValidItem<Item> {
  readonly index: number;
  readonly item: Item;
}

/**
 * Parses the items of a batch, each by itself; an id counts once. `outcomes` has a place for each item, in order, and
 * the rejected ones stand in it.
 *
 * @throws AppError `request.too-large` for more than MAX_BATCH_ITEMS items.
 */
export function parseBatch<Item extends { readonly id: string }, Outcome>(
  items: readonly unknown[],
  parse: (value: unknown) => ParsedItem<Item>,
): { outcomes: (Outcome | RejectedItem)[]; valid: readonly ValidItem<Item>[] } {
  if (items.length > MAX_BATCH_ITEMS) {
    throw new AppError(
      'request.too-large',
      `The batch has ${items.length} items; send at most ${MAX_BATCH_ITEMS} at once.`,
    );
  }
  const outcomes = new Array<Outcome | RejectedItem>(items.length);
  const valid: ValidItem<Item>[] = [];
  const seen = new Set<string>();
  for (const [index, value] of items.entries()) {
    const parsed = parse(value);
    if (parsed.kind === 'invalid') {
      outcomes[index] = { index, ...idOf(value), status: 'rejected', code: parsed.code, details: parsed.details };
      continue;
    }
    const { id } = parsed.item;
    if (seen.has(id)) {
      const details = [{ path: 'id', message: `“${id}” stands earlier in this batch: send each id once a batch` }];
      outcomes[index] = { index, id, status: 'rejected', code: 'item.duplicate-in-batch', details };
      continue;
    }
    seen.add(id);
    valid.push({ index, item: parsed.item });
  }
  return { outcomes, valid };
}

function idOf(value: unknown): { id?: string } {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? { id: id.slice(0, 128) } : {};
}
