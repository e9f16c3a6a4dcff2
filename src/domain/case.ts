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
  'HOLD',
  'HANDOVER',
  'REASSIGN',
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
  'UNDO',
  'ENFORCE',
  'NOTIFY',
  'OPEN_APPEAL_WINDOW',
  'CLOSE',
  'REVERSE',
  'REOPEN',
  'MERGE',
  'AUTO_CLOSE',
]);
export type CaseEventType = z.infer<typeof caseEventType>;

/** Where each event leads from each state; an event that is missing is not allowed there. Source: policy.md section 9. */
export const CASE_MOVES: Readonly<Record<CaseState, Readonly<Partial<Record<CaseEventType, CaseState>>>>> = {
  OPEN: { TRIAGE: 'TRIAGED', MERGE: 'MERGED', AUTO_CLOSE: 'AUTO_CLOSED' },
  TRIAGED: { ENQUEUE: 'QUEUED', MERGE: 'MERGED', AUTO_CLOSE: 'AUTO_CLOSED' },
  QUEUED: { CLAIM: 'CLAIMED', REASSIGN: 'QUEUED', MERGE: 'MERGED', AUTO_CLOSE: 'AUTO_CLOSED' },
  CLAIMED: {
    HEARTBEAT: 'CLAIMED',
    HOLD: 'CLAIMED',
    HANDOVER: 'CLAIMED',
    REASSIGN: 'QUEUED',
    RELEASE: 'QUEUED',
    LEASE_LAPSED: 'QUEUED',
    ASK_INFO: 'AWAITING_INFO',
    ESCALATE: 'ESCALATED',
    PROPOSE: 'PROPOSED',
    DECIDE: 'DECIDED',
    MERGE: 'MERGED',
  },
  // The asker keeps the case while waiting; once the answer is there, a fresh lease runs and may lapse.
  AWAITING_INFO: {
    INFO_ARRIVED: 'CLAIMED',
    REASSIGN: 'QUEUED',
    RELEASE: 'QUEUED',
    LEASE_LAPSED: 'QUEUED',
    AUTO_CLOSE: 'AUTO_CLOSED',
  },
  ESCALATED: { ENQUEUE: 'QUEUED' },
  PROPOSED: { BEGIN_SECOND_REVIEW: 'SECOND_REVIEW', UNDO: 'CLAIMED', REASSIGN: 'PROPOSED' },
  SECOND_REVIEW: {
    HEARTBEAT: 'SECOND_REVIEW',
    HOLD: 'SECOND_REVIEW',
    AGREE: 'DECIDED',
    DISAGREE: 'ADJUDICATION',
    RELEASE: 'PROPOSED',
    REASSIGN: 'PROPOSED',
    LEASE_LAPSED: 'PROPOSED',
  },
  // Held and given back in place: CLAIM, RELEASE and a lapse move the lease alone.
  ADJUDICATION: {
    CLAIM: 'ADJUDICATION',
    HEARTBEAT: 'ADJUDICATION',
    HOLD: 'ADJUDICATION',
    RELEASE: 'ADJUDICATION',
    REASSIGN: 'ADJUDICATION',
    LEASE_LAPSED: 'ADJUDICATION',
    ADJUDICATE: 'DECIDED',
  },
  DECIDED: { ENFORCE: 'ENFORCING', UNDO: 'CLAIMED' },
  ENFORCING: { NOTIFY: 'NOTIFIED' },
  NOTIFIED: { OPEN_APPEAL_WINDOW: 'APPEALABLE' },
  APPEALABLE: { CLOSE: 'CLOSED', REVERSE: 'CLOSED', REOPEN: 'QUEUED' },
  CLOSED: { REVERSE: 'CLOSED', REOPEN: 'QUEUED' },
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
  /** Who disagreed with the proposal: the third voice is neither of the two. */
  disagreedBy: externalId.optional(),
});
export type CaseMoment = z.infer<typeof caseMoment>;

/** An event with who caused it and when. */
export interface CaseEvent {
  readonly type: CaseEventType;
  readonly atMs: number;
  readonly byId: string;
  /** Needed for everything that the holder of a lease does. */
  readonly fencingToken?: number;
  /** For HOLD and ASK_INFO: until when the holder keeps the case; for the others a lease is CASE_LEASE_MS. */
  readonly untilMs?: number;
  /** For HANDOVER: who holds the case afterwards. */
  readonly toId?: string;
}

/** The case after the event, or why it may not happen. */
export type CaseMove =
  | { readonly kind: 'moved'; readonly moment: CaseMoment }
  | { readonly kind: 'refused'; readonly reason: CaseRefusal; readonly why: string };

export type CaseRefusal =
  'NOT_ALLOWED_HERE' | 'NOT_THE_HOLDER' | 'LEASE_LAPSED' | 'SAME_PERSON' | 'LEASE_STILL_RUNS' | 'ALREADY_HELD';

