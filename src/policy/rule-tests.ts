import { z } from 'zod';
import { action, type Decision, ladderStep, outcome } from '../domain/decision.ts';
import { finding, subjectKind } from '../domain/finding.ts';
import { externalId } from '../domain/primitives.ts';
import { severity } from '../domain/violation.ts';
import { decide } from './decide.ts';
import type { Ruleset } from './parse-ruleset.ts';
import { checkShape, readRuleFile, type RuleFile, type RuleProblem } from './rule-file.ts';
import { storedContext } from './stored-check.ts';

/** A finding as a case writes it: what no rule can read is filled in. */
const caseFinding = z.strictObject({
  detector: finding.shape.detector,
  violationType: finding.shape.violationType,
  probability: finding.shape.probability,
  about: finding.shape.about.default('case'),
  markId: externalId.exactOptional(),
  signals: finding.shape.signals,
});

/** A moment for cases that name none; nothing depends on which. */
const CASE_MOMENT_MS = 1_767_225_600_000;

/** Marks are known, none authorised and none disputed, unless a case says otherwise. */
const caseContext = storedContext.extend({
  nowMs: storedContext.shape.nowMs.default(CASE_MOMENT_MS),
  marks: z
    .strictObject({ authorisedIds: z.array(externalId), disputedIds: z.array(externalId) })
    .default({ authorisedIds: [], disputedIds: [] }),
});

const ruleCase = z.strictObject({
  /** A sentence that says what must hold, and why. */
  name: z.string().min(10),
  subject: subjectKind.default('LISTING'),
  context: caseContext.prefault({}),
  findings: z.array(caseFinding),
  expect: z
    .strictObject({
      step: ladderStep.exactOptional(),
      outcome: outcome.exactOptional(),
      severity: severity.exactOptional(),
      queue: z.string().exactOptional(),
      /** Exactly these, in any order. */
      skills: z.array(z.string()).exactOptional(),
      needsPerson: z.boolean().exactOptional(),
      isSampled: z.boolean().exactOptional(),
      proposedPoints: z.int().exactOptional(),
      proposedStrikes: z.int().exactOptional(),
      /** Actions that must be among those taken. */
      actions: z.array(action).exactOptional(),
      fired: z.array(z.string()).exactOptional(),
      notFired: z.array(z.string()).exactOptional(),
    })
    .refine((expected) => Object.keys(expected).length > 0, { error: 'expects nothing' }),
});
type RuleCase = z.infer<typeof ruleCase>;

/** Cases beside the rules: `rules/tests/*.yaml`. */
const ruleTestFile = z.strictObject({ cases: z.array(ruleCase).min(1) });

export interface RuleTestReport {
  readonly passed: number;
  /** Cases that do not hold, and files that cannot be read, each with its place. */
  readonly failures: readonly RuleProblem[];
  /** Rules that no case makes fire. */
  readonly untestedRules: readonly string[];
}

const decideCase = (one: RuleCase, ruleset: Ruleset): Decision =>
  decide(
    {
      subject: { kind: one.subject, id: 'case', sellerId: 'case-seller' },
      findings: one.findings.map((given) => ({
        ...given,
        detectorVersion: 1,
        summary: 'A case.',
        evidence: [{ kind: 'FACT', why: 'A case.', name: 'case', value: true }],
      })),
      context: one.context,
    },
    ruleset,
  );

/** What a decision does not fulfil of what a case expects. */
const shortfalls = ({ expect: expected }: RuleCase, decision: Decision): string[] => {
  const { actions, fired, notFired, skills, ...plain } = expected;
  const firedIds = decision.firedRules.map(({ ruleId }) => ruleId);
  const values: Readonly<Record<string, unknown>> = decision;
  return [
    ...Object.entries(plain).flatMap(([key, value]) =>
      values[key] === value ? [] : [`${key} is ${String(values[key])}, expected ${String(value)}`],
    ),
    ...(skills === undefined || skills.toSorted().join() === (decision.neededSkills ?? []).toSorted().join()
      ? []
      : [`skills are ${(decision.neededSkills ?? []).join(', ') || 'none'}, expected ${skills.join(', ') || 'none'}`]),
    ...(actions ?? []).filter((one) => !decision.actions.includes(one)).map((one) => `${one} is not among the actions`),
    ...(fired ?? []).filter((id) => !firedIds.includes(id)).map((id) => `${id} did not fire`),
    ...(notFired ?? []).filter((id) => firedIds.includes(id)).map((id) => `${id} fired`),
  ];
};

/** Runs the cases of the files against a ruleset. */
export const runRuleTests = (files: readonly RuleFile[], ruleset: Ruleset): RuleTestReport => {
  const failures: RuleProblem[] = [];
  const fired = new Set<string>();
  let passed = 0;
  for (const file of files) {
    const read = readRuleFile(file);
    if (read.kind === 'broken') {
      failures.push(...read.problems);
      continue;
    }
    const checked = checkShape(read.file, ruleTestFile);
    if (checked.kind === 'invalid') {
      failures.push(...checked.problems);
      continue;
    }
    checked.value.cases.forEach((one, index) => {
      const decision = decideCase(one, ruleset);
      for (const { ruleId } of decision.firedRules) fired.add(ruleId);
      const missing = shortfalls(one, decision);
      if (missing.length === 0) passed += 1;
      else failures.push(read.file.locate(['cases', index], `${one.name}: ${missing.join('; ')}`));
    });
  }
  const untestedRules = ruleset.policy.rules.map(({ id }) => id).filter((id) => !fired.has(id));
  return { passed, failures, untestedRules };
};
