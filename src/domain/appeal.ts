import { z } from 'zod';
import { externalId } from './primitives.ts';

/** States of an appeal against a decision. Source: policy.md section 9. */
export const appealState = z.enum([
  'SUBMITTED',
  'INADMISSIBLE',
  'ADMISSIBLE',
  'ASSIGNED',
  'UPHELD',
  'OVERTURNED',
  'MODIFIED',
  'REINSTATING',
  'NOTIFIED',
  'OUT_OF_COURT',
  'CLOSED',
]);
export type AppealState = z.infer<typeof appealState>;

export const appealEventType = z.enum([
  'ADMIT',
  'REJECT_AS_INADMISSIBLE',
  'ASSIGN',
  'UNASSIGN',
  'UPHOLD',
  'OVERTURN',
  'MODIFY',
  'REINSTATE',
  'NOTIFY',
  'GO_OUT_OF_COURT',
  'CLOSE',
]);
export type AppealEventType = z.infer<typeof appealEventType>;

/** Where each event leads from each state. OVERTURNED and MODIFIED pass through the ledger before the seller is told. */
export const APPEAL_MOVES: Readonly<Record<AppealState, Readonly<Partial<Record<AppealEventType, AppealState>>>>> = {
  SUBMITTED: { ADMIT: 'ADMISSIBLE', REJECT_AS_INADMISSIBLE: 'INADMISSIBLE' },
  INADMISSIBLE: { NOTIFY: 'NOTIFIED' },
  ADMISSIBLE: { ASSIGN: 'ASSIGNED' },
  // What can be told without reading is refused before it is an appeal; that there is nothing to hear, a person finds.
  ASSIGNED: {
    UNASSIGN: 'ADMISSIBLE',
    REJECT_AS_INADMISSIBLE: 'INADMISSIBLE',
    UPHOLD: 'UPHELD',
    OVERTURN: 'OVERTURNED',
    MODIFY: 'MODIFIED',
  },
  UPHELD: { NOTIFY: 'NOTIFIED' },
  OVERTURNED: { REINSTATE: 'REINSTATING' },
  MODIFIED: { REINSTATE: 'REINSTATING' },
  REINSTATING: { NOTIFY: 'NOTIFIED' },
  NOTIFIED: { GO_OUT_OF_COURT: 'OUT_OF_COURT', CLOSE: 'CLOSED' },
  OUT_OF_COURT: { OVERTURN: 'OVERTURNED', CLOSE: 'CLOSED' },
  CLOSED: {},
};

/** The part of an appeal that its moves depend on. */
export const appealMoment = z.strictObject({
  state: appealState,
  /** Everybody who had a hand in the decision that is appealed: none of them may decide the appeal. */
  priorReviewerIds: z.array(externalId),
  reviewerId: externalId.optional(),
});
export type AppealMoment = z.infer<typeof appealMoment>;

/** `byId` acts; for ASSIGN, `reviewerId` is who shall decide. */
export interface AppealEvent {
  readonly type: AppealEventType;
  readonly byId: string;
  readonly reviewerId?: string;
}

export type AppealRefusal = 'NOT_ALLOWED_HERE' | 'PRIOR_REVIEWER' | 'NOT_THE_REVIEWER' | 'REVIEWER_MISSING';

export type AppealMove =
  | { readonly kind: 'moved'; readonly moment: AppealMoment }
  | { readonly kind: 'refused'; readonly reason: AppealRefusal; readonly why: string };

/** What a reviewer makes of an appeal. UPHELD: the decision stands, so the appeal is lost. */
export const appealRuling = z.enum(['UPHELD', 'OVERTURNED', 'MODIFIED', 'INADMISSIBLE']);
export type AppealRuling = z.infer<typeof appealRuling>;

const RULING_EVENT = {
  UPHELD: 'UPHOLD',
  OVERTURNED: 'OVERTURN',
  MODIFIED: 'MODIFY',
  INADMISSIBLE: 'REJECT_AS_INADMISSIBLE',
} as const satisfies Record<AppealRuling, AppealEventType>;

const RULINGS: ReadonlySet<AppealEventType> = new Set(Object.values(RULING_EVENT));

/** Applies one event to an appeal; only somebody who had no hand in the decision is assigned, and only they rule. */
export const moveAppeal = (moment: AppealMoment, event: AppealEvent): AppealMove => {
  const state = APPEAL_MOVES[moment.state][event.type];
  if (state === undefined)
    return {
      kind: 'refused',
      reason: 'NOT_ALLOWED_HERE',
      why: `${event.type} is not possible while the appeal is ${moment.state}.`,
    };
  const { reviewerId, ...kept } = moment;
  if (event.type === 'ASSIGN') {
    if (event.reviewerId === undefined)
      return { kind: 'refused', reason: 'REVIEWER_MISSING', why: 'Name the reviewer to whom the appeal goes.' };
    if (moment.priorReviewerIds.includes(event.reviewerId))
      return {
        kind: 'refused',
        reason: 'PRIOR_REVIEWER',
        why: 'Whoever decided the case cannot decide its appeal: another person must.',
      };
    return { kind: 'moved', moment: { ...kept, state, reviewerId: event.reviewerId } };
  }
  if (event.type === 'UNASSIGN') return { kind: 'moved', moment: { ...kept, state } };
  if (RULINGS.has(event.type) && moment.state === 'ASSIGNED' && event.byId !== reviewerId)
    return { kind: 'refused', reason: 'NOT_THE_REVIEWER', why: 'Only the assigned reviewer rules on the appeal.' };
  return { kind: 'moved', moment: { ...moment, state } };
};

/** An appeal that was settled: every state that it passed, in order, and the last. */
export type AppealPassage =
  | { readonly kind: 'passed'; readonly states: readonly AppealState[]; readonly moment: AppealMoment }
  | Extract<AppealMove, { kind: 'refused' }>;

/** Passes an admissible appeal through the hands of its reviewer to the seller who is told of the ruling. */
export const settleAppeal = (
  moment: AppealMoment,
  { reviewerId, ruling }: { readonly reviewerId: string; readonly ruling: AppealRuling },
): AppealPassage => {
  const isUndone = ruling === 'OVERTURNED' || ruling === 'MODIFIED';
  const events: readonly AppealEvent[] = [
    { type: 'ASSIGN', byId: reviewerId, reviewerId },
    { type: RULING_EVENT[ruling], byId: reviewerId },
    ...(isUndone ? [{ type: 'REINSTATE', byId: 'assay' } as const] : []),
    { type: 'NOTIFY', byId: 'assay' },
  ];
  const states: AppealState[] = [];
  let current = moment;
  for (const event of events) {
    const move = moveAppeal(current, event);
    if (move.kind === 'refused') return move;
    current = move.moment;
    states.push(current.state);
  }
  return { kind: 'passed', states, moment: current };
};
