import { sellerMessage, type SellerMessage } from '../domain/message.ts';
import { isInFuture } from '../domain/primitives.ts';
import { parseBatch } from './parse-batch.ts';
import { parseBy } from './parse-item.ts';
import type { Clock } from './ports.ts';
import { recordStatuses, type SubmittedItem } from './submit-mark.ts';

/** Where messages of sellers are kept. */
export interface MessageStore {
  /**
   * Stores messages with distinct ids and has the listings that they are about checked again, in one transaction. What
   * was said does not change: a message that is there already stays as it is. Answers in the order of its argument.
   */
  saveMessages(messages: readonly SellerMessage[], nowMs: number): Promise<readonly ('accepted' | 'unchanged')[]>;
}

export interface MessagePorts {
  readonly store: MessageStore;
  readonly clock: Clock;
  /** Called after messages were stored, so that the checks start at once. */
  readonly kickOutbox: () => void;
}

/**
 * Takes messages of sellers: checks each, stores the valid ones, tells what became of each, in order.
 *
 * @throws AppError `request.too-large` for more than MAX_BATCH_ITEMS messages.
 */
export async function submitMessages(
  ports: MessagePorts,
  items: readonly unknown[],
): Promise<readonly SubmittedItem[]> {
  const nowMs = ports.clock.nowMs();
  const { outcomes, valid } = parseBatch<SellerMessage, SubmittedItem>(items, (value) => parseBy(sellerMessage, value));
  const timely = valid.filter(({ index, item: { id, sentAt } }) => {
    if (!isInFuture(sentAt, nowMs)) return true;
    const details = [
      { path: 'sentAt', message: 'lies in the future: send the time at which it was said, with its zone' },
    ];
    outcomes[index] = { index, id, status: 'rejected', code: 'item.future-date', details };
    return false;
  });
  const messages = timely.map(({ item }) => item);
  recordStatuses(outcomes, timely, messages.length === 0 ? [] : await ports.store.saveMessages(messages, nowMs));
  ports.kickOutbox();
  return outcomes;
}
