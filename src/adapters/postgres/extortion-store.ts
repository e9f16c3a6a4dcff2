import type { IdSource } from '../../pipeline/ports.ts';
import type { ExtortionReport, ExtortionStore } from '../../pipeline/report-extortion.ts';
import { inTransaction, type Database } from './database.ts';
import { insertRechecks } from './recheck.ts';

/** Sellers' reports of extortion by review. */
export function postgresExtortionStore(database: Database, ids: IdSource): ExtortionStore {
  return {
    async reviewOf(reviewId) {
      const [row] = await database.$queryRaw<{ accountId: string; sellerId: string; hasAccount: boolean }[]>`
        SELECT r."accountId", r."sellerId", a.id IS NOT NULL AS "hasAccount"
        FROM review r LEFT JOIN account a ON a.id = r."accountId" WHERE r.id = ${reviewId}`;
      return row;
    },
    save: ({ reportedAtMs, quotes, ...report }) =>
      inTransaction(database, async (tx) => {
        const now = new Date(reportedAtMs);
        const data = [{ ...report, quotes: [...quotes], reportedAt: now }];
        const { count } = await tx.extortionReport.createMany({ data, skipDuplicates: true });
        if (count === 0) return 'known';
        const trigger = `extortion-report:${report.id}`;
        await insertRechecks(tx, ids, [{ subjectKind: 'ACCOUNT', subjectId: report.accountId, trigger }], now);
        return 'saved';
      }),
  };
}

/** Reports about an account, by time. */
export async function readExtortionReports(database: Database, accountId: string): Promise<readonly ExtortionReport[]> {
  const rows = await database.extortionReport.findMany({
    where: { accountId },
    orderBy: [{ reportedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ reportedAt, ...row }) => ({ ...row, reportedAtMs: reportedAt.getTime() }));
}
