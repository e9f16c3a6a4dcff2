import type { Decision, LadderStep } from '../domain/decision.ts';
import type { ConditionFacts } from './conditions.ts';
import type { DecisionInput } from './decision-input.ts';
import { decide, subjectFacts } from './decide.ts';
import { type JudgedFinding, judgeFinding } from './judge-finding.ts';
import type { CompiledRule, Ruleset } from './parse-ruleset.ts';

/** One rule asked about one finding or the whole subject, with the values that its condition read. */
export interface AskedRule {
  readonly ruleId: string;
  readonly scope: 'FINDING' | 'SUBJECT';
  /** The condition as it stands in the version. */
  readonly when: string;
  readonly why: string;
  /** `Finding.about`, or the id of the subject. */
  readonly about: string;
  /** FAILED: the condition could not be evaluated, which sends the item to a person. */
  readonly answer: 'HOLDS' | 'DOES_NOT_HOLD' | 'FAILED';
  readonly values: Readonly<Record<string, unknown>>;
}

/** How a version of the rules comes to its decision. */
export interface DecisionExplanation {
  readonly decision: Decision;
  readonly findings: readonly {
    readonly violationType: string;
    readonly detector: string;
    readonly about: string;
    readonly probability: number;
    /** Where ladder and rules leave the finding; absent when a rule dropped it. */
    readonly step?: LadderStep;
  }[];
  /** In the order in which they were asked: of each finding, then of the subject. */
  readonly rules: readonly AskedRule[];
}

const valueAt = (facts: ConditionFacts, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, field) => (value as Record<string, unknown> | undefined)?.[field], facts);

const readValues = (reads: readonly string[], facts: ConditionFacts): Record<string, unknown> => {
  const values: Record<string, unknown> = {};
  for (const path of reads) {
    const [head, ...fields] = path.split('.');
    if (head !== 'findings[]') values[path] = valueAt(facts, path.split('.'));
    else
      (facts['findings'] as readonly ConditionFacts[]).forEach((finding, index) => {
        values[`findings[${index}].${fields.join('.')}`] = valueAt(finding, fields);
      });
  }
  return values;
};

const ask = ({ rule, holds, reads }: CompiledRule, about: string, facts: ConditionFacts): AskedRule => {
  let answer: AskedRule['answer'];
  try {
    answer = holds(facts) ? 'HOLDS' : 'DOES_NOT_HOLD';
  } catch {
    answer = 'FAILED';
  }
  const { id: ruleId, scope, when, why } = rule;
  return { ruleId, scope, when: when.trim(), why, about, answer, values: readValues(reads, facts) };
};

/** Decides once more and tells each rule that was asked, what it answered, and the values that it read. */
export const explainDecision = (input: DecisionInput, ruleset: Ruleset): DecisionExplanation => {
  const base = subjectFacts(input);
  const judged = input.findings.map((finding) =>
    judgeFinding({ finding, context: input.context, facts: base }, ruleset),
  );
  const ofFinding = ({ finding, facts }: JudgedFinding): AskedRule[] =>
    ruleset.findingRules.map((rule) => ask(rule, finding.about, { ...base, finding: facts, findings: [facts] }));
  const heard = judged.filter((one) => !one.isDropped).map(({ facts }) => facts);
  return {
    decision: decide(input, ruleset),
    findings: judged.map(({ finding: { violationType, detector, about, probability }, step, isDropped }) => ({
      violationType,
      detector,
      about,
      probability,
      ...(isDropped ? {} : { step }),
    })),
    rules: [
      ...judged.flatMap(ofFinding),
      ...ruleset.subjectRules.map((rule) => ask(rule, input.subject.id, { ...base, findings: heard })),
    ],
  };
};
