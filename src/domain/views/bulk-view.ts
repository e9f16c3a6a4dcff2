import { z } from 'zod';
import { caseState } from '../case.ts';
import { outcome } from '../decision.ts';
import { creditTier } from '../credit.ts';
import { externalId, wellFormedText } from '../primitives.ts';
import { severity, violationType } from '../violation.ts';
import { decisionRequest } from './case-decision-view.ts';
import { caseSummary } from './case-view.ts';

/** Conditions of a list of cases, as `GET /v1/cases` takes them. */
export const caseConditions = z.strictObject({
  state: z.array(caseState).min(1).optional(),
  queue: wellFormedText(100).optional(),
  severity: severity.optional(),
  violationType: violationType.optional(),
  sellerId: externalId.optional(),
  markId: externalId.optional(),
  outcome: outcome.optional(),
  tier: creditTier.optional(),
  /** `me`, or a person's id. */
  holder: externalId.optional(),
  /** Only cases whose due time has passed. */
  isOverdue: z.boolean().optional(),
});
export type CaseConditions = z.infer<typeof caseConditions>;

/** Cases that a bulk decision is for: named one by one, or by what they have in common. */
const bulkChoice = z.union([
  z.strictObject({ caseIds: z.array(externalId).min(1).max(1_000) }),
  z.strictObject({ filter: caseConditions }),
]);

export const bulkPreviewRequest = z.strictObject({ choice: bulkChoice, decision: decisionRequest });
export type BulkPreviewRequest = z.infer<typeof bulkPreviewRequest>;

/** What a bulk decision would do. Show it, then send `token` and `count` back with the same body. */
export const bulkPreview = z
  .strictObject({
    count: z.int().min(0),
    /** The greatest number that one person may decide at once. */
    limit: z.int().min(1),
    isAboveLimit: z.boolean(),
    subjects: z.int().min(0),
    sellers: z.int().min(0),
    points: z.int().min(0),
    needSecondReview: z.int().min(0),
    /** Cases that cannot be decided now, with the reason: somebody works on them, for one. */
    leftOut: z.array(z.strictObject({ caseId: z.string(), why: z.string() })),
    examples: z.array(caseSummary),
    /** Stands for this very set of cases and this decision. */
    token: z.string(),
  })
  .meta({ id: 'BulkPreview' });
export type BulkPreview = z.infer<typeof bulkPreview>;

export const bulkRequest = z.strictObject({
  ...bulkPreviewRequest.shape,
  token: z.string().min(1).max(200),
  /** The count that the preview told: whoever decides has seen it. */
  count: z.int().min(1),
});

export const bulkAnswer = z
  .strictObject({
    /** Undo them one by one, or all with `POST /v1/cases/bulk/undo`. */
    bulkId: z.string(),
    decided: z.int().min(0),
    proposed: z.int().min(0),
    results: z.array(
      z.strictObject({
        caseId: z.string(),
        status: z.enum(['DECIDED', 'PROPOSED', 'REFUSED']),
        decisionId: z.string().optional(),
        why: z.string().optional(),
      }),
    ),
    undoUntil: z.iso.datetime(),
  })
  .meta({ id: 'BulkAnswer' });
export type BulkAnswer = z.infer<typeof bulkAnswer>;
