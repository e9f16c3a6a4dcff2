import { z } from 'zod';
import { action, ladderStep, outcome } from '../domain/decision.ts';
import { probability01 } from '../domain/primitives.ts';

/** A named value of findings that conditions may test. What a detector does not say has the default. */
const signal = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number'), default: z.number(), about: z.string().min(3) }),
  z.strictObject({ type: z.literal('bool'), default: z.boolean(), about: z.string().min(3) }),
  z.strictObject({
    type: z.literal('text'),
    default: z.string(),
    /** The values it can have; a condition that compares with another is refused. */
    values: z.array(z.string()).min(1).optional(),
    about: z.string().min(3),
  }),
]);
export type SignalDeclaration = z.infer<typeof signal>;

/** What the marketplace does at a step. */
const measure = z.strictObject({ outcome, actions: z.array(action) });
export type Measure = z.infer<typeof measure>;

const measuresOfStep = z.strictObject({
  newListing: measure,
  liveListing: measure,
  review: measure,
  other: measure,
});

const effect = z
  .strictObject({
    /** At least this step. */
    atLeast: ladderStep.exclude(['L0', 'L4', 'L5', 'L6']).optional(),
    /** At most this step; for a FINDING rule only. */
    atMost: ladderStep.extract(['L0', 'L1', 'L2', 'L3']).optional(),
    /** The finding is not held against the subject at all; for a FINDING rule only. */
    drop: z.literal(true).optional(),
    /** Measures besides those of the step. */
    actions: z.array(action).min(1).optional(),
    /** The queue to which a case goes, before the routing of queues.yaml. */
    queue: z.string().optional(),
  })
  .refine((value) => Object.keys(value).length > 0, { error: 'does nothing' });

/** One rule: when its condition holds, its effect does. */
export const policyRule = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{2,60}$/),
    /** What it is for, and its source. */
    about: z.string().min(10).max(1_000),
    /** FINDING: asked for each finding. SUBJECT: asked once, with all findings that were not dropped. */
    scope: z.enum(['FINDING', 'SUBJECT']),
    /** A condition in Common Expression Language. */
    when: z.string().min(1).max(2_000),
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is the word of the rule files; a rule is never awaited
    then: effect,
    /** The sentence that moderators and sellers read when it has fired. */
    why: z.string().min(10).max(1_000),
  })
  .refine((rule) => rule.scope === 'FINDING' || (rule.then.atMost === undefined && rule.then.drop === undefined), {
    error: 'atMost and drop are for FINDING rules: of a whole subject nothing may be hushed up',
    path: ['then'],
  });
export type PolicyRule = z.infer<typeof policyRule>;

/** The ladder, the measures of its steps, signals and rules; described in `rules/policy.yaml`. */
export const policySettings = z.strictObject({
  ladder: z
    .strictObject({
      observeFrom01: probability01,
      holdFrom01: probability01,
      reviewFrom01: probability01,
      /** Days until an automatic hold, demotion or quarantine ends by itself. */
      holdDays: z.int().min(1).max(90),
      /** Hours within which a person must look at an automatic disabling. */
      autoDisableCheckHours: z.number().positive(),
    })
    .refine((ladder) => ladder.observeFrom01 < ladder.holdFrom01 && ladder.holdFrom01 < ladder.reviewFrom01, {
      error: 'must rise: observe, hold, review',
    }),
  measures: z.strictObject({
    L0: measuresOfStep,
    L1: measuresOfStep,
    L2: measuresOfStep,
    L3: measuresOfStep,
    L3A: measuresOfStep,
  }),
  sampling: z.strictObject({ queue: z.string(), slaHours: z.number().positive() }),
  /** Automatic measures that may take effect within an hour; further ones become cases. */
  breaker: z.strictObject({
    perRulePerHour: z.int().min(1),
    perSellerPerHour: z.int().min(1),
    perHour: z.int().min(1),
  }),
  /** Probability of what one side says, until a person has judged it. Versions of older releases do not say it. */
  claims: z
    .strictObject({
      extortionReport01: probability01,
      standingAppeal01: probability01,
      forgedPapers01: probability01.default(0.9),
    })
    .default({ extortionReport01: 0.5, standingAppeal01: 0.5, forgedPapers01: 0.9 }),
  /** Detectors whose findings conditions may name. */
  detectors: z.array(z.string()).min(1),
  signals: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), signal),
  rules: z.array(policyRule).refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    error: 'two rules have the same id',
  }),
});
export type PolicySettings = z.infer<typeof policySettings>;
