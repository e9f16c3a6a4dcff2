import type { Recheck } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { Database, Transaction } from './database.ts';
import { insertRechecks } from './recheck.ts';

/**
 * Whether a person, deciding on a cluster of accounts, kept this one out of it as somebody else's. What links penalties
 * asks the same of one decision, in SQL of its own.
 */
export async function isKeptApart(database: Database, accountId: string): Promise<boolean> {
  const [row] = await database.$queryRaw<{ isKept: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM decision d JOIN case_decision c ON c.id = d."caseDecisionId"
      WHERE d."subjectKind" = 'CLUSTER' AND d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL
        AND jsonb_exists(c.request->'keepMemberIds', ${accountId})) AS "isKept"`;
  return row?.isKept ?? false;
}

/** Has the reviews and orders of these accounts looked at again, so that the ledger hears whose they are. */
export async function regroupAccounts(
  tx: Transaction,
  ids: IdSource,
  given: { readonly accountIds: readonly string[]; readonly trigger: string; readonly now: Date },
): Promise<void> {
  if (given.accountIds.length === 0) return;
  const subjects = await tx.$queryRaw<Pick<Recheck, 'subjectKind' | 'subjectId'>[]>`
    SELECT 'REVIEW' AS "subjectKind", id AS "subjectId" FROM review WHERE "accountId" = ANY(${[...given.accountIds]})
    UNION ALL SELECT 'ORDER', id FROM "order" WHERE "accountId" = ANY(${[...given.accountIds]})`;
  const { trigger, now } = given;
  await insertRechecks(
    tx,
    ids,
    subjects.map((subject) => ({ ...subject, trigger })),
    now,
  );
}
