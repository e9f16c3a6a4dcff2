import type { SellerMessage } from '../../domain/message.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { MessageStore } from '../../pipeline/submit-message.ts';
import { inTransaction, type Database } from './database.ts';
import { insertRechecks } from './recheck.ts';

/** Keeps what sellers wrote to buyers about their listings. */
export function postgresMessageStore(database: Database, ids: IdSource): MessageStore {
  return {
    saveMessages: (messages, nowMs) =>
      inTransaction(database, async (tx) => {
        const now = new Date(nowMs);
        const sorted = messages.toSorted((left, right) => (left.id < right.id ? -1 : 1));
        const inserted = await tx.sellerMessage.createManyAndReturn({
          data: sorted.map((message) => toRow(message, now)),
          skipDuplicates: true,
          select: { id: true, listingId: true },
        });
        const rechecks = inserted.map(({ id, listingId }) => ({
          subjectKind: 'LISTING' as const,
          subjectId: listingId,
          trigger: `message:${id}`,
        }));
        await insertRechecks(tx, ids, rechecks, now);
        const fresh = new Set(inserted.map(({ id }) => id));
        return messages.map(({ id }) => (fresh.has(id) ? 'accepted' : 'unchanged'));
      }),
  };
}

const toRow = ({ id, sellerId, listingId, text, sentAt }: SellerMessage, receivedAt: Date) => ({
  id,
  sellerId,
  listingId,
  text,
  sentAt: new Date(sentAt),
  receivedAt,
});
