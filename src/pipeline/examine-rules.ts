import { AppError } from '../domain/errors.ts';
import type { Decision } from '../domain/decision.ts';
import { createBacktest } from '../policy/backtest.ts';
import { type DecisionExplanation, explainDecision } from '../policy/explain-decision.ts';
import { parseDecisionRules } from '../policy/parse-ruleset.ts';
import { createScoreboard, type RuleScore } from '../policy/scoreboard.ts';
import { findVersion, moveVersion, type RulesetPorts } from './ruleset-life-cycle.ts';
import type { RulesActor, StoredBacktest, StoredRuleset } from './ruleset-store.ts';
import type { CheckPeriod, StoredCheckReader } from './stored-checks.ts';

export interface ExaminePorts extends RulesetPorts {
  readonly checks: StoredCheckReader;
  /** Milliseconds of a clock that never goes back, for durations. */
  readonly monotonicMs: () => number;
}

/** Lets the rest of the process have its turn between two pages of checks. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs a version over the stored checks of a period beside the published one, and keeps the report with the version,
 * which is BACKTESTED from then on. Nothing is analysed again.
 *
 * @throws AppError `rules.unknown-version`, `rules.move-refused`.
 */
export async function backtestVersion(
  ports: ExaminePorts,
  given: { readonly digest: string; readonly period: CheckPeriod; readonly actor: RulesActor },
): Promise<StoredRuleset> {
  const { period, actor } = given;
  const startMs = ports.monotonicMs();
  const version = await findVersion(ports.store, given.digest);
  const inForce = (await ports.store.inForce()).published ?? version.digest;
  const rulesets = {
    published: parseDecisionRules((await findVersion(ports.store, inForce)).files),
    draft: parseDecisionRules(version.files),
  };
  const backtest = createBacktest(rulesets);
  for await (const page of ports.checks.read(period)) {
    for (const check of page) backtest.add(check);
    await breathe();
  }
  const report: StoredBacktest = {
    ...backtest.report(),
    fromMs: period.fromMs,
    untilMs: period.untilMs,
    durationMs: Math.round(ports.monotonicMs() - startMs),
    ranAtMs: ports.clock.nowMs(),
  };
  return moveVersion(ports, { digest: version.digest, type: 'BACKTEST', actor, backtest: report });
}

/** How each rule has done by the decisions of people, over the stored checks of a period. */
export async function scoreRules(ports: ExaminePorts, period: CheckPeriod): Promise<readonly RuleScore[]> {
  const scoreboard = createScoreboard(period.untilMs);
  for await (const page of ports.checks.read(period)) {
    for (const check of page) scoreboard.add(check);
    await breathe();
  }
  return scoreboard.report();
}

/** A decision with how its own version of the rules comes to it, today as then. */
export interface ExplainedCheck {
  readonly checkId: string;
  readonly rulesetDigest: string;
  /** As it was written. */
  readonly decided: Decision;
  /** Whether the version, asked again, gives the decision that was written. A breaker's stop is the one exception. */
  readonly isSame: boolean;
  readonly explanation: DecisionExplanation;
}

/**
 * Asks the version that decided a check once more, however old it is.
 *
 * @throws AppError `resource.not-found` where the check is not done; `rules.unknown-version`.
 */
export async function explainCheck(ports: ExaminePorts, checkId: string): Promise<ExplainedCheck> {
  const found = await ports.checks.one(checkId);
  if (found === undefined)
    throw new AppError('resource.not-found', `There is no check “${checkId}” with a decision to explain.`);
  const { check, decision } = found;
  const { rulesetDigest } = decision;
  const ruleset = parseDecisionRules((await findVersion(ports.store, rulesetDigest)).files);
  const explanation = explainDecision(check, ruleset);
  const { step, outcome } = explanation.decision;
  const isSame = step === decision.step && outcome === decision.outcome;
  return { checkId, rulesetDigest, decided: decision, isSame, explanation };
}
