import { Command, InvalidArgumentError } from 'commander';
import { benchRules, type RulesBench } from '../evaluation/rules-bench/bench-rules.ts';
import { parseDecisionRules } from '../policy/parse-ruleset.ts';
import { readRuleset, SHIPPED_RULES_FOLDER } from './rules-files.ts';

const count = (text: string): number => {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is needed.');
  return Number(text);
};

const asText = (bench: RulesBench): string =>
  [
    `${bench.checks} checks with ${bench.findings} findings decided by two versions in ${bench.backtestSeconds.toFixed(2)} s (${bench.backtestProcessorSeconds.toFixed(2)} s of processor time), ${bench.moved} move`,
    `scoreboard of the same checks: ${bench.scoreboardSeconds.toFixed(2)} s; two thresholds by hand, as the floor: ${bench.floorSeconds.toFixed(4)} s`,
  ].join('\n');

/** `bench rules`: a backtest and a scoreboard over made-up checks, without a database. */
export const benchRulesCommand = (): Command =>
  new Command('rules')
    .description('measure a backtest of two versions and a scoreboard over made-up checks, beside plain thresholds')
    .option('--checks <number>', 'checks', count, 100_000)
    .option('--rules <folder>', 'folder of the rules', SHIPPED_RULES_FOLDER)
    .option('--json', 'print the figures as JSON')
    .action(async (options: { readonly checks: number; readonly rules: string; readonly json?: boolean }) => {
      const published = await readRuleset(options.rules);
      const draft = parseDecisionRules(
        published.files.map((file) =>
          file.name === 'policy.yaml'
            ? { ...file, text: file.text.replace(/holdFrom01: .*/, 'holdFrom01: 0.5') }
            : file,
        ),
      );
      const bench = benchRules({ published, draft }, options.checks);
      process.stdout.write(`${options.json === true ? JSON.stringify(bench) : asText(bench)}\n`);
    });
