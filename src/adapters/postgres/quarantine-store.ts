import type { IdSource } from '../../pipeline/ports.ts';
import type { QuarantineStore } from '../../pipeline/release-quarantine.ts';
import { appendLedger } from './append-ledger.ts';
import { inTransaction, type Database } from './database.ts';
import { recordEvents } from './record-events.ts';
import { claimAuthenticity } from './review-authenticity.ts';

/** Reviews whose quarantine has ended undecided. */
export function postgresQuarantineStore(database: Database, ids: IdSource): QuarantineStore {
  return {
    release: (nowMs, limit, rulesetVersion) =>
      inTransaction(database, async (tx) => {
        const now = new Date(nowMs);
        const rows = await tx.$queryRaw<{ id: string; sellerId: string }[]>`
          SELECT id, "sellerId" FROM review
          WHERE authenticity = 'QUARANTINED' AND "quarantinedUntil" <= ${now}
          ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
        if (rows.length === 0) return 0;
        await tx.review.updateMany({
          where: { id: { in: rows.map(({ id }) => id) } },
          // The end of its time aside stays noted: a review is set aside once, however often its group is found again.
          data: { authenticity: 'NORMAL' },
        });
        const decisionId = `release:${nowMs}`;
        const why = 'Nobody decided within the time that a review may be set aside, so it counts again.';
        const gist = { code: 'COUNTS_AGAIN', values: { by: 'TIME' } } as const;
        const change = { authenticity: 'NORMAL', decisionId, why, gist, rulesetVersion, recordedAtMs: nowMs } as const;
        await appendLedger(tx, await claimAuthenticity(tx, rows, change));
        const events = rows.map(({ id }) => ({
          type: 'assay.review.released',
          subject: `REVIEW/${id}`,
          data: { reviewId: id, why },
        }));
        await recordEvents(tx, ids, events, now);
        return rows.length;
      }),
  };
}
