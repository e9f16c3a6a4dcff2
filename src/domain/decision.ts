import { z } from 'zod';
import { subjectKind } from './finding.ts';
import { externalId, probability01, sha256Hex, wellFormedText } from './primitives.ts';
import { severity, violationType } from './violation.ts';

/** Measures that a decision can impose or lift. DEMOTE and EXCLUDE_RECOMMENDATION restrict visibility, so they need a statement of reasons. */
export const action = z.enum([
  'ALLOW',
  'LABEL',
  'DEMOTE',
  'HOLD',
  'DISABLE',
  'REMOVE',
  'INTERACTION_RESTRICT',
  'QUARANTINE_REVIEW',
  'STRIKE_RATING',
  'WARN',
  'POINTS',
  'STRIKE',
  'LIMIT_LISTINGS',
  'EXCLUDE_CAMPAIGN',
  'EXCLUDE_RECOMMENDATION',
  'PAYOUT_HOLD',
  'SUSPEND',
  'TERMINATE',
  'REINSTATE',
]);
export type Action = z.infer<typeof action>;

/** Why a person decided as they did. Every value but CONFIRMED ends in favour of the seller. */
export const decisionReason = z.enum([
  'CONFIRMED',
  'NOT_VIOLATION',
  'INSUFFICIENT_EVIDENCE',
  'AUTHORISED_SELLER',
  'RIGHTS_EXHAUSTED',
  'DESCRIPTIVE_USE',
  'RIGHT_INVALID',
  'DUPLICATE',
  'OUT_OF_TERRITORY',
  'WITHDRAWN',
]);
export type DecisionReason = z.infer<typeof decisionReason>;

/** Where the suspicion came from; derived from the event log, never typed into a form. */
export const findingSource = z.enum([
  'AUTOMATED_RULE',
  'AUTOMATED_MODEL',
  'ART16_NOTICE',
  'TRUSTED_FLAGGER',
  'RIGHTS_HOLDER',
  'USER_REPORT',
  'AUTHORITY_ORDER',
  'PROACTIVE_REVIEW',
]);
export type FindingSource = z.infer<typeof findingSource>;

/** Rung of the decision ladder, mild to severe. L3A is the one automatic disabling. */
export const ladderStep = z.enum(['L0', 'L1', 'L2', 'L3', 'L3A', 'L4', 'L5', 'L6']);
export type LadderStep = z.infer<typeof ladderStep>;

/** What the marketplace does with the item now. REVIEW leaves it as it is until a person has looked. */
export const outcome = z.enum(['ALLOW', 'OBSERVE', 'HOLD', 'REVIEW', 'DISABLE']);
export type Outcome = z.infer<typeof outcome>;

/** How much of the decision was a machine's: `automated_decision` of the EU Transparency Database. */
export const automation = z.enum(['FULLY', 'PARTIALLY', 'NOT_AUTOMATED']);
export type Automation = z.infer<typeof automation>;

/** A rule of the ruleset that held, in words, and the findings (`Finding.about`) or subject ids it spoke of. */
export const firedRule = z.strictObject({
  ruleId: z.string().min(1),
  why: wellFormedText(1_000),
  about: z.array(z.string()),
});
export type FiredRule = z.infer<typeof firedRule>;

/** What the policy makes of one version of one subject. */
export const decision = z
  .strictObject({
    subject: z.strictObject({ kind: subjectKind, id: externalId }),
    outcome,
    step: ladderStep,
    /** In the order in which they are imposed. */
    actions: z.array(action),
    severity,
    /** Probability that the subject violates the policy at all, 0–1; the greatest of its findings after adjustments by rules. */
    risk01: probability01,
    /** The heaviest violation that speaks; absent where none does. */
    violationType: violationType.optional(),
    /** Sorted by `ruleId`. */
    firedRules: z.array(firedRule),
    /** A case must be opened. */
    needsPerson: z.boolean(),
    queue: z.string().optional(),
    /** Skills of `rules/queues.yaml` that the person must have; absent where everybody can judge it. */
    neededSkills: z.array(z.string()).optional(),
    /** Hours within which the case is due. */
    slaHours: z.number().positive().optional(),
    /** A person looks only because the sampling drew the item, not because of what was found. */
    isSampled: z.boolean(),
    automation,
    /** Penalty points that a person may confirm; a machine never books them. */
    proposedPoints: z.int().min(0),
    proposedStrikes: z.int().min(0),
    /** Items with the same key belong into one case, for example one seller and one mark, or one ring. */
    caseKey: z.string().max(300).optional(),
    /** When a hold or quarantine ends by itself unless a person decided before. */
    holdUntilMs: z.number().optional(),
    rulesetDigest: sha256Hex,
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof decision>;
