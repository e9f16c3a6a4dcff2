import type { CreditGist } from '../../domain/credit.ts';
import type { CaseHappening, StoredCase } from '../../pipeline/casework/case-store.ts';
import type { DecisionEffects } from '../../pipeline/casework/decision-store.ts';
import type { LedgerClaim } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { PlannedSubject } from '../../policy/decision-wish.ts';
import { appendLedger } from './append-ledger.ts';
import { lockCase, writeChange } from './change-case.ts';
import { clearKeptMembers } from './cleared-identifiers.ts';
import type { Transaction } from './database.ts';
import { regroupAccounts } from './kept-apart.ts';
import { moveOn, NotDue } from './move-on.ts';
import { writeSettlement } from './settle-appeal.ts';
import { writeReversal } from './reverse-decision.ts';
import { recordEvents } from './record-events.ts';
import { claimAuthenticity } from './review-authenticity.ts';
import { writeRingSplit } from './split-ring-store.ts';

const isDue = ({ openDecision, moment }: StoredCase, decisionId: string): boolean =>
  moment.state === 'DECIDED' && openDecision?.id === decisionId && openDecision.state === 'PENDING';

/** Writes what a decision brings about. Locks: ring, reviews, case, ledgers, as every writer does. */
export async function writeDecision(
  tx: Transaction,
  ids: IdSource,
  effects: DecisionEffects,
): Promise<'enforced' | 'skipped'> {
  const { caseId, decisionId, plan, nowMs } = effects;
  const now = new Date(nowMs);
  const { appeal } = effects;
  if (appeal?.undoes !== undefined)
    await writeReversal(tx, ids, {
      ...appeal.undoes,
      by: effects.decidedBy,
      note: effects.request.explanation,
      appealId: appeal.appealId,
      rulesetDigest: effects.rulesetDigest,
      // A moment before: of two words about one review the later recorded holds, and that is what is decided now.
      nowMs: nowMs - 1,
    });
  const stamp = { decisionId, decidedBy: effects.decidedBy, rulesetDigest: effects.rulesetDigest, nowMs };
  if (effects.split !== undefined) await writeRingSplit(tx, ids, effects.split, stamp);
  const reviews = plan.subjects.filter(({ kind }) => kind === 'REVIEW');
  const claims = await judgeReviews(tx, reviews, effects);
  const current = await lockCase(tx, caseId);
  if (current === undefined || !isDue(current, decisionId)) throw new NotDue();
  for (const subject of plan.subjects) await writeStatus(tx, subject);
  if (effects.accounts !== undefined)
    await tx.account.updateMany({
      where: { id: { in: [...effects.accounts.ids] } },
      data: { standing: effects.accounts.standing },
    });
  if (effects.cleared !== undefined) await clearKeptMembers(tx, effects.cleared, { decisionId, now });
  const { sellerLegalId, penalties } = effects;
  const [first] = penalties;
  const booked: LedgerClaim[] =
    sellerLegalId === undefined || first === undefined
      ? []
      : [{ sellerLegalId, subjectRef: first.subjectRef, build: () => penalties }];
  if (claims.length + booked.length > 0) await appendLedger(tx, [...claims, ...booked]);
  await touchCredit(tx, plan.subjects);
  await insertDecisionRows(tx, ids, effects);
  if (current.subject.kind === 'CLUSTER') {
    const accountIds = effects.request.keepMemberIds ?? [];
    await regroupAccounts(tx, ids, { accountIds, trigger: `apart:${decisionId}`, now });
  }
  if (plan.statements.length > 0)
    await tx.statement.createMany({
      data: plan.statements.map(({ subject, statement }) => ({
        puid: statement.puid,
        caseDecisionId: decisionId,
        sellerId: subject.sellerId ?? null,
        subjectKind: subject.kind,
        subjectId: subject.id,
        payload: statement,
        createdAt: now,
      })),
      skipDuplicates: true,
    });
  await recordEvents(tx, ids, effects.events, now);
  // Nothing follows a ruling in this house.
  const last = appeal === undefined ? [] : (['CLOSE'] as const);
  const types = ['ENFORCE', 'NOTIFY', 'OPEN_APPEAL_WINDOW', ...last] as const;
  const happenings: CaseHappening[] = types.map((type) => ({ type, actor: 'assay', payload: { decisionId } }));
  await writeChange(
    tx,
    current,
    {
      moment: moveOn(current.moment, types, nowMs),
      happenings,
      enforceAtMs: null,
      isKeyFree: true,
      ...(appeal === undefined ? {} : { isClosed: true }),
    },
    nowMs,
  );
  if (appeal === undefined)
    await tx.case.update({ where: { id: caseId }, data: { appealUntil: new Date(effects.appealUntilMs) } });
  else await writeSettlement(tx, appeal, { decisionId, now });
  await tx.caseDecision.update({ where: { id: decisionId }, data: { state: 'IN_FORCE', enforcedAt: now } });
  if (effects.sample !== undefined) await insertLook(tx, current, effects, effects.sample);
  return 'enforced';
}

