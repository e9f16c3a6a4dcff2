import { moveCase, type CaseEventType, type CaseMoment } from '../../domain/case.ts';

/** Thrown to roll a transaction back whose decision is not due any more. */
export class NotDue extends Error {}

/** Passes a case through moves that follow from one another. */
export function moveOn(moment: CaseMoment, types: readonly CaseEventType[], atMs: number): CaseMoment {
  return types.reduce((current, type) => {
    const move = moveCase(current, { type, atMs, byId: 'assay' });
    if (move.kind === 'refused') throw new NotDue();
    return move.moment;
  }, moment);
}

/** What a transaction that was rolled back as not due answers. */
export const skippedWhenNotDue = (fault: unknown): 'skipped' => {
  if (fault instanceof NotDue) return 'skipped';
  throw fault;
};
