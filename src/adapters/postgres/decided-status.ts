import type { Outcome } from '../../domain/decision.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { DecidedStatus } from '../../policy/restored-status.ts';
import type { Decision } from './generated/client.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** What a person's decision keeps of a subject. */
export interface DecidedPayload {
  readonly statusBefore: string | null;
  readonly statusAfter: string | null;
  readonly isRatingStruck: boolean;
}

/** What a stored decision made of its subject. */
export function decidedStatusOf(
  row: Pick<Decision, 'subjectKind' | 'subjectId' | 'outcome' | 'payload'>,
): DecidedStatus & { readonly id: string } {
  const { statusBefore, statusAfter } = asStored<DecidedPayload>(row.payload);
  return {
    kind: row.subjectKind as SubjectKind,
    id: row.subjectId,
    outcome: row.outcome as Outcome,
    ...unlessNull('statusBefore', statusBefore),
    ...unlessNull('statusAfter', statusAfter),
  };
}