const HOLDER_EVENTS: ReadonlySet<CaseEventType> = new Set([
  'HEARTBEAT',
  'HOLD',
  'HANDOVER',
  'RELEASE',
  'ASK_INFO',
  'ESCALATE',
  'PROPOSE',
  'DECIDE',
  'AGREE',
  'DISAGREE',
  'ADJUDICATE',
]);

const refuse = (reason: CaseRefusal, why: string): CaseMove => ({ kind: 'refused', reason, why });

const refusalOf = (moment: CaseMoment, event: CaseEvent): CaseMove | undefined => {
  const { lease } = moment;
  const isSecondLook = event.type === 'AGREE' || event.type === 'DISAGREE' || event.type === 'BEGIN_SECOND_REVIEW';
  const isThirdVoice = moment.state === 'ADJUDICATION' && (event.type === 'CLAIM' || event.type === 'ADJUDICATE');
  if (
    ((isSecondLook || isThirdVoice) && event.byId === moment.proposedBy) ||
    (isThirdVoice && event.byId === moment.disagreedBy)
  )
    return refuse('SAME_PERSON', 'Whoever had a hand in the decision cannot judge it: another person must.');
  if (HOLDER_EVENTS.has(event.type)) {
    if (lease === undefined || lease.holderId !== event.byId || lease.fencingToken !== event.fencingToken)
      return refuse('NOT_THE_HOLDER', 'The case is held under another claim: load it again.');
    if (event.atMs > lease.untilMs)
      return refuse('LEASE_LAPSED', 'The claim ran out before this arrived: claim the case again.');
  }
  if (event.type === 'LEASE_LAPSED' && lease === undefined) return refuse('NOT_ALLOWED_HERE', 'Nobody holds the case.');
  if (event.type === 'LEASE_LAPSED' && lease !== undefined && event.atMs <= lease.untilMs)
    return refuse('LEASE_STILL_RUNS', 'The claim is still running.');
  if (event.type === 'CLAIM' && lease !== undefined && event.atMs <= lease.untilMs)
    return refuse('ALREADY_HELD', 'Somebody else works on the case.');
  return undefined;
};

/** Events after which somebody holds the case anew, under the next fencing token. */
const NEW_LEASE: ReadonlySet<CaseEventType> = new Set(['CLAIM', 'BEGIN_SECOND_REVIEW', 'HANDOVER', 'UNDO']);

/** Events that leave the lease with its holder, and set its end anew. */
const KEPT_LEASE: ReadonlySet<CaseEventType> = new Set(['HEARTBEAT', 'HOLD', 'ASK_INFO', 'INFO_ARRIVED']);

/**
 * Applies one event to a case. A claim takes a lease of CASE_LEASE_MS with the next fencing token, a heartbeat renews
 * it and never shortens a hold, and a lapsed lease gives the case back; the second approver is never the proposer.
 */
export const moveCase = (moment: CaseMoment, event: CaseEvent): CaseMove => {
  const state = CASE_MOVES[moment.state][event.type];
  if (state === undefined)
    return refuse('NOT_ALLOWED_HERE', `${event.type} is not possible while the case is ${moment.state}.`);
  const refusal = refusalOf(moment, event);
  if (refusal !== undefined) return refusal;
  const { lease, ...kept } = moment;
  const next: CaseMoment = { ...kept, state };
  if (NEW_LEASE.has(event.type)) {
    const fencingToken = moment.lastFencingToken + 1;
    const holderId = event.type === 'HANDOVER' ? (event.toId ?? event.byId) : event.byId;
    const { proposedBy: _withdrawn, ...fresh } = next;
    return {
      kind: 'moved',
      moment: {
        ...(event.type === 'UNDO' ? fresh : next),
        lastFencingToken: fencingToken,
        lease: { holderId, fencingToken, untilMs: event.atMs + CASE_LEASE_MS },
      },
    };
  }
  if (lease !== undefined && KEPT_LEASE.has(event.type)) {
    const usualMs = event.atMs + CASE_LEASE_MS;
    const untilMs = event.untilMs ?? (event.type === 'HEARTBEAT' ? Math.max(lease.untilMs, usualMs) : usualMs);
    return { kind: 'moved', moment: { ...next, lease: { ...lease, untilMs } } };
  }
  if (event.type === 'PROPOSE') return { kind: 'moved', moment: { ...next, proposedBy: event.byId } };
  if (event.type === 'DISAGREE') return { kind: 'moved', moment: { ...next, disagreedBy: event.byId } };
  if (event.type === 'ESCALATE') return { kind: 'moved', moment: { ...next, level: 2 } };
  if (event.type === 'REOPEN') {
    const { proposedBy: _proposedBy, disagreedBy: _disagreedBy, ...fresh } = next;
    return { kind: 'moved', moment: fresh };
  }
  return { kind: 'moved', moment: next };
};
