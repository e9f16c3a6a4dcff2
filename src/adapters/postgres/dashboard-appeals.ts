import type { AppealRuling } from '../../domain/appeal.ts';
import type { DashboardView } from '../../domain/views/dashboard-view.ts';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';

/**
 * Sellers' appeals of a period; `isWithin` is a condition on the case `c` in which an appeal is heard. Source: DSA
 * Art. 15(1)(d) and 24(1) ask for number, outcome and median time.
 */
export async function readAppealFigures(
  database: Database,
  { from, to }: { readonly from: Date; readonly to: Date },
  isWithin: Prisma.Sql,
): Promise<DashboardView['appeals']> {
  const [counts] = await database.$queryRaw<{ submitted: number; waiting: number; overdue: number }[]>`
    SELECT (count(*) FILTER (WHERE a."submittedAt" >= ${from} AND a."submittedAt" < ${to}))::int AS submitted,
      (count(*) FILTER (WHERE a.state = 'ADMISSIBLE'))::int AS waiting,
      (count(*) FILTER (WHERE a.state = 'ADMISSIBLE' AND a."dueAt" < ${to}))::int AS overdue
    FROM seller_appeal a JOIN "case" c ON c.id = a."appealCaseId"
    WHERE (a.state = 'ADMISSIBLE' OR a."submittedAt" >= ${from}) AND ${isWithin}`;
  const rows = await database.$queryRaw<
    { ruling: AppealRuling | null; count: number; inTime: number; median: number | null; p95: number | null }[]
  >`
    SELECT d."appealRuling" AS ruling, count(*)::int AS count,
      (count(*) FILTER (WHERE a."ruledAt" <= a."dueAt"))::int AS "inTime",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a."ruledAt" - a."submittedAt")::float8) / 3600 AS median,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM a."ruledAt" - a."submittedAt")::float8) / 3600 AS p95
    FROM seller_appeal a JOIN case_decision d ON d.id = a."rulingDecisionId" JOIN "case" c ON c.id = a."appealCaseId"
    WHERE a."ruledAt" >= ${from} AND a."ruledAt" < ${to} AND ${isWithin}
    GROUP BY GROUPING SETS ((d."appealRuling"), ())`;
  const all = rows.find(({ ruling }) => ruling === null);
  const of = (ruling: AppealRuling): number => rows.find((row) => row.ruling === ruling)?.count ?? 0;
  return {
    submitted: counts?.submitted ?? 0,
    waiting: counts?.waiting ?? 0,
    overdue: counts?.overdue ?? 0,
    rulings: {
      UPHELD: of('UPHELD'),
      OVERTURNED: of('OVERTURNED'),
      MODIFIED: of('MODIFIED'),
      INADMISSIBLE: of('INADMISSIBLE'),
    },
    inTime: { hits: all?.inTime ?? 0, of: all?.count ?? 0 },
    timeToRuling: {
      count: all?.count ?? 0,
      ...(typeof all?.median === 'number' ? { medianHours: Math.max(0, all.median) } : {}),
      ...(typeof all?.p95 === 'number' ? { p95Hours: Math.max(0, all.p95) } : {}),
    },
  };
}
