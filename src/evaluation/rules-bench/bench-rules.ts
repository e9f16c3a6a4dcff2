import { createBacktest } from '../../policy/backtest.ts';
import type { Ruleset } from '../../policy/parse-ruleset.ts';
import { createScoreboard } from '../../policy/scoreboard.ts';
import { BENCH_NOW_MS, madeUpCheck } from './made-up-checks.ts';

/** Figures of one run; seconds by the clock and of the processor. */
export interface RulesBench {
  readonly checks: number;
  readonly findings: number;
  readonly backtestSeconds: number;
  readonly backtestProcessorSeconds: number;
  readonly scoreboardSeconds: number;
  readonly moved: number;
  /** Peer: both decisions of a check by thresholds alone, written by hand. */
  readonly floorSeconds: number;
}

/** Runs a draft beside the published version over made-up checks, and a scoreboard over the same. */
export const benchRules = (
  rulesets: { readonly published: Ruleset; readonly draft: Ruleset },
  count: number,
): RulesBench => {
  const checks = Array.from({ length: count }, (_, index) => madeUpCheck(index));
  const findings = checks.reduce((sum, check) => sum + check.findings.length, 0);
  const backtest = createBacktest(rulesets);
  const cpu = process.cpuUsage();
  let startMs = performance.now();
  for (const check of checks) backtest.add(check);
  const { moved } = backtest.report();
  const backtestSeconds = (performance.now() - startMs) / 1_000;
  const used = process.cpuUsage(cpu);
  const scoreboard = createScoreboard(BENCH_NOW_MS);
  startMs = performance.now();
  for (const check of checks) scoreboard.add(check);
  scoreboard.report();
  const scoreboardSeconds = (performance.now() - startMs) / 1_000;
  startMs = performance.now();
  let floor = 0;
  for (const { findings: found } of checks)
    for (const { probability } of found) floor += Number(probability >= 0.55) + Number(probability >= 0.5);
  const floorSeconds = (performance.now() - startMs) / 1_000;
  return {
    checks: count,
    findings,
    backtestSeconds,
    backtestProcessorSeconds: (used.user + used.system) / 1e6,
    scoreboardSeconds,
    moved,
    floorSeconds: floor < 0 ? 0 : floorSeconds,
  };
};
