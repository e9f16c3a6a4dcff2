import type { Action, DecisionReason } from '../domain/decision.ts';
import type { Severity, ViolationType } from '../domain/violation.ts';
import type { CaseworkSettings } from './casework-settings.ts';

/** What the conditions for a second person ask of a decision. */
export interface ReviewedDecision {
  readonly severity: Severity;
  readonly reason: DecisionReason;
  readonly violationType?: ViolationType;
  readonly actions: readonly Action[];
  /** Penalty points of the seller once the decision is in force. */
  readonly pointsAfter: number;
  /** Cases of the bulk that the decision is a part of; 1 alone. */
  readonly bulkCount: number;
}

const names = <Value>(listed: readonly Value[] | undefined, value: Value | undefined): boolean =>
  listed === undefined || (value !== undefined && listed.includes(value));

/** Why a second person must agree; undefined where nobody must. The first line of the rules that holds speaks. */
export const secondReviewWhy = (
  decision: ReviewedDecision,
  { secondReview }: Pick<CaseworkSettings, 'secondReview'>,
): string | undefined =>
  secondReview.find(
    (rule) =>
      (rule.actions === undefined || rule.actions.some((one) => decision.actions.includes(one))) &&
      names(rule.severities, decision.severity) &&
      names(rule.violationTypes, decision.violationType) &&
      names(rule.reasons, decision.reason) &&
      decision.pointsAfter >= (rule.pointsFrom ?? 0) &&
      decision.bulkCount >= (rule.bulkFrom ?? 0),
  )?.why;

/** What the sampling asks of a decision that is in force. */
export interface SampledDecision {
  readonly severity: Severity;
  readonly reason: DecisionReason;
  readonly violationType?: ViolationType;
  readonly queue: string;
  /** Decisions of the reviewer so far. */
  readonly reviewerDecisions: number;
  /** Drawn once for the decision, 0 ≤ roll < 1. */
  readonly roll01: number;
}

/** Why a decision is looked at once more without being seen; undefined where it is not drawn. */
export const samplingWhy = (
  decision: SampledDecision,
  { sampling }: Pick<CaseworkSettings, 'sampling'>,
): string | undefined => {
  const rule = sampling.find(
    (one) =>
      names(one.severities, decision.severity) &&
      names(one.violationTypes, decision.violationType) &&
      names(one.reasons, decision.reason) &&
      names(one.queues, decision.queue) &&
      (one.reviewerDecisionsBelow === undefined || decision.reviewerDecisions < one.reviewerDecisionsBelow),
  );
  return rule !== undefined && decision.roll01 < rule.share01 ? rule.why : undefined;
};
