import type { Reversal } from '../../pipeline/casework/decision-store.ts';
import type { CreditGist } from '../../domain/credit.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { LedgerClaim } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { appendLedger } from './append-ledger.ts';
import { lockCase, writeChange } from './change-case.ts';
import { restoreClearedMembers } from './cleared-identifiers.ts';
import type { Transaction } from './database.ts';
import { regroupAccounts } from './kept-apart.ts';
import { moveOn, NotDue } from './move-on.ts';
import { recordEvents } from './record-events.ts';
import { claimAuthenticity } from './review-authenticity.ts';
import { reversalClaims } from './reversal-claims.ts';
import { decidedStatusOf, type DecidedPayload } from './decided-status.ts';
import { undoRingSplit } from './split-ring-store.ts';
import { restoredStatus } from '../../policy/restored-status.ts';
import { settleOutside } from './settle-appeal.ts';
import { asStored } from './stored-json.ts';

/** Accounts that the decision on their cluster suspended or terminated are active again, unless another one said so too. */
async function reinstateCluster(
  tx: Transaction,
  { memberAccountIds, actions }: { readonly memberAccountIds: string[]; readonly actions: readonly string[] },
): Promise<void> {
  const action = ['TERMINATE', 'SUSPEND'].find((one) => actions.includes(one));
  if (action === undefined) return;
  const standing = action === 'TERMINATE' ? 'TERMINATED' : 'SUSPENDED';
  await tx.$executeRaw`
    UPDATE account a SET standing = 'ACTIVE' WHERE a.id = ANY(${memberAccountIds}) AND a.standing = ${standing}
    AND NOT EXISTS (
      SELECT 1 FROM decision d WHERE d."subjectKind" = 'ACCOUNT' AND d."subjectId" = a.id
      AND d."reversedAt" IS NULL AND ${action} = ANY(d.actions))`;
}

