import type { StoredCase, LockedCase } from '../../pipeline/casework/case-store.ts';
import type { Database, Transaction } from './database.ts';
import { Prisma } from './generated/client.ts';

/** People's decisions in force that count against a buyer: about the account, its cluster, its reviews and their rings. */
const decidedAgainst = (accountId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT cd."decidedBy", cd."secondBy" FROM decision d JOIN case_decision cd ON cd.id = d."caseDecisionId"
  WHERE d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL AND d."violationType" <> 'SYS_STANDING_APPEAL' AND (
    (d."subjectKind" = 'ACCOUNT' AND d."subjectId" = ${accountId})
    OR (d."subjectKind" = 'CLUSTER' AND d."subjectId" = (SELECT a."clusterId" FROM account a WHERE a.id = ${accountId}))
    OR (d."subjectKind" = 'REVIEW'
      AND d."subjectId" IN (SELECT r.id FROM review r WHERE r."accountId" = ${accountId}))
    OR (d."subjectKind" = 'RING'
      AND d."subjectId" IN (SELECT g.id FROM ring g WHERE g."memberAccountIds" @> ARRAY[${accountId}]::text[])))`;

/** Condition over rows of `case`: no appeal against what this reviewer decided. */
export const isNotOwnAppeal = (reviewerId: string): Prisma.Sql => Prisma.sql`
  ${reviewerId} <> ALL("barredIds") AND ("violationType" <> 'SYS_STANDING_APPEAL' OR NOT EXISTS (
    SELECT 1 FROM (${decidedAgainst(Prisma.sql`"case"."subjectId"`)}) AS own
    WHERE ${reviewerId} IN (own."decidedBy", own."secondBy")))`;

/** Adds to a locked case who of those with a hand in it are people, and who decided what it appeals against. */
export async function withHands(tx: Database | Transaction, stored: StoredCase): Promise<LockedCase> {
  const { proposedBy, disagreedBy } = stored.moment;
  const before = [proposedBy, disagreedBy].filter((id) => id !== undefined);
  const peopleBefore = before.length === 0 ? 0 : await tx.person.count({ where: { id: { in: before } } });
  const hearingCaseId = await readHearing(tx, stored);
  const locked = { ...stored, peopleBefore, ...(hearingCaseId === undefined ? {} : { hearingCaseId }) };
  if (stored.subject.kind !== 'ACCOUNT' || stored.violationType === 'SYS_SELLER_APPEAL')
    return { ...locked, appealedDeciders: [] };
  const rows = await tx.$queryRaw<{ decidedBy: string; secondBy: string | null }[]>(
    decidedAgainst(Prisma.sql`${stored.subject.id}`),
  );
  const hands = rows.flatMap(({ decidedBy, secondBy }) => [decidedBy, ...(secondBy === null ? [] : [secondBy])]);
  return { ...locked, appealedDeciders: [...new Set(hands)] };
}

/** The case in which an appeal against a decision of this case is heard now. */
export async function readHearing(
  client: Database | Transaction,
  { id, moment }: Pick<StoredCase, 'id' | 'moment'>,
): Promise<string | undefined> {
  if (moment.state !== 'APPEALABLE' && moment.state !== 'CLOSED') return undefined;
  const open = await client.sellerAppeal.findFirst({
    where: { caseId: id, state: 'ADMISSIBLE' },
    select: { appealCaseId: true },
  });
  return open?.appealCaseId;
}
