import type { Action, Automation, Decision, FiredRule, LadderStep } from '../domain/decision.ts';
import type { Severity } from '../domain/violation.ts';
import { caseKeyOf } from './case-key.ts';
import type { DecisionInput } from './decision-input.ts';
import { type JudgedFinding, judgeFinding, severerStep, stepRank } from './judge-finding.ts';
import type { CompiledRule, Ruleset } from './parse-ruleset.ts';
import type { Measure } from './policy-settings.ts';

const SEVERITY_RANK: Readonly<Record<Severity, number>> = { S0: 0, S1: 1, S2: 2, S3: 3, S4: 4 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type AutomaticStep = 'L0' | 'L1' | 'L2' | 'L3' | 'L3A';

const isAutomaticStep = (step: LadderStep): step is AutomaticStep => step !== 'L4' && step !== 'L5' && step !== 'L6';

/** Heaviest first: step, severity, points, probability; then by name, so that the order of the detectors is no matter. */
const byWeight = (left: JudgedFinding, right: JudgedFinding): number =>
  stepRank(right.step) - stepRank(left.step) ||
  SEVERITY_RANK[right.violation.severity] - SEVERITY_RANK[left.violation.severity] ||
  right.violation.points - left.violation.points ||
  right.finding.probability - left.finding.probability ||
  (left.key < right.key ? -1 : left.key > right.key ? 1 : 0);

interface Fired {
  readonly step: LadderStep;
  readonly actions: readonly Action[];
  readonly queue: string | undefined;
  readonly rules: readonly FiredRule[];
}

/** A rule that cannot be evaluated is a fault of ours: a person looks, and the rule is named. */
const failedRule = ({ rule }: CompiledRule): FiredRule => ({
  ruleId: rule.id,
  why: `The rule ${rule.id} could not be evaluated, so a person must look.`,
  about: [],
});

const askSubjectRules = (judged: readonly JudgedFinding[], input: DecisionInput, ruleset: Ruleset): Fired => {
  const facts = { ...subjectFacts(input), findings: judged.map((one) => one.facts) };
  let step: LadderStep = 'L0';
  let queue: string | undefined;
  const actions: Action[] = [];
  const rules: FiredRule[] = [];
  for (const compiled of ruleset.subjectRules) {
    const { rule } = compiled;
    try {
      if (!compiled.holds(facts)) continue;
    } catch {
      rules.push(failedRule(compiled));
      step = severerStep(step, 'L3');
      continue;
    }
    if (rule.then.atLeast !== undefined) step = severerStep(step, rule.then.atLeast);
    queue ??= rule.then.queue;
    actions.push(...(rule.then.actions ?? []));
    rules.push({ ruleId: rule.id, why: rule.why, about: [input.subject.id] });
  }
  return { step, actions, queue, rules };
};

/** The facts that every condition may read. */
export const subjectFacts = ({ subject, context }: DecisionInput) => ({
  subject: {
    kind: subject.kind,
    isLive: context.isLive,
    exposure: context.exposure,
    language: context.language ?? '',
    destinations: [...(context.destinations ?? [])],
  },
  seller: { tier: context.sellerTier, points: context.sellerPoints, market: context.market ?? '' },
});

const measureOf = (step: AutomaticStep, input: DecisionInput, ruleset: Ruleset): Measure => {
  const measures = ruleset.policy.measures[step];
  if (input.subject.kind === 'LISTING') return input.context.isLive ? measures.liveListing : measures.newListing;
  return input.subject.kind === 'REVIEW' ? measures.review : measures.other;
};

/** Rules that fired, one line a rule, with everything that each spoke of. */
const mergeFired = (fired: readonly FiredRule[]): FiredRule[] => {
  const merged = new Map<string, FiredRule>();
  for (const one of fired) {
    const before = merged.get(one.ruleId);
    const about = [...new Set([...(before?.about ?? []), ...one.about])].toSorted();
    // Of several sentences of one rule, for several findings, the alphabetically first stands for all.
    const why = before === undefined || one.why < before.why ? one.why : before.why;
    merged.set(one.ruleId, { ruleId: one.ruleId, why, about });
  }
  return [...merged.values()].toSorted((left, right) => (left.ruleId < right.ruleId ? -1 : 1));
};

const AUTOMATION: Readonly<Record<AutomaticStep, Automation>> = {
  L0: 'FULLY',
  L1: 'FULLY',
  L2: 'FULLY',
  L3: 'PARTIALLY',
  L3A: 'FULLY',
};

/** Whether a person looks at an item although nothing speaks against it. */
const isDrawn = ({ subject, context }: DecisionInput, step: LadderStep): 'BEFORE' | 'AFTER' | undefined => {
  if (subject.kind !== 'LISTING' || stepRank(step) >= stepRank('L2') || context.isLive) return undefined;
  if (context.sampleRoll01 < context.preCheckShare01) return 'BEFORE';
  return context.sampleRoll01 < context.postCheckShare01 ? 'AFTER' : undefined;
};

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

/**
 * The decision on one version of one subject: each finding climbs the ladder by its probability, its violation type
 * and the rules; the severest step holds; subject rules may only raise it. Findings may come in any order.
 * Source: policy.md section 7; every figure is in `rules/`.
 */
export const decide = (input: DecisionInput, ruleset: Ruleset): Decision => {
  const { subject, context } = input;
  const { ladder, sampling } = ruleset.policy;
  const base = subjectFacts(input);
  const all = input.findings.map((finding) => judgeFinding({ finding, context, facts: base }, ruleset));
  const judged = all.filter((one) => !one.isDropped).toSorted(byWeight);
  const bySubject = askSubjectRules(judged, input, ruleset);
  const heaviest = judged[0];
  const climbed = severerStep(heaviest?.step ?? 'L0', bySubject.step);
  const step: AutomaticStep = isAutomaticStep(climbed) ? climbed : 'L3';
  const drawn = isDrawn(input, step);
  const measure: Measure =
    drawn === 'BEFORE' ? { outcome: 'HOLD', actions: ['HOLD'] } : measureOf(step, input, ruleset);
  const needsPerson = stepRank(step) >= stepRank('L2') || drawn !== undefined;
  // What restricts without a person becomes a case when the breaker stops it.
  const mayBeCase = needsPerson || (measure.outcome !== 'ALLOW' && measure.outcome !== 'OBSERVE');
  const speaking = judged.filter((one) => stepRank(one.step) >= stepRank('L1'));
  const severity = speaking.reduce<Severity>(
    (worst, { violation }) => (SEVERITY_RANK[violation.severity] > SEVERITY_RANK[worst] ? violation.severity : worst),
    'S0',
  );
  const punishable = judged.filter(
    ({ step: own, violation }) => stepRank(own) >= stepRank('L2') && violation.penalises === 'SELLER',
  );
  const extra = [...judged.flatMap((one) => one.actions), ...bySubject.actions];
  const isSampled = drawn !== undefined;
  const routed = {
    ...base,
    decision: {
      violationType: speaking[0]?.finding.violationType ?? '',
      severity,
      step,
      isSampled,
      source: context.source ?? 'AUTOMATED_RULE',
    },
  };
  const queue = isSampled
    ? sampling.queue
    : (judged.find((one) => one.queue !== undefined)?.queue ??
      bySubject.queue ??
      // Most items are nobody's case: what goes to no queue asks none.
      (mayBeCase ? ruleset.queueRoutes.find((route) => route.holds(routed))?.name : undefined));
  const neededSkills = mayBeCase
    ? ruleset.skillRoutes.filter((route) => route.holds(routed)).map(({ name }) => name)
    : [];
  const hasty = context.source === 'TRUSTED_FLAGGER' ? ruleset.queues.trustedFlaggerFactor01 : 1;
  const slaHours = isSampled
    ? sampling.slaHours
    : Math.min(
        speaking[0]?.finding.violationType === 'SYS_STANDING_APPEAL'
          ? ruleset.queues.appealHours
          : ruleset.queues.slaHours[severity] * hasty,
        step === 'L3A' ? ladder.autoDisableCheckHours : Number.POSITIVE_INFINITY,
      );
  const caseKey = caseKeyOf(subject, speaking[0]?.finding);
  const isTimed =
    measure.outcome === 'HOLD' || extra.includes('QUARANTINE_REVIEW') || measure.actions.includes('DEMOTE');
  return {
    subject: { kind: subject.kind, id: subject.id },
    outcome: measure.outcome,
    step,
    actions: unique([...measure.actions, ...extra]),
    severity,
    risk01: judged
      .filter(({ violation }) => violation.penalises !== 'NOBODY')
      .reduce((risk, { finding }) => Math.max(risk, finding.probability), 0),
    ...(speaking[0] === undefined ? {} : { violationType: speaking[0].finding.violationType }),
    firedRules: mergeFired([...all.flatMap((one) => one.fired), ...bySubject.rules]),
    needsPerson,
    ...(mayBeCase && queue !== undefined ? { queue } : {}),
    ...(mayBeCase ? { slaHours, caseKey } : {}),
    ...(neededSkills.length > 0 ? { neededSkills } : {}),
    isSampled,
    automation: isSampled ? 'PARTIALLY' : AUTOMATION[step],
    proposedPoints: punishable.reduce((most, { violation }) => Math.max(most, violation.points), 0),
    proposedStrikes: punishable.reduce((most, { violation }) => Math.max(most, violation.strikes), 0),
    ...(isTimed ? { holdUntilMs: context.nowMs + ladder.holdDays * DAY_MS } : {}),
    rulesetDigest: ruleset.digest,
  };
};
