import type { CreditEntry } from '../../domain/credit.ts';
import type { Seller } from '../../domain/seller.ts';
import type { CreditSubject, LedgerStore } from '../../pipeline/credit-reports.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { inTransaction, type Database } from './database.ts';
import { recordEvents } from './record-events.ts';

interface SellerRow {
  readonly id: string;
  readonly legalId: string;
  readonly payload: unknown;
  readonly standing: string;
  readonly registeredAt: Date;
}

const toSubject = ({ id, legalId, payload, standing, registeredAt }: SellerRow): CreditSubject => ({
  sellerId: id,
  legalId,
  context: {
    registeredAtMs: registeredAt.getTime(),
    kyb: (payload as Seller).kyb,
    standing: standing as NonNullable<CreditSubject['context']['standing']>,
  },
});

/** The ledger and the snapshots taken of it. */
export function postgresLedgerStore(database: Database, ids: IdSource): LedgerStore {
  return {
    async subject(sellerId) {
      const row = await database.seller.findUnique({ where: { id: sellerId } });
      return row === null ? undefined : toSubject(row);
    },
    async entries(legalId) {
      const rows = await database.creditEntry.findMany({
        where: { legalId },
        orderBy: { seq: 'asc' },
        select: { payload: true },
      });
      return rows.map(({ payload }) => payload as unknown as CreditEntry);
    },
    staleEntities: (limit) => database.$queryRaw`
      SELECT "legalId", "lastSeq" FROM credit_head WHERE "snapshotSeq" < "lastSeq" ORDER BY "legalId" LIMIT ${limit}`,
    async stores(legalId) {
      return (await database.seller.findMany({ where: { legalId }, orderBy: { id: 'asc' } })).map(toSubject);
    },
    saveSnapshots: ({ legalId, lastSeq }, reports, nowMs) =>
      inTransaction(database, async (tx) => {
        const now = new Date(nowMs);
        for (const { sellerId, report } of reports) {
          const before = await tx.creditSnapshot.findUnique({ where: { sellerId }, select: { tier: true } });
          const isMoved = before?.tier !== report.tier;
          const snapshot = {
            score: report.score,
            tier: report.tier,
            report,
            inputsSha256: report.inputsSha256,
            asOf: now,
            ...(isMoved ? { tierSince: now } : {}),
          };
          await tx.creditSnapshot.upsert({
            where: { sellerId },
            create: { sellerId, ...snapshot, tierSince: now },
            update: snapshot,
          });
          if (isMoved && before !== null) {
            const data = { sellerId, from: before.tier, to: report.tier, score: report.score };
            await recordEvents(
              tx,
              ids,
              [{ type: 'assay.credit.tier-changed', subject: `SELLER/${sellerId}`, data }],
              now,
            );
          }
        }
        await tx.$executeRaw`
          UPDATE credit_head SET "snapshotSeq" = GREATEST("snapshotSeq", ${lastSeq}) WHERE "legalId" = ${legalId}`;
      }),
  };
}
