import { z } from 'zod';
import { externalId, wellFormedText } from '../primitives.ts';
import { caseSummary } from './case-view.ts';
import { instant } from './check-view.ts';

/** Who works on a case and until when. Every write of the holder carries the fencing token. */
export const leaseView = z
  .strictObject({
    holderId: z.string(),
    holderName: z.string(),
    fencingToken: z.int().min(1),
    until: instant,
    /** Present while the case is held past a normal lease. */
    holdReason: z.string().optional(),
  })
  .meta({ id: 'CaseLease' });
export type LeaseView = z.infer<typeof leaseView>;

/** The answer of every step of a case's work: the case as it is now, and the caller's lease where there is one. */
export const caseStep = z.strictObject({ case: caseSummary, lease: leaseView.optional() }).meta({ id: 'CaseStep' });
export type CaseStep = z.infer<typeof caseStep>;

/** A claimed case and the one that would be next, for the page to load before it is asked for. */
export const nextCase = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('claimed'),
      case: caseSummary,
      lease: leaseView,
      /** What `next` would give now; not claimed, so somebody else may be quicker. */
      upcomingId: z.string().optional(),
    }),
    z.strictObject({
      kind: z.literal('empty'),
      /** Cases of the queue that wait, but not for the caller: claimed, assigned to others, or the caller's own proposals. */
      withOthers: z.int().min(0),
    }),
  ])
  .meta({ id: 'NextCase' });
export type NextCase = z.infer<typeof nextCase>;

const fencingToken = z.int().min(1);
const reason = wellFormedText(1_000).min(3);

/** `POST /v1/queues/{queue}/next`. */
export const nextRequest = z.strictObject({
  /** The case that the page has loaded ahead: it is claimed if nobody took it meanwhile. */
  preferId: externalId.optional(),
  /** Cases that the caller has skipped for now. */
  skipIds: z.array(externalId).max(200).default([]),
  /** A case that the caller holds and gives back in the same step. */
  release: z.strictObject({ caseId: externalId, fencingToken }).optional(),
});

/** Bodies of the steps of a case's work, by the last part of the address `POST /v1/cases/{id}/…`. */
export const caseWorkRequests = {
  renew: z.strictObject({ fencingToken }),
  release: z.strictObject({ fencingToken }),
  hold: z.strictObject({
    fencingToken,
    reason,
    hours: z
      .number()
      .positive()
      .max(24 * 30),
  }),
  handover: z.strictObject({ fencingToken, toPersonId: externalId, reason }),
  reassign: z.strictObject({ toPersonId: externalId.nullable(), reason }),
  escalate: z.strictObject({ fencingToken, reason }),
  requestInfo: z.strictObject({
    fencingToken,
    question: wellFormedText(4_000).min(3),
    of: z.enum(['SELLER', 'RIGHTS_HOLDER', 'BUYER', 'COLLEAGUE']),
  }),
  info: z.strictObject({ text: wellFormedText(20_000).min(1) }),
  note: z.strictObject({ text: wellFormedText(4_000).min(1) }),
  merge: z.strictObject({ fencingToken, intoCaseId: externalId, reason }),
  reopen: z.strictObject({ reason }),
} as const;

/** A queue of cases as whoever may work it sees it. */
/** A skill of the rules: what somebody must have learnt to judge a case. */
export const caseSkillView = z.strictObject({ name: z.string(), title: z.string() }).meta({ id: 'CaseSkill' });
export type CaseSkillView = z.infer<typeof caseSkillView>;

export const caseQueueView = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    /** Cases that need somebody. */
    waiting: z.int().min(0),
    claimed: z.int().min(0),
    /** Waiting cases whose due time has passed, and those of which three quarters of the time are gone. */
    overdue: z.int().min(0),
    dueSoon: z.int().min(0),
    secondReview: z.int().min(0),
    oldestAt: instant.optional(),
  })
  .meta({ id: 'CaseQueue' });
export type CaseQueueView = z.infer<typeof caseQueueView>;
