import { AppError } from '../domain/errors.ts';
import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import type { StoredCheck } from '../policy/stored-check.ts';
import { createBacktest } from '../policy/backtest.ts';
import { type ChangedDetectors, changedDetectors } from '../policy/detector-files.ts';
import { type DecisionExplanation, explainDecision } from '../policy/explain-decision.ts';
import { parseDecisionRules } from '../policy/parse-ruleset.ts';
import { createScoreboard, type RuleScore } from '../policy/scoreboard.ts';
import { findVersion, moveVersion, type RulesetPorts } from './ruleset-life-cycle.ts';
import { type LookingEngine, findAgain, type OpenEngine } from './reanalyse.ts';
import type { RulesActor, RulesetTexts, StoredBacktest, StoredRuleset } from './ruleset-store.ts';
import type { CheckPeriod, StoredCheckReader } from './stored-checks.ts';

export interface ExaminePorts extends RulesetPorts {
  readonly checks: StoredCheckReader;
  readonly openEngine: OpenEngine;
  /** Milliseconds of a clock that never goes back, for durations. */
  readonly monotonicMs: () => number;
}

/** Lets the rest of the process have its turn between two pages of checks. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A progress that was not told of for so long is of a process that ended. */
const SILENT_MS = 5 * 60_000;
/** Time between two notes of how far it is. */
const NOTE_EVERY_MS = 2_000;

export interface WantedBacktest {
  readonly digest: string;
  readonly period: CheckPeriod;
  readonly actor: RulesActor;
  /** Of the checks whose detectors have other settings in the draft, the newest so many are looked at again. */
  readonly lookAgain: number;
}

/** A backtest that is done, or one that goes on beside the requests because detectors have to look again. */
export type StartedBacktest =
  | { readonly kind: 'done'; readonly version: StoredRuleset }
  | { readonly kind: 'running'; readonly version: StoredRuleset; readonly ended: Promise<void> };

/**
 * Runs a version over the stored checks of a period beside the published one, and keeps the report with the version,
 * which is BACKTESTED from then on. Nothing is analysed again unless a file differs that a detector reads; then the
 * detectors of both versions look at the newest of the checks concerned, beside the requests.
 *
 * @throws AppError `rules.unknown-version`, `rules.move-refused`, `resource.conflict` where one runs already.
 */
export async function startBacktest(ports: ExaminePorts, given: WantedBacktest): Promise<StartedBacktest> {
  const version = await findVersion(ports.store, given.digest);
  const inForce = await findVersion(ports.store, (await ports.store.inForce()).published ?? version.digest);
  const changed = changedDetectors(inForce.files, version.files);
  if (changed.byKind.size === 0 || given.lookAgain === 0)
    return { kind: 'done', version: await runBacktest(ports, given, { version, inForce, changed }) };
  const { digest } = version;
  const startedAtMs = ports.clock.nowMs();
  const before = await ports.store.backtestProgress(digest);
  if (before !== undefined && before.fault === undefined && startedAtMs - before.updatedAtMs < SILENT_MS)
    throw new AppError('resource.conflict', 'A backtest of this version runs already: wait until it is done.');
  await ports.store.noteBacktest(digest, { startedAtMs, updatedAtMs: startedAtMs, done: 0, total: given.lookAgain });
  const work = async (): Promise<void> => {
    // Both look again: what was banked or registered since the check would else be taken for the draft's doing.
    const published = await ports.openEngine(inForce.files);
    try {
      const draft = await ports.openEngine(version.files);
      try {
        await runBacktest(ports, given, { version, inForce, changed, engines: { published, draft }, startedAtMs });
        await ports.store.noteBacktest(digest);
      } finally {
        await draft.stop();
      }
    } finally {
      await published.stop();
    }
  };
  const ended = work().catch(async (fault: unknown) => {
    const told = { startedAtMs, updatedAtMs: ports.clock.nowMs(), done: 0, total: given.lookAgain };
    const why = fault instanceof Error ? fault.message : String(fault);
    await ports.store.noteBacktest(digest, { ...told, fault: why });
  });
  return { kind: 'running', version, ended };
}

interface BacktestParts {
  readonly version: StoredRuleset & RulesetTexts;
  readonly inForce: RulesetTexts;
  readonly changed: ChangedDetectors;
  readonly engines?: { readonly published: LookingEngine; readonly draft: LookingEngine };
  readonly startedAtMs?: number;
}

async function runBacktest(
  ports: ExaminePorts,
  { period, actor, lookAgain }: WantedBacktest,
  { version, inForce, changed, engines, startedAtMs = 0 }: BacktestParts,
): Promise<StoredRuleset> {
  const startMs = ports.monotonicMs();
  const { digest } = version;
  const backtest = createBacktest({
    published: parseDecisionRules(inForce.files),
    draft: parseDecisionRules(version.files),
  });
  const counts = { concerned: 0, lookedAt: 0, changed: 0 };
  let notedMs = startMs;
  await engines?.published.checks.knowledge.catchUp();
  await engines?.draft.checks.knowledge.catchUp();
  for await (const page of ports.checks.read(period)) {
    for (const check of page) {
      const isConcerned = changed.byKind.has(check.subject.kind);
      counts.concerned += Number(isConcerned);
      const again =
        engines === undefined || !isConcerned || counts.lookedAt >= lookAgain
          ? undefined
          : await lookTwice(engines, check, changed);
      if (again === undefined) {
        backtest.add(check);
        continue;
      }
      backtest.add({ ...check, findings: [...again.published] }, again.draft);
      counts.lookedAt += 1;
      counts.changed += Number(summaryOf(again.published) !== summaryOf(again.draft));
      // A detector holds the process for milliseconds: requests come between two of them.
      await breathe();
      if (ports.monotonicMs() - notedMs < NOTE_EVERY_MS) continue;
      notedMs = ports.monotonicMs();
      const updatedAtMs = ports.clock.nowMs();
      await ports.store.noteBacktest(digest, { startedAtMs, updatedAtMs, done: counts.lookedAt, total: lookAgain });
    }
    await breathe();
  }
  const report: StoredBacktest = {
    ...backtest.report(),
    fromMs: period.fromMs,
    untilMs: period.untilMs,
    durationMs: Math.round(ports.monotonicMs() - startMs),
    ranAtMs: ports.clock.nowMs(),
    ...(changed.byKind.size === 0
      ? {}
      : {
          reanalysis: {
            files: changed.files,
            detectors: [...new Set([...changed.byKind.values()].flatMap((names) => [...names]))].toSorted(),
            ...counts,
          },
        }),
  };
  return moveVersion(ports, { digest, type: 'BACKTEST', actor, backtest: report });
}

/** What the detectors say of a check by either version; undefined where its subject is gone. */
async function lookTwice(
  { published, draft }: NonNullable<BacktestParts['engines']>,
  check: StoredCheck,
  changed: ChangedDetectors,
) {
  const before = await findAgain(published.checks, check, changed);
  const after = before === undefined ? undefined : await findAgain(draft.checks, check, changed);
  return before === undefined || after === undefined ? undefined : { published: before, draft: after };
}

/** What findings say to rules, whatever their order and sentences. */
const summaryOf = (findings: readonly Finding[]): string =>
  findings
    .map(({ detector, violationType, about, probability }) =>
      [detector, violationType, about, probability.toFixed(4)].join('\u0000'),
    )
    .toSorted()
    .join('\u0001');

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
