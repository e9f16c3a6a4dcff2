import { z } from 'zod';
import { ladderStep } from '../domain/decision.ts';
import { severity, violationType } from '../domain/violation.ts';

/** Category of the EU Transparency Database, without its STATEMENT_CATEGORY_ prefix. */
const statementCategory = z.enum([
  'INTELLECTUAL_PROPERTY_INFRINGEMENTS',
  'SCAMS_AND_FRAUD',
  'CONSUMER_INFORMATION',
  'UNSAFE_AND_PROHIBITED_PRODUCTS',
  'OTHER_VIOLATION_TC',
]);

const statementGround = z.strictObject({
  category: statementCategory,
  /** Keywords of the database, without their KEYWORD_ prefix. */
  keywords: z.array(z.string().regex(/^[A-Z_]+$/)).min(1),
});

/** What one kind of violation weighs and how it is told. */
export const violationRule = z.strictObject({
  /** A few words for people. */
  title: z.string().min(3).max(80),
  severity,
  /** Penalty points that a confirmed violation costs. */
  points: z.int().min(0).max(48),
  /** Points where it is a serious case. */
  seriousPoints: z.int().min(0).max(48).optional(),
  strikes: z.int().min(0).max(1),
  /** Who answers for it. NOBODY: it tells something, and is no violation. */
  penalises: z.enum(['SELLER', 'BUYER', 'NOTIFIER', 'NOBODY']),
  /** The mildest step that such a finding leads to, whatever its probability. */
  minimumStep: ladderStep.optional(),
  /** The severest step that such a finding alone leads to. */
  maximumStep: ladderStep.optional(),
  /** How the statement of reasons names it; absent where there is no restriction of content or a notifier answers. */
  statement: z.array(statementGround).min(1).optional(),
});
export type ViolationRule = z.infer<typeof violationRule>;

/** Types that came after a release, for versions of the rules that were written before and do not name them. */
const LATER_TYPES = {
  SYS_STANDING_APPEAL: {
    title: "Buyer's standing is wrong",
    severity: 'S1',
    points: 0,
    strikes: 0,
    penalises: 'NOBODY',
    minimumStep: 'L3',
  },
  SYS_SELLER_APPEAL: {
    title: "A seller's appeal",
    severity: 'S1',
    points: 0,
    strikes: 0,
    penalises: 'NOBODY',
    minimumStep: 'L3',
  },
};

const withLaterTypes = (given: unknown): unknown =>
  typeof given === 'object' && given !== null ? { ...LATER_TYPES, ...given } : given;

/** Every violation type; described in `rules/violations.yaml`. */
export const violationSettings = z
  .strictObject({ violations: z.preprocess(withLaterTypes, z.record(violationType, violationRule)) })
  .refine(({ violations }) => violations.SYS_CHECK_INCOMPLETE.minimumStep === 'L3', {
    error: 'must be L3: a check that failed never passes an item silently',
    path: ['violations', 'SYS_CHECK_INCOMPLETE', 'minimumStep'],
  });
export type ViolationSettings = z.infer<typeof violationSettings>;
