import { z } from 'zod';
import { action, decisionReason } from '../domain/decision.ts';
import { probability01 } from '../domain/primitives.ts';
import { severity, violationType } from '../domain/violation.ts';
import { publicationNeeds } from './ruleset-life.ts';

const why = z.string().min(10).max(300);

/** When a decision waits for a second person: every condition that is named must hold. */
const secondReviewRule = z
  .strictObject({
    why,
    /** One of these is among the actions. */
    actions: z.array(action).min(1).optional(),
    severities: z.array(severity).min(1).optional(),
    violationTypes: z.array(violationType).min(1).optional(),
    reasons: z.array(decisionReason).min(1).optional(),
    /** The seller's penalty points after the decision are at least so many. */
    pointsFrom: z.int().min(1).optional(),
    /** The decision is one of a bulk of at least so many cases. */
    bulkFrom: z.int().min(2).optional(),
  })
  .refine((rule) => Object.keys(rule).length > 1, { error: 'names no condition' });

/** Which decided cases are judged once more. The last rule draws from all. */
const samplingRule = z.strictObject({
  why,
  severities: z.array(severity).min(1).optional(),
  violationTypes: z.array(violationType).min(1).optional(),
  reasons: z.array(decisionReason).min(1).optional(),
  queues: z.array(z.string()).min(1).optional(),
  /** The reviewer has made fewer decisions than this. */
  reviewerDecisionsBelow: z.int().min(1).optional(),
  share01: probability01,
});

/** Who may reverse a decision: a lead who had no hand in it, or any lead. */
const reversalHand = z.enum(['OTHER_PERSON', 'ANYBODY']);

/** How people work cases; described in `rules/casework.yaml`. */
export const caseworkSettings = z.strictObject({
  undoSeconds: z.int().min(0).max(600),
  holdMaxHours: z.number().positive().max(720),
  assignmentHours: z.number().positive().max(720),
  warnAt01: probability01,
  appealDays: z.int().min(183, { error: 'must be 183 or more: six months are the law (DSA Art. 20)' }).max(3_650),
  bulkLimit: z.int().min(1).max(1_000),
  /** Versions of older releases do not say it. */
  publication: z.strictObject({ needs: publicationNeeds }).default({ needs: 'TWO_PEOPLE' }),
  /** Days after a ruling in which the seller may go to a body outside. Versions of older releases do not say it. */
  outOfCourtDays: z.int().min(1).max(3_650).default(90),
  /** Versions of older releases do not say it. */
  secondPerson: z
    .strictObject({ needs: publicationNeeds, reversal: reversalHand.default('OTHER_PERSON') })
    .default({ needs: 'TWO_PEOPLE', reversal: 'OTHER_PERSON' }),
  secondReview: z.array(secondReviewRule),
  sampling: z.array(samplingRule),
  blindLookHours: z.number().positive(),
  goldenShare01: probability01,
  kappaAlarmBelow: z.number().min(0).max(1),
  kappaAlarmPairs: z.int().min(2),
});
export type CaseworkSettings = z.infer<typeof caseworkSettings>;
