import type { StandingLine } from '../../credit/buyer-standing.ts';
import type { JudgedAppeal, StandingAppealStore } from '../../pipeline/appeal-standing.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { inTransaction, type Database } from './database.ts';
import { insertRechecks } from './recheck.ts';
import { unlessNull } from './stored-json.ts';

interface AppealRow {
  readonly id: string;
  readonly accountId: string;
  readonly about: readonly string[];
  readonly statement: string;
  readonly submittedBy: string;
  readonly submittedAt: Date;
  readonly reason: string | null;
  readonly decidedAt: Date | null;
}

/** Buyers' appeals against their standing. The decisions about the account tell what became of each. */
export function postgresStandingAppealStore(database: Database, ids: IdSource): StandingAppealStore {
  return {
    list: (accountId) => readStandingAppeals(database, accountId),
    save: ({ submittedAtMs, about, ...appeal }) =>
      inTransaction(database, async (tx) => {
        const submittedAt = new Date(submittedAtMs);
        await tx.standingAppeal.create({ data: { ...appeal, about: [...about], submittedAt } });
        const trigger = `standing-appeal:${appeal.id}`;
        await insertRechecks(tx, ids, [{ subjectKind: 'ACCOUNT', subjectId: appeal.accountId, trigger }], submittedAt);
      }),
  };
}

/** Appeals of an account, newest first: the first decision after one, unless it was taken back, is the one about it. */
export async function readStandingAppeals(database: Database, accountId: string): Promise<readonly JudgedAppeal[]> {
  const rows = await database.$queryRaw<AppealRow[]>`
    SELECT a.*, d.reason, d."decidedAt" FROM standing_appeal a LEFT JOIN LATERAL (
      SELECT d.reason, d."decidedAt" FROM decision d LEFT JOIN "case" c ON c.id = d."caseId"
      WHERE d."subjectKind" = 'ACCOUNT' AND d."subjectId" = a."accountId"
        -- Whoever finds nothing wrong need not say of what: the case does.
        AND coalesce(d."violationType", c."violationType") = 'SYS_STANDING_APPEAL'
        AND d.reason IS NOT NULL AND d."reversedAt" IS NULL AND d."decidedAt" >= a."submittedAt"
      ORDER BY d."decidedAt" LIMIT 1) d ON true
    WHERE a."accountId" = ${accountId} ORDER BY a."submittedAt" DESC, a.id DESC`;
  return rows.map(({ about, submittedAt, reason, decidedAt, ...row }) => ({
    ...row,
    about: about as readonly StandingLine[],
    submittedAtMs: submittedAt.getTime(),
    state: reason === null ? 'OPEN' : reason === 'CONFIRMED' ? 'GRANTED' : 'REJECTED',
    ...unlessNull('decidedAtMs', decidedAt?.getTime() ?? null),
  }));
}
