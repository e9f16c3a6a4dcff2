import { z } from 'zod';
import { externalId } from './primitives.ts';

/** States of a case. MERGED, AUTO_CLOSED and CLOSED are the ends; a quality check may reopen a CLOSED case. */
export const caseState = z.enum([
  'OPEN',
  'TRIAGED',
  'QUEUED',
  'CLAIMED',
  'AWAITING_INFO',
  'ESCALATED',
  'PROPOSED',
  'SECOND_REVIEW',
  'ADJUDICATION',
  'DECIDED',
  'ENFORCING',
  'NOTIFIED',
  'APPEALABLE',
  'CLOSED',
  'MERGED',
  'AUTO_CLOSED',
]);
export type CaseState = z.infer<typeof caseState>;

/** What can happen to a case. */
export const caseEventType = z.enum([
  'TRIAGE',
  'ENQUEUE',
  'CLAIM',
  'HEARTBEAT',
  'RELEASE',
  'LEASE_LAPSED',
  'ASK_INFO',
  'INFO_ARRIVED',
  'ESCALATE',
  'PROPOSE',
  'BEGIN_SECOND_REVIEW',
  'AGREE',
  'DISAGREE',
  'ADJUDICATE',
  'DECIDE',
  'ENFORCE',
  'NOTIFY',
  'OPEN_APPEAL_WINDOW',
  'CLOSE',
  'REOPEN',
  'MERGE',
  'AUTO_CLOSE',
]);
export type CaseEventType = z.infer<typeof caseEventType>;

/** Where each event leads from each state; an event that is missing is not allowed there. Source: policy.md section 9. */
export const CASE_MOVES: Readonly<Record<CaseState, Readonly<Partial<Record<CaseEventType, CaseState>>>>> = {
  OPEN: { TRIAGE: 'TRIAGED', MERGE: 'MERGED', AUTO_CLOSE: 'AUTO_CLOSED' },
  TRIAGED: { ENQUEUE: 'QUEUED', MERGE: 'MERGED', AUTO_CLOSE: 'AUTO_CLOSED' },
  QUEUED: { CLAIM: 'CLAIMED', MERGE: 'MERGED', AUTO_CLOSE: 'AUTO_CLOSED' },
  CLAIMED: {
    HEARTBEAT: 'CLAIMED',
    RELEASE: 'QUEUED',
    LEASE_LAPSED: 'QUEUED',
    ASK_INFO: 'AWAITING_INFO',
    ESCALATE: 'ESCALATED',
    PROPOSE: 'PROPOSED',
    DECIDE: 'DECIDED',
    MERGE: 'MERGED',
  },
  // The asker keeps the case while waiting; once the answer is there, a fresh lease runs and may lapse.
  AWAITING_INFO: { INFO_ARRIVED: 'CLAIMED', AUTO_CLOSE: 'AUTO_CLOSED' },
  ESCALATED: { ENQUEUE: 'QUEUED' },
  PROPOSED: { BEGIN_SECOND_REVIEW: 'SECOND_REVIEW' },
  SECOND_REVIEW: { AGREE: 'DECIDED', DISAGREE: 'ADJUDICATION', LEASE_LAPSED: 'PROPOSED' },
  ADJUDICATION: { ADJUDICATE: 'DECIDED' },
  DECIDED: { ENFORCE: 'ENFORCING' },
  ENFORCING: { NOTIFY: 'NOTIFIED' },
  NOTIFIED: { OPEN_APPEAL_WINDOW: 'APPEALABLE' },
  APPEALABLE: { CLOSE: 'CLOSED', REOPEN: 'QUEUED' },
  CLOSED: { REOPEN: 'QUEUED' },
  MERGED: {},
  AUTO_CLOSED: { REOPEN: 'QUEUED' },
};

/** Ten minutes: long enough to read a case, short enough that a closed laptop frees it. Source: Coop's lock of 600,000 ms. */
export const CASE_LEASE_MS = 10 * 60_000;

/** Who works on a case, until when. The fencing token grows with every claim, so a late answer is recognised. */
const caseLease = z.strictObject({
  holderId: externalId,
  fencingToken: z.int().min(1),
  untilMs: z.number(),
});

