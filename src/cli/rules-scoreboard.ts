import { Command, InvalidArgumentError } from 'commander';
import type { RuleScoreView } from '../domain/views/rules-view.ts';
import { createScoreboard, type RuleScore } from '../policy/scoreboard.ts';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';
import { takeStoredChecks } from './rules-stored-checks.ts';

const moment = (text: string): number => {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('a time such as 2026-06-15T12:00:00Z is needed.');
  return atMs;
};

type Score = RuleScoreView | RuleScore;

const lineOf = ({ ruleId, fired, confirmed, rejected, overturned, precision, trend }: Score): string => {
  const { share01, low01, high01 } = precision;
  const told =
    share01 === undefined
      ? 'nobody has judged it yet'
      : `precision ${(share01 * 100).toFixed(1)} % (${(low01 * 100).toFixed(1)}–${(high01 * 100).toFixed(1)}), ${trend.toLowerCase()}`;
  return `${ruleId}: fired ${fired}, confirmed ${confirmed}, rejected ${rejected}, overturned ${overturned}; ${told}`;
};

interface ScoreboardOptions extends OutputOptions {
  readonly checks?: string;
  readonly now: number;
}

const scoresOf = async (context: CommandContext, { checks, now }: ScoreboardOptions): Promise<readonly Score[]> => {
  if (checks === undefined) {
    const body = { until: new Date(now).toISOString() };
    const answer = await context.withServer((client) =>
      client.post<{ items: RuleScoreView[] }>('/v1/rules/scoreboard', body),
    );
    return answer.items;
  }
  const scoreboard = createScoreboard(now);
  await takeStoredChecks(checks, (check) => scoreboard.add(check));
  return scoreboard.report();
};

/** `assay rules scoreboard`: how often each rule fired and how often people held it right. */
export const rulesScoreboardCommand = (context: CommandContext): Command =>
  new Command('scoreboard')
    .description('tell of each rule how often it fired, was confirmed and overturned, its precision and trend')
    .option('--checks <file>', 'read checks of a file instead of the database, one JSON object a line')
    .option('--now <time>', 'end of the eight weeks that the trend looks at', moment, Date.now())
    .option('--json', 'print the scores as JSON')
    .action(async (options: ScoreboardOptions) => {
      const scores = await scoresOf(context, options);
      printResult(context, options, scores, (list) =>
        list.length === 0 ? 'No rule has fired in the period.' : list.map(lineOf).join('\n'),
      );
    });
