import { z } from 'zod';
import { creditTier } from '../domain/credit.ts';
import { type DecisionReason, decisionReason, findingSource, ladderStep, outcome } from '../domain/decision.ts';
import { finding, subjectKind } from '../domain/finding.ts';
import { externalId, probability01 } from '../domain/primitives.ts';

/** The facts of a stored check besides its findings, as `DecisionContext`. */
export const storedContext = z.strictObject({
  sellerTier: creditTier.default('STANDARD'),
  sellerPoints: z.int().min(0).default(0),
  isLive: z.boolean().default(false),
  exposure: z.number().min(0).default(0),
  nowMs: z.number(),
  preCheckShare01: probability01.default(0),
  postCheckShare01: probability01.default(0),
  /** 1 draws nothing. */
  sampleRoll01: probability01.default(1),
  source: findingSource.exactOptional(),
  market: z.string().exactOptional(),
  language: z.string().exactOptional(),
  destinations: z.array(z.string()).exactOptional(),
  marks: z.strictObject({ authorisedIds: z.array(externalId), disputedIds: z.array(externalId) }).exactOptional(),
});

/** A check as it was made, and what people made of it since: one line of the NDJSON that a backtest reads. */
export const storedCheck = z.strictObject({
  checkId: externalId,
  subject: z.strictObject({ kind: subjectKind, id: externalId, sellerId: externalId.exactOptional() }),
  findings: z.array(finding),
  context: storedContext,
  /** What was decided then. */
  decided: z
    .strictObject({ step: ladderStep, outcome, needsPerson: z.boolean(), firedRuleIds: z.array(z.string()) })
    .exactOptional(),
  /** What a person decided; absent where nobody looked. */
  verdict: decisionReason.exactOptional(),
  /** An appeal was won afterwards. */
  isOverturned: z.boolean().default(false),
});
export type StoredCheck = z.infer<typeof storedCheck>;

/** Ends of a case that leave open whether the suspicion was right. */
const SAYS_NOTHING: ReadonlySet<DecisionReason> = new Set(['DUPLICATE', 'WITHDRAWN']);

/** Whether people hold the suspicion right in the end; undefined where nobody looked. */
export const isConfirmed = (check: Pick<StoredCheck, 'verdict' | 'isOverturned'>): boolean | undefined =>
  check.verdict === undefined || SAYS_NOTHING.has(check.verdict)
    ? undefined
    : check.verdict === 'CONFIRMED' && !check.isOverturned;
