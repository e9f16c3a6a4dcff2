import type { CaseState } from '../../domain/case.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type {
  CaseChange,
  CaseHappening,
  ChangedCase,
  LockedCase,
  OpenDecision,
  StoredCase,
} from '../../pipeline/casework/case-store.ts';
import type { CaseMoment } from './case-clock.ts';
import { withHands } from './case-hands.ts';
import { momentColumns, toStoredCase } from './case-row.ts';
import { peopleOf, toCaseSummary, WITH_COUNT } from './case-queries.ts';
import { insertCaseDecision, updateCaseDecision } from './case-decision-rows.ts';
import type { Database, Transaction } from './database.ts';
import { readNames } from './read-names.ts';
import { asStored } from './stored-json.ts';

/** Locks a case and reads it; undefined where there is none. */
export async function lockCase(tx: Transaction, id: string): Promise<LockedCase | undefined> {
  const locked = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "case" WHERE id = ${id} FOR UPDATE`;
  if (locked.length === 0) return undefined;
  const stored = toStoredCase(await tx.case.findUniqueOrThrow({ where: { id } }));
  return withHands(tx, MAY_HAVE_DECISION.has(stored.moment.state) ? await withDecision(tx, stored) : stored);
}

/** States in which a decision may wait for another person, or for its time to be undone to end. */
export const MAY_HAVE_DECISION: ReadonlySet<CaseState> = new Set([
  'PROPOSED',
  'SECOND_REVIEW',
  'ADJUDICATION',
  'DECIDED',
]);

export async function withDecision(tx: Database | Transaction, stored: StoredCase): Promise<StoredCase> {
  const row = await tx.caseDecision.findFirst({
    where: { caseId: stored.id, state: { in: ['PROPOSED', 'PENDING'] } },
    orderBy: { decidedAt: 'desc' },
  });
  if (row === null) return stored;
  const openDecision = {
    id: row.id,
    state: row.state as OpenDecision['state'],
    decidedBy: row.decidedBy,
    undoUntilMs: row.undoUntil.getTime(),
    request: asStored<DecisionRequest>(row.request),
  };
  return { ...stored, openDecision };
}

/** Writes what happened to a case, numbered on. The case is locked. */
export async function appendHappenings(
  tx: Transaction,
  caseId: string,
  happenings: readonly CaseHappening[],
  now: Date,
): Promise<void> {
  if (happenings.length === 0) return;
  const last = await tx.caseEvent.aggregate({ where: { caseId }, _max: { seq: true } });
  const firstSeq = (last._max.seq ?? 0) + 1;
  await tx.caseEvent.createMany({
    data: happenings.map(({ type, actor, payload }, i) => ({
      caseId,
      seq: firstSeq + i,
      at: now,
      actor,
      type,
      payload: payload as object,
    })),
  });
}

const asTime = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Writes a change of a locked case. */
export async function writeChange(
  tx: Transaction,
  current: StoredCase,
  change: CaseChange,
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs);
  const { assignee, holdReason, claimedAtMs, enforceAtMs, decidedAtMs, priorReviewers } = change;
  await tx.case.update({
    where: { id: current.id },
    data: {
      ...momentColumns(change.moment),
      ...(assignee === undefined
        ? {}
        : { assigneeId: assignee?.id ?? null, assignedUntil: asTime(assignee?.untilMs ?? null) }),
      ...(holdReason === undefined ? {} : { holdReason }),
      ...(claimedAtMs === undefined ? {} : { claimedAt: new Date(claimedAtMs) }),
      ...(enforceAtMs === undefined ? {} : { enforceAt: asTime(enforceAtMs) }),
      ...(decidedAtMs === undefined ? {} : { decidedAt: asTime(decidedAtMs) }),
      ...(priorReviewers === undefined ? {} : { priorReviewers: [...priorReviewers] }),
      ...(change.isKeyFree === undefined ? {} : { openKey: await openKeyOf(tx, current, change.isKeyFree) }),
      ...(change.isClosed === undefined ? {} : { closedAt: change.isClosed ? now : null }),
    },
  });
  await appendHappenings(tx, current.id, change.happenings, now);
  if (change.insertDecision !== undefined) await insertCaseDecision(tx, current, change.insertDecision, nowMs);
  if (change.updateDecision !== undefined) await updateCaseDecision(tx, change.updateDecision, now);
}

/** A key that another case has taken meanwhile stays with that one. */
async function openKeyOf(tx: Transaction, { id, caseKey }: StoredCase, isFree: boolean): Promise<string | null> {
  if (isFree) return null;
  const other = await tx.case.findUnique({ where: { openKey: caseKey }, select: { id: true } });
  return other === null || other.id === id ? caseKey : null;
}

/** A case as it is after a step. */
export async function readChanged(
  client: Database | Transaction,
  id: string,
  moment: CaseMoment,
): Promise<ChangedCase> {
  const row = await client.case.findUniqueOrThrow({ where: { id }, include: WITH_COUNT });
  const names = await readNames(client, peopleOf(row));
  return { summary: toCaseSummary(row, moment, names), stored: toStoredCase(row) };
}
