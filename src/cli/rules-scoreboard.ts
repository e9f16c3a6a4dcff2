import { Command, InvalidArgumentError } from 'commander';
import { createScoreboard } from '../policy/scoreboard.ts';
import { takeStoredChecks } from './rules-stored-checks.ts';

const moment = (text: string): number => {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('a time such as 2026-06-15T12:00:00Z is needed.');
  return atMs;
};

/** `assay rules scoreboard`: how often each rule fired and how often people held it right. */
export const rulesScoreboardCommand = (): Command =>
  new Command('scoreboard')
    .description('tell of each rule how often it fired, was confirmed and overturned, its precision and trend')
    .requiredOption('--checks <file>', 'stored checks, one JSON object a line')
    .option('--now <time>', 'end of the eight weeks that the trend looks at', moment, Date.now())
    .option('--json', 'print the scores as JSON')
    .action(async (options: { readonly checks: string; readonly now: number; readonly json?: boolean }) => {
      const scoreboard = createScoreboard(options.now);
      await takeStoredChecks(options.checks, (check) => scoreboard.add(check));
      const scores = scoreboard.report();
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(scores)}\n`);
        return;
      }
      for (const { ruleId, fired, confirmed, rejected, overturned, precision, trend } of scores) {
        const { share01, low01, high01 } = precision;
        const told =
          share01 === undefined
            ? 'nobody has judged it yet'
            : `precision ${(share01 * 100).toFixed(1)} % (${(low01 * 100).toFixed(1)}–${(high01 * 100).toFixed(1)}), ${trend.toLowerCase()}`;
        process.stdout.write(
          `${ruleId}: fired ${fired}, confirmed ${confirmed}, rejected ${rejected}, overturned ${overturned}; ${told}\n`,
        );
      }
    });
