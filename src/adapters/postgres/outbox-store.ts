import type { OutboxMessage, OutboxStore, QueueName } from '../../pipeline/ports.ts';
import type { Database } from './database.ts';

/** How long a dispatcher may take before another one sends its messages again. */
const CLAIM_SECONDS = 30;

interface OutboxRow {
  readonly id: bigint;
  readonly topic: string;
  readonly key: string;
  readonly payload: unknown;
  readonly delayMs: number;
}

/**
 * Messages leave in the order in which they were written; several dispatchers share the work. They are claimed, sent
 * and deleted in three steps, never in one transaction: on the embedded engine an open transaction would keep the
 * queue, which lives in the same database, from taking them. After a crash a claim runs out and the messages are sent
 * again; their receivers know them by their keys.
 */
export function postgresOutboxStore(database: Database): OutboxStore {
  return {
    async dispatch(limit, send) {
      const rows = await database.$queryRaw<OutboxRow[]>`
        UPDATE outbox_message SET "claimedUntil" = now() + make_interval(secs => ${CLAIM_SECONDS})
        WHERE id IN (
          SELECT id FROM outbox_message WHERE "claimedUntil" IS NULL OR "claimedUntil" < now()
          ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING id, topic, key, payload, "delayMs"`;
      if (rows.length === 0) return 0;
      const messages = rows
        .map((row): OutboxMessage => ({ ...row, topic: row.topic as QueueName }))
        .sort((left, right) => (left.id < right.id ? -1 : 1));
      await send(messages);
      await database.outboxMessage.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
      return rows.length;
    },
  };
}
