import { AppError } from '../domain/errors.ts';
import { mark, type Mark } from '../domain/mark.ts';
import { rightsHolder, type RightsHolder } from '../domain/rights-holder.ts';
import { parseBatch, type RejectedItem, type ValidItem } from './parse-batch.ts';
import { parseBy } from './parse-item.ts';
import type { Clock } from './ports.ts';

/** What became of one mark, rights holder or message of a batch; `index` is its position, from 0. */
export type SubmittedItem =
  { readonly index: number; readonly id: string; readonly status: 'accepted' | 'unchanged' } | RejectedItem;

/** Where marks and their holders are kept. */
export interface MarkStore {
  /**
   * Stores marks with distinct ids, a withdrawn one anew, and leaves for each that is new or changed a re-scan of the
   * live catalogue, in one transaction. Answers in the order of its argument.
   */
  saveMarks(marks: readonly Mark[], nowMs: number): Promise<readonly ('accepted' | 'unchanged')[]>;
  saveRightsHolders(holders: readonly RightsHolder[], nowMs: number): Promise<readonly ('accepted' | 'unchanged')[]>;
  /** Which of these rights holders are not there. */
  missingRightsHolders(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Ends the protection of a mark; its record stays, because findings name it. */
  withdraw(markId: string, nowMs: number): Promise<'withdrawn' | 'missing'>;
}

export interface MarkPorts {
  readonly store: MarkStore;
  readonly clock: Clock;
  /** Called after marks were stored, so that the re-scan starts at once. */
  readonly kickOutbox: () => void;
}

/**
 * Takes marks: checks each, stores the valid ones, tells what became of each, in order.
 *
 * @throws AppError `request.too-large` for more than MAX_BATCH_ITEMS marks.
 */
export async function submitMarks(ports: MarkPorts, items: readonly unknown[]): Promise<readonly SubmittedItem[]> {
  const { outcomes, valid } = parseBatch<Mark, SubmittedItem>(items, (value) => parseBy(mark, value));
  const missing = await ports.store.missingRightsHolders([...new Set(valid.map(({ item }) => item.rightsHolderId))]);
  const known = valid.filter(({ index, item: { id, rightsHolderId } }) => {
    if (!missing.has(rightsHolderId)) return true;
    const message = `no rights holder “${rightsHolderId}”: POST /v1/rights-holders first`;
    const details = [{ path: 'rightsHolderId', message }];
    outcomes[index] = { index, id, status: 'rejected', code: 'item.reference-missing', details };
    return false;
  });
  const marks = known.map(({ item }) => item);
  recordStatuses(outcomes, known, marks.length === 0 ? [] : await ports.store.saveMarks(marks, ports.clock.nowMs()));
  ports.kickOutbox();
  return outcomes;
}

/**
 * Takes rights holders, each by itself, as `submitMarks` does marks.
 *
 * @throws AppError `request.too-large` for more than MAX_BATCH_ITEMS of them.
 */
export async function submitRightsHolders(
  ports: MarkPorts,
  items: readonly unknown[],
): Promise<readonly SubmittedItem[]> {
  const { outcomes, valid } = parseBatch<RightsHolder, SubmittedItem>(items, (value) => parseBy(rightsHolder, value));
  const holders = valid.map(({ item }) => item);
  recordStatuses(
    outcomes,
    valid,
    holders.length === 0 ? [] : await ports.store.saveRightsHolders(holders, ports.clock.nowMs()),
  );
  return outcomes;
}

/**
 * Withdraws a mark: from then on nothing is checked against it.
 *
 * @throws AppError `resource.not-found`
 */
export async function withdrawMark(ports: MarkPorts, markId: string): Promise<void> {
  if ((await ports.store.withdraw(markId, ports.clock.nowMs())) === 'missing') {
    throw new AppError('resource.not-found', `There is no mark “${markId}”.`);
  }
}

/** Notes what became of the valid items. */
export function recordStatuses<Item extends { readonly id: string }>(
  outcomes: SubmittedItem[],
  valid: readonly ValidItem<Item>[],
  statuses: readonly ('accepted' | 'unchanged')[],
): void {
  for (const [i, { index, item }] of valid.entries()) outcomes[index] = { index, id: item.id, status: statuses[i]! };
}
