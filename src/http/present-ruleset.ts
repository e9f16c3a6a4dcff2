import type { z } from 'zod';
import type { RulesetSummary, RulesetView, shadowView } from '../domain/views/rules-view.ts';
import type {
  BacktestProgress,
  RecordedMove,
  ShadowSummary,
  StoredBacktest,
  StoredRuleset,
} from '../pipeline/ruleset-store.ts';
import type { RuleChange } from '../policy/diff-rules.ts';

const iso = (atMs: number): string => new Date(atMs).toISOString();

const presentBacktest = ({ fromMs, untilMs, ranAtMs, ...report }: StoredBacktest): RulesetSummary['backtest'] => ({
  ...(report as Omit<NonNullable<RulesetSummary['backtest']>, 'from' | 'until' | 'ranAt'>),
  from: iso(fromMs),
  until: iso(untilMs),
  ranAt: iso(ranAtMs),
});

/** A version as the API tells it in lists. */
export function presentRuleset(stored: StoredRuleset): RulesetSummary {
  const { digest, state, source, note, wasPublished, testReport, backtest, shadowSinceMs, publishedAtMs } = stored;
  return {
    digest,
    state,
    source,
    author: { id: stored.authorId, name: stored.authorName },
    note,
    wasPublished,
    createdAt: iso(stored.createdAtMs),
    ...(shadowSinceMs === undefined ? {} : { shadowSince: iso(shadowSinceMs) }),
    ...(publishedAtMs === undefined ? {} : { publishedAt: iso(publishedAtMs) }),
    ...(testReport === undefined ? {} : { cases: { passed: testReport.passed, failed: testReport.failures.length } }),
    ...(backtest === undefined ? {} : { backtest: presentBacktest(backtest) }),
  };
}

/** A version with all that is known of it. */
export function presentRulesetLife(
  stored: StoredRuleset,
  life: {
    readonly moves: readonly RecordedMove[];
    readonly changes: readonly RuleChange[];
    readonly shadow: ShadowSummary;
    readonly running?: BacktestProgress;
  },
): RulesetView {
  const { failures = [], untestedRules = [] } = stored.testReport ?? {};
  return {
    ...presentRuleset(stored),
    ...(life.running === undefined ? {} : { running: presentProgress(life.running) }),
    failures: failures.map(({ file, line, column, message }) => ({
      place: `rules/${file}:${line}:${column}`,
      message,
    })),
    untestedRules: [...untestedRules],
    moves: life.moves.map(({ type, from, to, byId, byName, note, atMs }) => ({
      type,
      from,
      to,
      by: { id: byId, name: byName },
      note,
      at: iso(atMs),
    })),
    changes: [...life.changes],
    ...(stored.shadowSinceMs === undefined ? {} : { shadow: presentShadow(life.shadow) }),
  };
}

const presentProgress = ({
  done,
  total,
  startedAtMs,
  fault,
}: BacktestProgress): NonNullable<RulesetView['running']> => ({
  done,
  total,
  startedAt: iso(startedAtMs),
  ...(fault === undefined ? {} : { fault }),
});

const presentShadow = ({ compared, differed, moves, examples }: ShadowSummary): z.infer<typeof shadowView> => ({
  compared,
  differed,
  moves: [...moves],
  examples: examples.map(({ atMs, ...example }) => ({ ...example, at: iso(atMs) })),
});
