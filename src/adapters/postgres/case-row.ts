import type { CaseMoment, CaseState } from '../../domain/case.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { Severity, ViolationType } from '../../domain/violation.ts';
import type { StoredCase } from '../../pipeline/casework/case-store.ts';
import type { Case } from './generated/client.ts';
import { unlessNull } from './stored-json.ts';

/** The part of a case row that its moves depend on. */
function toMoment(row: Case): CaseMoment {
  return {
    state: row.state as CaseState,
    level: row.level,
    lastFencingToken: row.fencingToken,
    ...(row.leaseHolder === null || row.leaseUntil === null
      ? {}
      : {
          lease: {
            holderId: row.leaseHolder,
            fencingToken: row.fencingToken,
            untilMs: row.leaseUntil.getTime(),
          },
        }),
    ...unlessNull('proposedBy', row.proposedBy),
    ...unlessNull('disagreedBy', row.disagreedBy),
  };
}

/** A case row as casework knows it. */
export function toStoredCase(row: Case): StoredCase {
  return {
    id: row.id,
    caseKey: row.caseKey,
    queue: row.queue,
    severity: row.severity as Severity,
    violationType: row.violationType as ViolationType,
    neededSkills: row.neededSkills ?? [],
    subject: { kind: row.subjectKind as SubjectKind, id: row.subjectId },
    ...unlessNull('sellerId', row.sellerId),
    ...unlessNull('market', row.market),
    ...unlessNull('assigneeId', row.assigneeId),
    ...unlessNull('assignedUntilMs', row.assignedUntil?.getTime() ?? null),
    ...unlessNull('claimedAtMs', row.claimedAt?.getTime() ?? null),
    openedAtMs: row.openedAt.getTime(),
    priorReviewers: row.priorReviewers ?? [],
    barredIds: row.barredIds ?? [],
    moment: toMoment(row),
  };
}

/** The columns of a moment. */
export const momentColumns = (moment: CaseMoment) => ({
  state: moment.state,
  level: moment.level,
  fencingToken: moment.lastFencingToken,
  leaseHolder: moment.lease?.holderId ?? null,
  leaseUntil: moment.lease === undefined ? null : new Date(moment.lease.untilMs),
  proposedBy: moment.proposedBy ?? null,
  disagreedBy: moment.disagreedBy ?? null,
});
