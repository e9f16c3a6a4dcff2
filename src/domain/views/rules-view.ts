import { z } from 'zod';
import { decision, ladderStep } from '../decision.ts';
import { externalId, sha256Hex, wellFormedText } from '../primitives.ts';
import { instant } from './check-view.ts';

/** A file of the rules, or with `tests/` before its name a file of cases. */
const ruleFileView = z.strictObject({ name: wellFormedText(200).min(1), text: wellFormedText(4_000_000) });

/** A draft that is handed in. */
export const rulesetSubmission = z
  .strictObject({
    /** All files, or with a base only those that differ from it. */
    files: z.array(ruleFileView).max(200),
    /** Version whose other files the draft has; absent: the published one. */
    base: z.string().min(8).max(64).optional(),
    /** What the draft is for, for colleagues. */
    note: wellFormedText(2_000).default(''),
  })
  .meta({ id: 'RulesetSubmission' });

const interval = z.strictObject({
  hits: z.int(),
  of: z.int(),
  share01: z.number().optional(),
  low01: z.number(),
  high01: z.number(),
});

const side = z.strictObject({
  rulesetDigest: sha256Hex,
  steps: z.record(z.string(), z.int()),
  cases: z.int(),
  casesByQueue: z.record(z.string(), z.int()),
  precision: interval,
  recall: interval,
});

/** What a version would have done with the checks of a period. */
export const backtestView = z
  .strictObject({
    checks: z.int(),
    judged: z.int(),
    moved: z.int(),
    sellersAffected: z.int(),
    moves: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        count: z.int(),
        examples: z.array(
          z.strictObject({
            checkId: z.string(),
            /** Absent in reports of older releases. */
            subjectKind: z.string().optional(),
            subjectId: z.string(),
            why: z.string(),
          }),
        ),
      }),
    ),
    published: side,
    draft: side,
    from: instant,
    until: instant,
    ranAt: instant,
    durationMs: z.int(),
    /** Present where the draft has other settings of detectors: what they looked at again. */
    reanalysis: z
      .strictObject({
        files: z.array(z.string()),
        detectors: z.array(z.string()),
        concerned: z.int(),
        lookedAt: z.int(),
        changed: z.int(),
      })
      .optional(),
  })
  .meta({ id: 'Backtest' });
export type BacktestView = z.infer<typeof backtestView>;

export const rulesetStateView = z.enum(['DRAFT', 'CHECKED', 'BACKTESTED', 'SHADOW', 'PUBLISHED', 'RETIRED']);

/** A version of the rules as lists show it. */
export const rulesetSummary = z
  .strictObject({
    digest: sha256Hex,
    state: rulesetStateView,
    source: z.enum(['FOLDER', 'PERSON']),
    author: z.strictObject({ id: z.string(), name: z.string() }),
    note: z.string(),
    wasPublished: z.boolean(),
    createdAt: instant,
    shadowSince: instant.optional(),
    publishedAt: instant.optional(),
    /** Cases beside the rules that hold and that do not. */
    cases: z.strictObject({ passed: z.int(), failed: z.int() }).optional(),
    backtest: backtestView.optional(),
  })
  .meta({ id: 'RulesetSummary' });
export type RulesetSummary = z.infer<typeof rulesetSummary>;

const ruleChange = z.strictObject({
  file: z.string(),
  path: z.string(),
  kind: z.enum(['ADDED', 'REMOVED', 'CHANGED']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

export const shadowView = z
  .strictObject({
    compared: z.int(),
    differed: z.int(),
    moves: z.array(z.strictObject({ from: z.string(), to: z.string(), count: z.int() })),
    examples: z.array(
      z.strictObject({
        checkId: z.string(),
        subjectKind: z.string(),
        subjectId: z.string(),
        sellerId: z.string().optional(),
        from: z.string(),
        to: z.string(),
        why: z.string(),
        at: instant,
      }),
    ),
  })
  .meta({ id: 'ShadowRun' });

/** A version with its life, and what differs from the published one. */
export const rulesetView = z
  .strictObject({
    ...rulesetSummary.shape,
    /** A backtest that runs beside the requests, or was broken off. */
    running: z
      .strictObject({ done: z.int(), total: z.int(), startedAt: instant, fault: z.string().optional() })
      .optional(),
    failures: z.array(z.strictObject({ place: z.string(), message: z.string() })),
    untestedRules: z.array(z.string()),
    moves: z.array(
      z.strictObject({
        type: z.string(),
        from: rulesetStateView,
        to: rulesetStateView,
        by: z.strictObject({ id: z.string(), name: z.string() }),
        note: z.string(),
        at: instant,
      }),
    ),
    /** Values that differ from the published version; comments and layout are no difference. */
    changes: z.array(ruleChange),
    /** Present once the version has run beside the published one. */
    shadow: shadowView.optional(),
  })
  .meta({ id: 'Ruleset' });
export type RulesetView = z.infer<typeof rulesetView>;

export const rulesetFilesView = z.strictObject({
  digest: sha256Hex,
  files: z.array(ruleFileView),
  tests: z.array(ruleFileView),
});

/** The period of a backtest or scoreboard. */
export const checkPeriodBody = z.strictObject({
  from: instant.optional(),
  until: instant.optional(),
  /** The latest checks of the period that are read. */
  limit: z.int().min(1).max(1_000_000).default(100_000),
});

export const backtestBody = z.strictObject({
  ...checkPeriodBody.shape,
  /** Of the checks whose detectors have other settings in the draft, the newest so many are looked at again. */
  lookAgain: z.int().min(0).max(100_000).default(2_000),
});

export const moveBody = z.strictObject({ note: wellFormedText(2_000).default('') });
export const rollbackBody = z.strictObject({ digest: z.string().min(8).max(64).optional(), ...moveBody.shape });

export const ruleScoreView = z
  .strictObject({
    ruleId: z.string(),
    fired: z.int(),
    confirmed: z.int(),
    rejected: z.int(),
    overturned: z.int(),
    precision: interval,
    weeks: z.array(interval),
    trend: z.enum(['RISING', 'FALLING', 'STEADY', 'UNKNOWN']),
  })
  .meta({ id: 'RuleScore' });
export type RuleScoreView = z.infer<typeof ruleScoreView>;

/** How the version that decided a check comes to its decision. */
export const explanationView = z
  .strictObject({
    checkId: externalId,
    rulesetDigest: sha256Hex,
    decided: decision,
    /** The version, asked again, gives the decision that was written. */
    isSame: z.boolean(),
    findings: z.array(
      z.strictObject({
        violationType: z.string(),
        detector: z.string(),
        about: z.string(),
        probability: z.number(),
        step: ladderStep.optional(),
      }),
    ),
    rules: z.array(
      z.strictObject({
        ruleId: z.string(),
        scope: z.enum(['FINDING', 'SUBJECT']),
        when: z.string(),
        why: z.string(),
        about: z.string(),
        answer: z.enum(['HOLDS', 'DOES_NOT_HOLD', 'FAILED']),
        values: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'DecisionExplanation' });
export type ExplanationView = z.infer<typeof explanationView>;
