import type { Decision } from '../domain/decision.ts';
import type { PolicySettings } from './policy-settings.ts';

/** Automatic measures that took effect within the last hour. */
export interface AutomaticCounts {
  /** By rule id. */
  readonly byRule: Readonly<Record<string, number>>;
  readonly ofSeller: number;
  readonly inAll: number;
}

export type BreakerAnswer =
  | { readonly kind: 'act' }
  | {
      readonly kind: 'tripped';
      readonly by: 'RULE' | 'SELLER' | 'HOUR';
      readonly ruleId?: string;
      readonly why: string;
    };

/** Whether a decision restricts something without a person: what the breaker counts. */
export const isAutomaticMeasure = (decision: Decision): boolean =>
  decision.automation === 'FULLY' && decision.outcome !== 'ALLOW' && decision.outcome !== 'OBSERVE';

/**
 * Asks whether one more automatic measure may act, by the quotas of an hour. A quota of n lets n act and trips on the
 * next. Source: policy.md, "a breaker that stops automation which acts too often".
 */
export const askBreaker = (
  decision: Decision,
  counts: AutomaticCounts,
  quotas: PolicySettings['breaker'],
): BreakerAnswer => {
  if (!isAutomaticMeasure(decision)) return { kind: 'act' };
  if (counts.inAll >= quotas.perHour)
    return {
      kind: 'tripped',
      by: 'HOUR',
      why: `${counts.inAll} automatic measures within the hour, ${quotas.perHour} are allowed.`,
    };
  if (counts.ofSeller >= quotas.perSellerPerHour)
    return {
      kind: 'tripped',
      by: 'SELLER',
      why: `${counts.ofSeller} automatic measures against one seller within the hour, ${quotas.perSellerPerHour} are allowed.`,
    };
  for (const { ruleId } of decision.firedRules) {
    const fired = counts.byRule[ruleId] ?? 0;
    if (fired >= quotas.perRulePerHour)
      return {
        kind: 'tripped',
        by: 'RULE',
        ruleId,
        why: `The rule ${ruleId} led to ${fired} automatic measures within the hour, ${quotas.perRulePerHour} are allowed.`,
      };
  }
  return { kind: 'act' };
};

/** The same decision without its effect: nothing is restricted, and a person gets the case. */
export const decisionWhenTripped = (
  decision: Decision,
  answer: Extract<BreakerAnswer, { kind: 'tripped' }>,
): Decision => {
  const { holdUntilMs: _holdUntilMs, ...rest } = decision;
  return {
    ...rest,
    outcome: 'REVIEW',
    step: 'L3',
    actions: [],
    needsPerson: true,
    automation: 'PARTIALLY',
    firedRules: [
      ...decision.firedRules,
      { ruleId: `breaker/${answer.by.toLowerCase()}`, why: answer.why, about: [decision.subject.id] },
    ].toSorted((left, right) => (left.ruleId < right.ruleId ? -1 : 1)),
  };
};
