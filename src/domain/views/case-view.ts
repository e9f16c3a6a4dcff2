import { z } from 'zod';
import { caseState } from '../case.ts';
import { subjectKind } from '../finding.ts';
import { severity, violationType } from '../violation.ts';
import { caseAppealView } from './appeal-view.ts';
import { caseGist } from './case-gist-view.ts';
import { checkView, instant } from './check-view.ts';
import { sellerView } from './subject-view.ts';

/** A case as queues show it. */
export const caseSummary = z
  .strictObject({
    id: z.string(),
    caseKey: z.string(),
    state: caseState,
    queue: z.string(),
    severity,
    violationType,
    /** Higher comes first. */
    priority: z.number(),
    subject: z.strictObject({ kind: subjectKind, id: z.string() }),
    sellerId: z.string().optional(),
    markId: z.string().optional(),
    summary: z.string(),
    /** What the summary says, for whoever tells it in another language; in lists only where it is asked for. */
    gist: caseGist.optional(),
    /** Number of checks gathered in the case. */
    itemCount: z.int().min(0),
    openedAt: instant,
    dueAt: instant,
    closedAt: instant.optional(),
    leaseHolder: z.string().optional(),
    leaseHolderName: z.string().optional(),
    leaseUntil: instant.optional(),
    /** 1 is the first line, 2 the leads. */
    level: z.int().min(1).max(2),
    /** Country of the seller. */
    market: z.string().optional(),
    language: z.string().optional(),
    /** Skills that whoever judges it must have. */
    neededSkills: z.array(z.string()).optional(),
    /** Only this person is offered the case. */
    assigneeId: z.string().optional(),
    assigneeName: z.string().optional(),
    /** Why the holder keeps the case past a normal lease. */
    holdReason: z.string().optional(),
    /** How near the due time is. */
    sla: z.enum(['IN_TIME', 'DUE_SOON', 'OVERDUE', 'DONE']),
    mergedIntoId: z.string().optional(),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummary>;

/** One check of a case, with what was checked as it is stored now; absent where there is nothing stored (a ring). */
const caseItemView = z.strictObject({
  addedAt: instant,
  check: checkView,
  subject: z
    .strictObject({
      payload: z.record(z.string(), z.unknown()),
      version: z.int(),
      /** Publication of a listing, authenticity of a review. */
      status: z.string().optional(),
      /** Digests of the pictures of the checked version by position. */
      pictures: z.array(z.strictObject({ position: z.int(), contentSha256: z.string() })),
    })
    .optional(),
});
export type CaseItemView = z.infer<typeof caseItemView>;

/** Something that happened to a case. */
const caseEventView = z.strictObject({
  seq: z.int(),
  at: instant,
  actor: z.string(),
  /** Absent for what acts by itself. */
  actorName: z.string().optional(),
  type: z.string(),
  payload: z.unknown(),
});

/** Everything that a moderator needs to judge a case. */
export const caseView = z
  .strictObject({
    ...caseSummary.shape,
    fencingToken: z.int().min(0),
    /** The latest of them when there are more than a page can show; `itemCount` counts all. */
    items: z.array(caseItemView),
    events: z.array(caseEventView),
    seller: sellerView.optional(),
    /** Sellers' appeals: the one that is heard in this case, or those against its decisions, latest first. */
    appeals: z.array(caseAppealView),
  })
  .meta({ id: 'Case' });
export type CaseView = z.infer<typeof caseView>;
