import { z } from 'zod';
import { action, decisionReason } from '../decision.ts';
import { externalId, wellFormedText } from '../primitives.ts';
import { violationType } from '../violation.ts';
import { caseView } from './case-view.ts';
import { instant } from './check-view.ts';

/** A judgement, as far as two of them are compared. */
export const judgement = z.strictObject({
  reason: decisionReason,
  violationType: violationType.optional(),
  actions: z.array(action).min(1),
});
export type Judgement = z.infer<typeof judgement>;

/** A decided case to be judged once more by somebody who does not see how it was decided. */
export const blindLook = z
  .strictObject({ id: z.string(), kind: z.enum(['SAMPLE', 'GOLDEN']), case: caseView, dueAt: instant })
  .meta({ id: 'BlindLook' });
export type BlindLook = z.infer<typeof blindLook>;

export const blindAnswer = z.strictObject({ ...judgement.shape, note: wellFormedText(4_000).default('') });

/** How the two judgements compare; the first is shown now that the second is written. */
export const blindResult = z
  .strictObject({
    id: z.string(),
    agreement: z.enum(['AGREE', 'DISAGREE']),
    first: judgement,
    second: judgement,
    /** Where they disagree a lead decides which holds. */
    needsAdjudication: z.boolean(),
  })
  .meta({ id: 'BlindResult' });
export type BlindResult = z.infer<typeof blindResult>;

/** Agreement beyond chance (Cohen's kappa) of pairs of judgements. */
export const agreementRow = z
  .strictObject({
    /** A violation type, or a person's id. */
    key: z.string(),
    title: z.string(),
    pairs: z.int().min(0),
    agreed: z.int().min(0),
    /** Absent while the pairs leave it undefined (all of one class). */
    kappa: z.number().min(-1).max(1).optional(),
    /** Standard error of kappa by Fleiss, Cohen and Everitt. */
    standardError: z.number().min(0).optional(),
    /** Below the alarm of `rules/casework.yaml`, with pairs enough to say so. */
    isAlarming: z.boolean(),
  })
  .meta({ id: 'AgreementRow' });
export type AgreementRow = z.infer<typeof agreementRow>;

export const agreementView = z
  .strictObject({
    overall: agreementRow,
    byViolationType: z.array(agreementRow),
    byReviewer: z.array(agreementRow),
    /** Golden cases: how often each reviewer gave the known answer. */
    golden: z.array(z.strictObject({ personId: z.string(), name: z.string(), looks: z.int(), correct: z.int() })),
    waiting: z.int().min(0),
    toAdjudicate: z.int().min(0),
  })
  .meta({ id: 'Agreement' });
export type AgreementView = z.infer<typeof agreementView>;

/** A blind look whose two judgements differ, for a lead to settle. */
export const disputedLook = z
  .strictObject({
    id: z.string(),
    caseId: z.string(),
    kind: z.enum(['SAMPLE', 'GOLDEN']),
    firstBy: z.string(),
    secondBy: z.string(),
    first: judgement,
    second: judgement,
    note: z.string(),
    at: instant,
  })
  .meta({ id: 'DisputedLook' });
export type DisputedLook = z.infer<typeof disputedLook>;

export const lookSettlement = z.strictObject({
  holds: z.enum(['FIRST', 'SECOND']),
  note: wellFormedText(4_000).default(''),
});

/** A closed case whose right answer is known: given to reviewers now and then without telling them. */
export const goldenBody = z.strictObject({
  caseId: externalId,
  expected: judgement,
  why: wellFormedText(1_000).min(3),
});
export const goldenView = z
  .strictObject({ id: z.string(), ...goldenBody.shape, madeBy: z.string(), looks: z.int(), correct: z.int() })
  .meta({ id: 'GoldenCase' });
export type GoldenView = z.infer<typeof goldenView>;
