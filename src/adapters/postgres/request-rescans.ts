import type { IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';

/** Leaves jobs that look at the live catalogue again because of these marks. */
export async function requestRescans(
  tx: Transaction,
  ids: IdSource,
  { markIds, now }: { readonly markIds: readonly string[]; readonly now: Date },
): Promise<void> {
  await tx.outboxMessage.createMany({
    data: markIds.map((markId) => ({
      topic: 'mark-rescan',
      key: ids.next(),
      payload: { markId },
      createdAt: now,
    })),
  });
}