/** What a person's judgement of a review says to the seller. */
const JUDGED_WORDS = {
  CLEARED: {
    why: 'A person found that the review is an honest one, so it counts.',
    gist: { code: 'FOUND_HONEST', values: {} },
  },
  QUARANTINED: {
    why: 'A person set the review aside for a while.',
    gist: { code: 'SET_ASIDE', values: { by: 'PERSON' } },
  },
  CONFIRMED_INAUTHENTIC: {
    why: 'A person found that no honest buyer is behind the review, so it never counts.',
    gist: { code: 'FOUND_INAUTHENTIC', values: {} },
  },
} as const satisfies Record<string, { readonly why: string; readonly gist: CreditGist }>;

/** Sets what single reviews are worth, and gives what that means for the ledgers. */
async function judgeReviews(
  tx: Transaction,
  reviews: readonly PlannedSubject[],
  { decisionId, rulesetDigest, quarantineUntilMs, nowMs }: DecisionEffects,
): Promise<LedgerClaim[]> {
  const claims: LedgerClaim[] = [];
  const moved = reviews.filter(({ status, statusAfter }) => statusAfter !== undefined && statusAfter !== status);
  if (moved.length > 0)
    await tx.$queryRaw`SELECT id FROM review WHERE id = ANY(${moved.map(({ id }) => id)}) ORDER BY id FOR UPDATE`;
  for (const { id, statusAfter } of moved) {
    const authenticity = statusAfter as 'CLEARED' | 'QUARANTINED' | 'CONFIRMED_INAUTHENTIC';
    const rows = await tx.$queryRaw<{ id: string; sellerId: string }[]>`
      UPDATE review SET authenticity = ${authenticity},
        "quarantinedUntil" = ${authenticity === 'QUARANTINED' ? new Date(quarantineUntilMs) : null}
      WHERE id = ${id} RETURNING id, "sellerId"`;
    claims.push(
      ...(await claimAuthenticity(tx, rows, {
        authenticity,
        decisionId,
        ...JUDGED_WORDS[authenticity],
        rulesetVersion: rulesetDigest,
        recordedAtMs: nowMs,
      })),
    );
  }
  const struck = reviews.filter(({ isRatingStruck }) => isRatingStruck).map(({ id }) => id);
  if (struck.length > 0) await tx.review.updateMany({ where: { id: { in: struck } }, data: { isRatingStruck: true } });
  return claims;
}

/** Writes publication or standing of a subject; reviews and rings are written by their own rules. */
async function writeStatus(tx: Transaction, { kind, id, status, statusAfter }: PlannedSubject): Promise<void> {
  if (statusAfter === undefined || statusAfter === status) return;
  if (kind === 'LISTING') await tx.listing.updateMany({ where: { id }, data: { publication: statusAfter } });
  if (kind === 'ACCOUNT') await tx.account.updateMany({ where: { id }, data: { standing: statusAfter } });
  if (kind === 'SELLER') await tx.seller.updateMany({ where: { id }, data: { standing: statusAfter } });
}

/** A seller's standing is a fact of the credit: its snapshots are computed anew. */
async function touchCredit(tx: Transaction, subjects: readonly PlannedSubject[]): Promise<void> {
  const ids = subjects.filter(({ kind, status, statusAfter }) => kind === 'SELLER' && status !== statusAfter);
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE credit_head SET "snapshotSeq" = LEAST("snapshotSeq", "lastSeq" - 1)
    WHERE "legalId" IN (SELECT "legalId" FROM seller WHERE id = ANY(${ids.map(({ id }) => id)}))`;
}

async function insertDecisionRows(tx: Transaction, ids: IdSource, effects: DecisionEffects): Promise<void> {
  const { caseId, decisionId, request, plan, nowMs } = effects;
  await tx.decision.createMany({
    data: plan.subjects.map((subject) => ({
      id: ids.next(),
      checkId: subject.checkId ?? null,
      caseId,
      caseDecisionId: decisionId,
      subjectKind: subject.kind,
      subjectId: subject.id,
      sellerId: subject.sellerId ?? effects.sellerId ?? null,
      outcome: subject.outcome,
      actions: [...subject.actions],
      violationType: request.violationType ?? null,
      automation: effects.automation,
      decidedBy: effects.decidedBy,
      reason: request.reason,
      note: request.note,
      rulesetDigest: effects.rulesetDigest,
      payload: {
        verdict: request.reason,
        statusBefore: subject.status ?? null,
        statusAfter: subject.statusAfter ?? null,
        isRatingStruck: subject.isRatingStruck,
        firedRuleIds: [...effects.firedRuleIds],
        findingTypes: [...effects.findingTypes],
      },
      decidedAt: new Date(nowMs),
      memberAccountIds: subject.kind === 'CLUSTER' ? [...effects.oneHandIds] : [],
    })),
  });
}

async function insertLook(
  tx: Transaction,
  current: StoredCase,
  { decisionId, decidedBy, request, nowMs }: DecisionEffects,
  { id, why, dueAtMs }: NonNullable<DecisionEffects['sample']>,
): Promise<void> {
  const { reason, violationType, actions } = request;
  await tx.qualityLook.createMany({
    data: [
      {
        id,
        caseId: current.id,
        caseDecisionId: decisionId,
        kind: 'SAMPLE',
        state: 'SAMPLED',
        why,
        queue: current.queue,
        violationType: violationType ?? current.violationType,
        firstBy: decidedBy,
        first: { reason, ...(violationType === undefined ? {} : { violationType }), actions },
        createdAt: new Date(nowMs),
        dueAt: new Date(dueAtMs),
      },
    ],
    skipDuplicates: true,
  });
}
