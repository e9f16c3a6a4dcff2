import { z } from 'zod';
import { appealRuling } from '../appeal.ts';
import { creditTier, eligibility } from '../credit.ts';
import { action, decisionReason } from '../decision.ts';
import { subjectKind } from '../finding.ts';
import { externalId, wellFormedText } from '../primitives.ts';
import { statementOfReasons } from '../statement.ts';
import { violationType } from '../violation.ts';
import { caseStep } from './case-work-view.ts';
import { caseDecisionView } from './made-decision-view.ts';
import { instant } from './check-view.ts';

const subjectRef = z.strictObject({ kind: subjectKind, id: externalId });

/** What a person decides about a case. */
export const decisionRequest = z
  .strictObject({
    reason: decisionReason,
    /** Needed when the reason is CONFIRMED; absent otherwise. */
    violationType: violationType.optional(),
    /** Measures for every subject that names none of its own. ALLOW stands alone. */
    actions: z.array(action).min(1).max(10),
    /** Absent: every subject of the case. */
    subjects: z
      .array(z.strictObject({ ...subjectRef.shape, actions: z.array(action).min(1).max(10).optional() }))
      .min(1)
      .max(500)
      .optional(),
    /** Of a ring or cluster: members that are let go; the others are dealt with. */
    keepMemberIds: z.array(externalId).max(5_000).optional(),
    /** Who answers for a ring or a group of accounts; without it nobody does unless evidence names them. */
    penalisedSellerId: externalId.optional(),
    /** The serious form of the violation, which costs more where `rules/violations.yaml` says so. */
    isSerious: z.boolean().default(false),
    /** Days until a restriction ends by itself; absent: without end. */
    durationDays: z.int().min(1).max(365).optional(),
    /** What the seller reads. */
    explanation: wellFormedText(5_000).default(''),
    /** For colleagues alone. */
    note: wellFormedText(4_000).default(''),
    macroId: externalId.optional(),
    /**
     * Needed of an appeal, and of nothing else. OVERTURNED: `reason` says why, the decision is undone as if it had never
     * been. MODIFIED: this decision takes its place. UPHELD, INADMISSIBLE: it stands; reason, violation and measures of
     * the request are not read.
     */
    ruling: appealRuling.optional(),
  })
  .refine(({ reason, violationType: type }) => (reason === 'CONFIRMED') === (type !== undefined), {
    error: 'is needed with the reason CONFIRMED, and with no other',
    path: ['violationType'],
  })
  .refine(({ actions }) => actions.length === 1 || !actions.includes('ALLOW'), {
    error: 'ALLOW cannot stand beside other actions',
    path: ['actions'],
  })
  .refine(
    ({ reason, actions }) => reason === 'CONFIRMED' || actions.every((one) => one === 'ALLOW' || one === 'REINSTATE'),
    {
      error: 'a restriction needs the reason CONFIRMED; without a violation there is only ALLOW or REINSTATE',
      path: ['actions'],
    },
  )
  .refine(({ ruling, reason }) => ruling !== 'MODIFIED' || reason === 'CONFIRMED', {
    error: 'must be CONFIRMED where a decision takes the place of another: without a violation it is overturned',
    path: ['reason'],
  })
  .refine(({ ruling, reason }) => ruling !== 'OVERTURNED' || reason !== 'CONFIRMED', {
    error: 'must say why there is no violation where a decision is overturned',
    path: ['reason'],
  })
  .meta({ id: 'CaseDecisionRequest' });
export type DecisionRequest = z.infer<typeof decisionRequest>;

/** What becomes of one subject. */
const subjectEffect = z.strictObject({
  ...subjectRef.shape,
  /** What people call it: the title of a listing, the name of a store. */
  title: z.string(),
  actions: z.array(action),
  /** Publication, authenticity or standing before and after; absent where nothing of the kind is stored. */
  statusBefore: z.string().optional(),
  statusAfter: z.string().optional(),
});

/** What a decision does to a seller's credit. */
const creditEffect = z.strictObject({
  sellerId: z.string(),
  points: z.int().min(0),
  strikes: z.int().min(0),
  before: z.strictObject({ score: z.int(), tier: creditTier, eligibility }),
  after: z.strictObject({ score: z.int(), tier: creditTier, eligibility }),
});

/** Everything that a decision would bring about; nothing has happened yet. */
export const decisionPreview = z
  .strictObject({
    subjects: z.array(subjectEffect),
    credit: z.array(creditEffect),
    statements: z.array(statementOfReasons),
    /** Present when another person must agree first. */
    secondReview: z.strictObject({ why: z.string() }).optional(),
    /** Things to think of before deciding, in plain words. */
    warnings: z.array(z.string()),
    /** Seconds in which the decision can be taken back without a trace outside. */
    undoSeconds: z.int().min(0),
  })
  .meta({ id: 'DecisionPreview' });
export type DecisionPreview = z.infer<typeof decisionPreview>;

/** The answer of a decision; `lease` where it leaves the case with the caller, as after an undo. */
export const decisionAnswer = caseStep.extend({ decision: caseDecisionView }).meta({ id: 'DecisionAnswer' });
export type DecisionAnswer = z.infer<typeof decisionAnswer>;

const fencingToken = z.int().min(1);

/** Bodies of what is done with decisions, by the last part of the address `POST /v1/cases/{id}/…`. */
export const decisionRequests = {
  preview: z.strictObject({ decision: decisionRequest }),
  decide: z.strictObject({ fencingToken, decision: decisionRequest }),
  undo: z.strictObject({ decisionId: externalId }),
  reverse: z.strictObject({ decisionId: externalId, note: wellFormedText(4_000).min(3) }),
  secondReview: z.strictObject({
    fencingToken,
    verdict: z.enum(['AGREE', 'DISAGREE']),
    note: wellFormedText(4_000).default(''),
  }),
  adjudicate: z.strictObject({ fencingToken, decision: decisionRequest }),
} as const;

/** A decision prepared once and used often. */
export const macroBody = z
  .strictObject({
    title: wellFormedText(100).min(1),
    /** The digit on which it lies in the console. */
    digit: z.int().min(1).max(9).optional(),
    /** Everybody's, or the maker's own. Only leads make shared ones. */
    isShared: z.boolean().default(false),
    decision: decisionRequest,
  })
  .meta({ id: 'MacroBody' });
export type MacroBody = z.infer<typeof macroBody>;

export const macroView = z
  .strictObject({ id: z.string(), ownerId: z.string(), ...macroBody.shape, updatedAt: instant })
  .meta({ id: 'Macro' });
export type MacroView = z.infer<typeof macroView>;