/** Takes a decision back as if it had never been; what changed hands since is left as it is now. */
export async function writeReversal(
  tx: Transaction,
  ids: IdSource,
  { caseId, decisionId, by, note, appealId, rulesetDigest, nowMs }: Reversal,
): Promise<'reversed' | 'not-in-force'> {
  const now = new Date(nowMs);
  const rows = await tx.decision.findMany({ where: { caseDecisionId: decisionId, caseId, reversedAt: null } });
  const stamp = { decisionId, decidedBy: by, rulesetDigest, nowMs };
  for (const row of rows) if (row.subjectKind === 'RING') await undoRingSplit(tx, ids, row.subjectId, stamp);
  const reviewIds = rows.filter(({ subjectKind }) => subjectKind === 'REVIEW').map(({ subjectId }) => subjectId);
  if (reviewIds.length > 0)
    await tx.$queryRaw`SELECT id FROM review WHERE id = ANY(${reviewIds}) ORDER BY id FOR UPDATE`;
  const current = await lockCase(tx, caseId);
  const decision = await tx.caseDecision.findUnique({ where: { id: decisionId } });
  if (current === undefined || decision?.state !== 'IN_FORCE') throw new NotDue();
  await restoreClearedMembers(tx, decisionId);
  for (const row of rows) if (row.subjectKind === 'CLUSTER') await reinstateCluster(tx, row);
  const claims: LedgerClaim[] = [];
  for (const row of rows) {
    const { statusBefore, statusAfter, isRatingStruck } = asStored<DecidedPayload>(row.payload);
    const place = { id: row.subjectId };
    if (row.subjectKind === 'LISTING' && statusBefore !== null && statusAfter !== null)
      await tx.listing.updateMany({
        where: { ...place, publication: statusAfter },
        data: { publication: restoredStatus(decidedStatusOf(row), statusAfter)! },
      });
    if (row.subjectKind === 'ACCOUNT' && statusBefore !== null)
      await tx.account.updateMany({
        where: { ...place, standing: statusAfter ?? '' },
        data: { standing: statusBefore },
      });
    if (row.subjectKind === 'SELLER' && statusBefore !== null)
      await tx.seller.updateMany({
        where: { ...place, standing: statusAfter ?? '' },
        data: { standing: statusBefore },
      });
    if (row.subjectKind !== 'REVIEW') continue;
    if (isRatingStruck) await tx.review.updateMany({ where: place, data: { isRatingStruck: false } });
    const reviews = await tx.$queryRaw<{ id: string; sellerId: string }[]>`
      UPDATE review SET authenticity = 'CLEARED', "quarantinedUntil" = NULL
      WHERE id = ${row.subjectId} AND authenticity = ${statusAfter} AND authenticity <> 'CLEARED'
      RETURNING id, "sellerId"`;
    const change = {
      authenticity: 'CLEARED',
      decisionId: `reversal:${decisionId}`,
      rulesetVersion: rulesetDigest,
    } as const;
    const why = 'The decision on the review was reversed, so it counts.';
    const gist: CreditGist = { code: 'COUNTS_AGAIN', values: {} };
    claims.push(...(await claimAuthenticity(tx, reviews, { ...change, why, gist, recordedAtMs: nowMs })));
  }
  const booked = await tx.seller.findMany({
    where: { id: { in: rows.flatMap(({ sellerId }) => sellerId ?? []) } },
    select: { legalId: true },
  });
  claims.push(
    ...(await reversalClaims(tx, {
      decisionId,
      reversalId: decisionId,
      legalIds: booked.map(({ legalId }) => legalId),
      why:
        appealId === undefined
          ? 'The decision behind this entry was reversed, so it counts as if it had never been.'
          : 'The appeal against the decision behind this entry was won, so it counts as if it had never been.',
      gist: { code: 'REVERSED', values: appealId === undefined ? {} : { by: 'APPEAL' } },
      rulesetVersion: rulesetDigest,
      nowMs,
    })),
  );
  if (claims.length > 0) await appendLedger(tx, claims);
  const sellerIds = rows.filter(({ subjectKind }) => subjectKind === 'SELLER').map(({ subjectId }) => subjectId);
  if (sellerIds.length > 0)
    await tx.$executeRaw`
      UPDATE credit_head SET "snapshotSeq" = LEAST("snapshotSeq", "lastSeq" - 1)
      WHERE "legalId" IN (SELECT "legalId" FROM seller WHERE id = ANY(${sellerIds}))`;
  await tx.decision.updateMany({ where: { caseDecisionId: decisionId }, data: { reversedAt: now } });
  if (current.subject.kind === 'CLUSTER') {
    const accountIds = asStored<DecisionRequest>(decision.request).keepMemberIds ?? [];
    await regroupAccounts(tx, ids, { accountIds, trigger: `together:${decisionId}`, now });
  }
  await tx.statement.updateMany({ where: { caseDecisionId: decisionId }, data: { withdrawnAt: now } });
  await tx.caseDecision.update({
    where: { id: decisionId },
    data: { state: 'REVERSED', reversedBy: by, reversedAt: now, reversalNote: note },
  });
  if (appealId === undefined) await settleOutside(tx, decisionId, now);
  const moment = moveOn(current.moment, ['REVERSE'], nowMs);
  const ofAppeal = appealId === undefined ? {} : { appealId };
  const happenings = [{ type: 'REVERSE', actor: by, payload: { decisionId, note, ...ofAppeal } }];
  await writeChange(tx, current, { moment, happenings, isClosed: true }, nowMs);
  const data = {
    decisionId,
    caseId,
    ...ofAppeal,
    subjects: rows.map(({ subjectKind, subjectId }) => `${subjectKind}/${subjectId}`),
  };
  await recordEvents(tx, ids, [{ type: 'assay.case.reversed', subject: `CASE/${caseId}`, data }], now);
  return 'reversed';
}
