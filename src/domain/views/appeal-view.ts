import { z } from 'zod';
import { appealRuling, appealState } from '../appeal.ts';
import { action, decisionReason } from '../decision.ts';
import { externalId, sha256Hex, wellFormedText } from '../primitives.ts';
import { violationType } from '../violation.ts';
import { caseDecisionView } from './made-decision-view.ts';
import { instant } from './check-view.ts';
import { campaignsBody, lostWindowsView } from './credit-view.ts';

/** A paper that the seller hands in. The marketplace keeps it; Assay keeps where it is. */
const appealDocument = z.strictObject({
  name: wellFormedText(200).min(1),
  /** Address, or the marketplace's own name of the paper. */
  reference: wellFormedText(2_000).min(1),
  sha256: sha256Hex.optional(),
});

/** What a seller says against a decision. */
export const sellerAppealBody = z
  .strictObject({
    decisionId: externalId,
    statement: wellFormedText(10_000).refine((text) => text.trim().length >= 10, {
      error: 'is shorter than ten characters',
    }),
    documents: z.array(appealDocument).max(20).default([]),
    /** Campaigns of the marketplace: where the appeal is won it is told which of them the seller missed. */
    campaigns: campaignsBody.shape.campaigns,
  })
  .meta({ id: 'SellerAppealRequest' });
export type SellerAppealBody = z.infer<typeof sellerAppealBody>;

/** The body outside that a seller went to. Source: DSA Art. 21. */
export const outOfCourtBody = z.strictObject({
  body: wellFormedText(200).min(2),
  reference: wellFormedText(200).default(''),
});

/** A seller's appeal, as the seller may see it. */
export const sellerAppealView = z
  .strictObject({
    id: z.string(),
    sellerId: z.string(),
    /** The decision that is appealed, and its case. */
    decisionId: z.string(),
    caseId: z.string(),
    /** The case in which the appeal is heard. */
    appealCaseId: z.string(),
    state: appealState,
    statement: z.string(),
    documents: z.array(appealDocument),
    submittedAt: instant,
    dueAt: instant,
    /** States that it passed, oldest first. */
    history: z.array(z.strictObject({ state: appealState, at: instant })),
    /** Present once somebody has ruled on it. */
    ruling: z
      .strictObject({
        ruling: appealRuling,
        at: instant,
        /** The decision by which it was ruled; where MODIFIED, the one that is in force now. */
        decisionId: z.string(),
        reason: decisionReason,
        violationType: violationType.optional(),
        actions: z.array(action),
        explanation: z.string(),
      })
      .optional(),
    /** What the seller lost by the decision, where it was overturned or modified. */
    lost: lostWindowsView.optional(),
    outOfCourt: z.strictObject({ ...outOfCourtBody.shape, at: instant }).optional(),
  })
  .meta({ id: 'SellerAppeal' });
export type SellerAppealView = z.infer<typeof sellerAppealView>;

/** An appeal beside the decision that it is against, as whoever rules on it sees them. */
export const caseAppealView = z
  .strictObject({ appeal: sellerAppealView, decision: caseDecisionView })
  .meta({ id: 'CaseAppeal' });
