import type { Decision } from '../domain/decision.ts';
import type { DecisionInput } from './decision-input.ts';
import { decide } from './decide.ts';
import type { Ruleset } from './parse-ruleset.ts';

/** A decision that another version of the rules would have made otherwise. */
export interface DecisionDifference {
  /** Step and outcome, for example `L1 OBSERVE`. */
  readonly from: string;
  readonly to: string;
  /** The rules that fired on one side alone. */
  readonly why: string;
}

/** Both decisions, and how they differ where they do. */
export interface ShadowedDecision {
  readonly published: Decision;
  readonly draft: Decision;
  readonly difference: DecisionDifference | undefined;
}

const whyMoved = (published: Decision, draft: Decision): string => {
  const before = new Map(published.firedRules.map(({ ruleId, why }) => [ruleId, why]));
  const after = new Map(draft.firedRules.map(({ ruleId, why }) => [ruleId, why]));
  const gone = [...before.keys()].filter((id) => !after.has(id)).map((id) => `no longer ${id}`);
  const come = [...after].filter(([id, why]) => before.get(id) !== why).map(([id, why]) => `${id}: ${why}`);
  return [...gone, ...come].join('; ') || 'the same rules with other effects';
};

/**
 * Asks the published rules and a draft the same question; the published decision is the one that counts. Where the
 * draft's detectors looked again, it is asked about what they found.
 */
export const decideInShadow = (
  input: DecisionInput,
  rulesets: { readonly published: Ruleset; readonly draft: Ruleset },
  draftFindings: DecisionInput['findings'] = input.findings,
): ShadowedDecision => {
  const published = decide(input, rulesets.published);
  const draft = decide({ ...input, findings: draftFindings }, rulesets.draft);
  const from = `${published.step} ${published.outcome}`;
  const to = `${draft.step} ${draft.outcome}`;
  const difference = from === to ? undefined : { from, to, why: whyMoved(published, draft) };
  return { published, draft, difference };
};