/** The part of a case that its moves depend on. */
export const caseMoment = z.strictObject({
  state: caseState,
  /** 1 is the first line, 2 the lead moderators. */
  level: z.int().min(1).max(2),
  /** The token of the latest claim, 0 before the first. */
  lastFencingToken: z.int().min(0),
  lease: caseLease.optional(),
  proposedBy: externalId.optional(),
});
export type CaseMoment = z.infer<typeof caseMoment>;

/** An event with who caused it and when. `fencingToken` is needed for everything that the holder of a lease does. */
export interface CaseEvent {
  readonly type: CaseEventType;
  readonly atMs: number;
  readonly byId: string;
  readonly fencingToken?: number;
}

/** The case after the event, or why it may not happen. */
export type CaseMove =
  | { readonly kind: 'moved'; readonly moment: CaseMoment }
  | { readonly kind: 'refused'; readonly reason: CaseRefusal; readonly why: string };

export type CaseRefusal = 'NOT_ALLOWED_HERE' | 'NOT_THE_HOLDER' | 'LEASE_LAPSED' | 'SAME_PERSON' | 'LEASE_STILL_RUNS';

const HOLDER_EVENTS: ReadonlySet<CaseEventType> = new Set([
  'HEARTBEAT',
  'RELEASE',
  'ASK_INFO',
  'ESCALATE',
  'PROPOSE',
  'DECIDE',
]);

const refuse = (reason: CaseRefusal, why: string): CaseMove => ({ kind: 'refused', reason, why });

const refusalOf = (moment: CaseMoment, event: CaseEvent): CaseMove | undefined => {
  const { lease } = moment;
  if (HOLDER_EVENTS.has(event.type)) {
    if (lease === undefined || lease.holderId !== event.byId || lease.fencingToken !== event.fencingToken)
      return refuse('NOT_THE_HOLDER', 'The case is held under another claim: load it again.');
    if (event.atMs > lease.untilMs)
      return refuse('LEASE_LAPSED', 'The claim ran out before this arrived: claim the case again.');
  }
  if (event.type === 'LEASE_LAPSED' && lease !== undefined && event.atMs <= lease.untilMs)
    return refuse('LEASE_STILL_RUNS', 'The claim is still running.');
  const isSecondLook = event.type === 'AGREE' || event.type === 'DISAGREE' || event.type === 'BEGIN_SECOND_REVIEW';
  if (isSecondLook && event.byId === moment.proposedBy)
    return refuse('SAME_PERSON', 'Whoever proposed a decision cannot approve it: another person must.');
  return undefined;
};

/**
 * Applies one event to a case. A claim takes a lease of CASE_LEASE_MS with the next fencing token, a heartbeat
 * renews it, and a lapsed lease gives the case back; the second approver is never the proposer.
 */
export const moveCase = (moment: CaseMoment, event: CaseEvent): CaseMove => {
  const state = CASE_MOVES[moment.state][event.type];
  if (state === undefined)
    return refuse('NOT_ALLOWED_HERE', `${event.type} is not possible while the case is ${moment.state}.`);
  const refusal = refusalOf(moment, event);
  if (refusal !== undefined) return refusal;
  const { lease, ...kept } = moment;
  const next: CaseMoment = { ...kept, state };
  if (event.type === 'CLAIM') {
    const fencingToken = moment.lastFencingToken + 1;
    return {
      kind: 'moved',
      moment: {
        ...next,
        lastFencingToken: fencingToken,
        lease: { holderId: event.byId, fencingToken, untilMs: event.atMs + CASE_LEASE_MS },
      },
    };
  }
  if (lease !== undefined && (event.type === 'HEARTBEAT' || event.type === 'INFO_ARRIVED'))
    return { kind: 'moved', moment: { ...next, lease: { ...lease, untilMs: event.atMs + CASE_LEASE_MS } } };
  if (lease !== undefined && event.type === 'ASK_INFO') return { kind: 'moved', moment: { ...next, lease } };
  if (event.type === 'PROPOSE') return { kind: 'moved', moment: { ...next, proposedBy: event.byId } };
  if (event.type === 'ESCALATE') return { kind: 'moved', moment: { ...next, level: 2 } };
  if (event.type === 'REOPEN') {
    const { proposedBy: _proposedBy, ...fresh } = next;
    return { kind: 'moved', moment: fresh };
  }
  return { kind: 'moved', moment: next };
};
