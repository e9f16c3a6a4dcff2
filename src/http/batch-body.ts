import { z } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode } from '../domain/errors.ts';
import { MAX_BATCH_ITEMS } from '../domain/subject.ts';
import type { RecordedAnswer } from '../pipeline/idempotency.ts';

/** The items of a call, and whether it was one bare item. */
export interface BatchBody {
  readonly items: readonly unknown[];
  readonly isSingle: boolean;
}

/**
 * Reads one item, an array of items, or `{items: […]}`.
 *
 * @throws AppError `request.invalid` for anything else and for no items, `request.too-large` for too many.
 */
export function readBatch(body: unknown): BatchBody {
  if (Array.isArray(body)) return { items: checkedItems(body), isSingle: false };
  if (typeof body !== 'object' || body === null) {
    throw new AppError('request.invalid', 'Send one item, an array of items, or {"items": […]}.');
  }
  if (!('items' in body) || 'id' in body) return { items: [body], isSingle: true };
  const { items, ...others } = body;
  const unknown = Object.keys(others);
  if (unknown.length > 0) {
    const details = unknown.map((path) => ({ path, message: 'is not a field of a batch' }));
    throw new AppError('request.invalid', 'A batch holds nothing but `items`.', { details });
  }
  if (!Array.isArray(items)) {
    const details = [{ path: 'items', message: 'is not an array' }];
    throw new AppError('request.invalid', '`items` must be an array.', { details });
  }
  return { items: checkedItems(items), isSingle: false };
}

function checkedItems(items: readonly unknown[]): readonly unknown[] {
  if (items.length === 0) throw new AppError('request.invalid', 'The batch is empty: send at least one item.');
  if (items.length <= MAX_BATCH_ITEMS) return items;
  const told = `The batch has ${items.length} items; send at most ${MAX_BATCH_ITEMS} at once.`;
  throw new AppError('request.too-large', told);
}

/** The schema of a body that holds one item or a batch of them, as the API description tells it. */
export const batchOf = (item: z.ZodType): z.ZodType =>
  z.union([
    item,
    z.strictObject({ items: z.array(item).min(1).max(MAX_BATCH_ITEMS) }),
    z.array(item).min(1).max(MAX_BATCH_ITEMS),
  ]);

const errorDetail = z.object({ path: z.string(), message: z.string() });

/** What became of one item. */
const itemOutcome = z
  .object({
    /** Position in the call, from 0. */
    index: z.int().min(0),
    /** Absent where the item had no readable id. */
    id: z.string().optional(),
    status: z.enum(['accepted', 'unchanged', 'valid', 'rejected']),
    /** Version of the subject, raised with each change of content. */
    version: z.int().optional(),
    /** The check of this version: `GET /v1/checks/{checkId}`. */
    checkId: z.string().optional(),
    /** For a rejected item. */
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).optional(),
    details: z.array(errorDetail).optional(),
  })
  .meta({ id: 'ItemOutcome' });

/** What became of a batch, item by item, in order. */
export const batchAnswer = z
  .object({
    items: z.array(itemOutcome),
    accepted: z.int().min(0),
    unchanged: z.int().min(0),
    rejected: z.int().min(0),
    /** Present with `dryRun=true`: valid items, none of which was stored. */
    valid: z.int().min(0).optional(),
  })
  .meta({ id: 'BatchAnswer' });

/** What the use cases tell of an item, as far as presenting it goes. */
export type PresentableOutcome = { readonly index: number; readonly id?: string } & (
  | { readonly status: 'accepted' | 'unchanged' | 'valid' }
  | {
      readonly status: 'rejected';
      readonly code: ErrorCode;
      readonly details: readonly { readonly path: string; readonly message: string }[];
    }
);

/**
 * Presents the outcomes of a call: 202 with one status an item.
 *
 * @throws AppError with the item's own code when the call was one bare item and that was rejected.
 */
export function presentBatch(
  outcomes: readonly PresentableOutcome[],
  { isSingle, isDryRun }: { readonly isSingle: boolean; readonly isDryRun: boolean },
): RecordedAnswer {
  const only = outcomes[0];
  if (isSingle && only?.status === 'rejected') {
    const named = only.id === undefined ? '' : ` “${only.id}”`;
    throw new AppError(only.code, `The item${named} was not taken: ${describe(only.details)}`, {
      details: only.details,
    });
  }
  const count = (status: PresentableOutcome['status']): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const body = {
    items: outcomes,
    accepted: count('accepted'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
    ...(isDryRun ? { valid: count('valid') } : {}),
  };
  return { status: isDryRun ? 200 : 202, body };
}

/** Details that the sentence names; `details` has all of them. */
const MAX_TOLD = 3;

function describe(details: readonly { readonly path: string; readonly message: string }[]): string {
  const told = details.slice(0, MAX_TOLD).map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  const rest = details.length - told.length;
  return `${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}
