import type { DomainEvent } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';

/** Writes events into the log that `GET /v1/events` reads. */
export async function recordEvents(
  tx: Transaction,
  ids: IdSource,
  events: readonly DomainEvent[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  await tx.event.createMany({
    data: events.map(({ type, subject, data }) => ({ id: ids.next(), type, subject, data: data as object, time: now })),
  });
}
