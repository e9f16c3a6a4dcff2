import type { DomainEvent } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';

/** Writes events into the log and, for every endpoint that wants them, a delivery into the outbox. */
export async function recordEvents(
  tx: Transaction,
  ids: IdSource,
  events: readonly DomainEvent[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ type, subject, data }) => ({
    id: ids.next(),
    type,
    subject,
    data: data as object,
    time: now,
  }));
  await tx.event.createMany({ data: rows });
  const endpoints = await tx.webhookEndpoint.findMany({
    where: { isEnabled: true },
    select: { id: true, eventTypes: true },
  });
  const deliveries = endpoints.flatMap(({ id: endpointId, eventTypes }) =>
    rows
      .filter(({ type }) => eventTypes.length === 0 || eventTypes.includes(type))
      .map(({ id: eventId }) => ({ eventId, endpointId, createdAt: now })),
  );
  if (deliveries.length === 0) return;
  await tx.webhookDelivery.createMany({ data: deliveries });
  await tx.outboxMessage.createMany({
    data: deliveries.map(({ eventId, endpointId }) => ({
      kind: 'EVENT',
      topic: 'webhook-delivery',
      key: `${eventId}.${endpointId}`,
      payload: { eventId, endpointId },
      createdAt: now,
    })),
  });
}
