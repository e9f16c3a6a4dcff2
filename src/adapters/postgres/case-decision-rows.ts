import type { DecisionDraft, DecisionUpdate, StoredCase } from '../../pipeline/casework/case-store.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { CaseDecisionView } from '../../domain/views/made-decision-view.ts';
import type { Transaction } from './database.ts';
import type { CaseDecision } from './generated/client.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** Writes a decision about a locked case. */
export async function insertCaseDecision(
  tx: Transaction,
  { id: caseId, queue, severity }: StoredCase,
  draft: DecisionDraft,
  nowMs: number,
): Promise<void> {
  const { request } = draft;
  await tx.caseDecision.create({
    data: {
      id: draft.id,
      caseId,
      state: draft.state,
      decidedBy: draft.by.id,
      decidedByName: draft.by.name,
      decidedAt: new Date(nowMs),
      undoUntil: new Date(draft.undoUntilMs),
      reason: request.reason,
      violationType: request.violationType ?? null,
      actions: request.actions,
      automation: draft.automation,
      request,
      queue,
      severity,
      handlingMs: draft.handlingMs ?? null,
      secondReviewWhy: draft.secondReviewWhy ?? null,
      bulkId: draft.bulkId ?? null,
      appealRuling: request.ruling ?? null,
      rulesetDigest: draft.rulesetDigest,
    },
  });
}

/** Writes what became of a decision. Its case is locked. */
export async function updateCaseDecision(tx: Transaction, update: DecisionUpdate, now: Date): Promise<void> {
  const { id, state, undoUntilMs, second } = update;
  await tx.caseDecision.update({
    where: { id },
    data: {
      ...(state === undefined ? {} : { state }),
      ...(undoUntilMs === undefined ? {} : { undoUntil: new Date(undoUntilMs) }),
      ...(second === undefined
        ? {}
        : { secondBy: second.by, secondVerdict: second.verdict, secondNote: second.note, secondAt: now }),
    },
  });
}

/** A decision as the API shows it. */
export function toCaseDecisionView(row: CaseDecision): CaseDecisionView {
  const request = asStored<DecisionRequest>(row.request);
  const { reversedBy, reversedAt } = row;
  return {
    id: row.id,
    caseId: row.caseId,
    state: row.state as CaseDecisionView['state'],
    decidedBy: row.decidedBy,
    decidedByName: row.decidedByName,
    decidedAt: row.decidedAt.toISOString(),
    ...(row.state === 'PENDING' ? { undoUntil: row.undoUntil.toISOString() } : {}),
    automation: row.automation as CaseDecisionView['automation'],
    reason: row.reason as CaseDecisionView['reason'],
    ...unlessNull('violationType', row.violationType as CaseDecisionView['violationType'] | null),
    actions: row.actions as CaseDecisionView['actions'],
    subjects: (request.subjects ?? []).map(({ kind, id, actions = request.actions }) => ({ kind, id, actions })),
    explanation: request.explanation,
    note: request.note,
    ...(request.ruling === undefined ? {} : { ruling: request.ruling }),
    ...(row.secondReviewWhy === null
      ? {}
      : {
          secondReview: {
            why: row.secondReviewWhy,
            ...unlessNull('by', row.secondBy),
            ...unlessNull('verdict', row.secondVerdict as 'AGREE' | 'DISAGREE' | null),
            ...unlessNull('note', row.secondNote),
          },
        }),
    ...(reversedBy === null || reversedAt === null
      ? {}
      : { reversal: { by: reversedBy, at: reversedAt.toISOString(), note: row.reversalNote ?? '' } }),
  };
}
