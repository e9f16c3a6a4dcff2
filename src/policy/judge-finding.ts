import type { Action, FiredRule, LadderStep } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import type { ConditionFacts } from './conditions.ts';
import type { DecisionContext } from './decision-input.ts';
import type { Ruleset } from './parse-ruleset.ts';
import type { PolicySettings } from './policy-settings.ts';
import type { ViolationRule } from './violation-settings.ts';

const STEPS: readonly LadderStep[] = ['L0', 'L1', 'L2', 'L3', 'L3A', 'L4', 'L5', 'L6'];

/** Position on the ladder, 0 is ALLOW. */
export const stepRank = (step: LadderStep): number => STEPS.indexOf(step);

export const severerStep = (left: LadderStep, right: LadderStep): LadderStep =>
  stepRank(left) >= stepRank(right) ? left : right;

const milderStep = (left: LadderStep, right: LadderStep): LadderStep =>
  stepRank(left) <= stepRank(right) ? left : right;

/** The step that a probability alone leads to. */
const stepOfProbability = (probability01: number, ladder: PolicySettings['ladder']): LadderStep => {
  if (probability01 >= ladder.reviewFrom01) return 'L3';
  if (probability01 >= ladder.holdFrom01) return 'L2';
  return probability01 >= ladder.observeFrom01 ? 'L1' : 'L0';
};

/** A finding with what ladder and rules make of it. */
export interface JudgedFinding {
  readonly finding: Finding;
  readonly violation: ViolationRule;
  readonly step: LadderStep;
  readonly isDropped: boolean;
  readonly actions: readonly Action[];
  readonly queue: string | undefined;
  readonly fired: readonly FiredRule[];
  /** What conditions see of it. */
  readonly facts: ConditionFacts;
  /** Names the finding uniquely; breaks ties. */
  readonly key: string;
}

const factsOf = (finding: Finding, context: DecisionContext, ruleset: Ruleset): ConditionFacts => {
  const { marks } = context;
  const isIn = (ids: readonly string[] | undefined): boolean =>
    finding.markId !== undefined && ids !== undefined && ids.includes(finding.markId);
  return {
    detector: finding.detector,
    violationType: finding.violationType,
    severity: ruleset.violations[finding.violationType].severity,
    probability: finding.probability,
    about: finding.about,
    markId: finding.markId ?? '',
    areMarkRightsKnown: marks !== undefined,
    isAuthorisedSeller: isIn(marks?.authorisedIds),
    isMarkDisputed: isIn(marks?.disputedIds),
    signals: ruleset.completeSignals(finding.signals),
  };
};

const ladderLine = (finding: Finding, step: LadderStep, violation: ViolationRule): FiredRule => ({
  ruleId: `ladder/${finding.violationType}`,
  why: `${violation.title}: probability ${finding.probability.toFixed(2)} leads to ${step}.`,
  about: [finding.about],
});

/** Ladder first, then what the violation type asks for, then the rules in the order of the file; exculpation has the last word. */
export const judgeFinding = (
  asked: { readonly finding: Finding; readonly context: DecisionContext; readonly facts: ConditionFacts },
  ruleset: Ruleset,
): JudgedFinding => {
  const { finding, context } = asked;
  const violation = ruleset.violations[finding.violationType];
  const facts = factsOf(finding, context, ruleset);
  const everything = { ...asked.facts, finding: facts, findings: [facts] };
  const fired: FiredRule[] = [];
  const actions: Action[] = [];
  let queue: string | undefined;
  let isDropped = false;
  let ceiling: LadderStep = violation.maximumStep ?? 'L6';
  let step = milderStep(stepOfProbability(finding.probability, ruleset.policy.ladder), ceiling);
  if (violation.minimumStep !== undefined) step = severerStep(step, violation.minimumStep);
  if (step !== 'L0') fired.push(ladderLine(finding, step, violation));
  for (const { rule, holds } of ruleset.findingRules) {
    let isTrue: boolean;
    try {
      isTrue = holds(everything);
    } catch {
      const why = `The rule ${rule.id} could not be evaluated, so a person must look.`;
      fired.push({ ruleId: rule.id, why, about: [finding.about] });
      step = severerStep(step, 'L3');
      continue;
    }
    if (!isTrue) continue;
    if (rule.then.atLeast !== undefined) step = severerStep(step, rule.then.atLeast);
    if (rule.then.atMost !== undefined) ceiling = milderStep(ceiling, rule.then.atMost);
    isDropped ||= rule.then.drop === true;
    actions.push(...(rule.then.actions ?? []));
    queue ??= rule.then.queue;
    fired.push({ ruleId: rule.id, why: rule.why, about: [finding.about] });
  }
  step = milderStep(step, ceiling);
  // A check that failed is never argued away: this is the promise that no item passes silently.
  const isIncomplete = finding.violationType === 'SYS_CHECK_INCOMPLETE';
  if (isIncomplete) step = severerStep(step, violation.minimumStep ?? 'L3');
  const key = `${finding.violationType}\u0000${finding.detector}\u0000${finding.about}`;
  return { finding, violation, step, isDropped: isDropped && !isIncomplete, actions, queue, fired, facts, key };
};
