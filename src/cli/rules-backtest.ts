import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { RulesetView } from '../domain/views/rules-view.ts';
import { type BacktestReport, type BacktestSide, createBacktest } from '../policy/backtest.ts';
import type { ShareInterval } from '../policy/share-interval.ts';
import { actAs, type ActingOptions } from './act-as-person.ts';
import { printResult, type CommandContext } from './command-context.ts';
import { submitFolder } from './rules-life.ts';
import { readRuleset, SHIPPED_RULES_FOLDER } from './rules-files.ts';
import { takeStoredChecks } from './rules-stored-checks.ts';

interface BacktestOptions extends ActingOptions {
  readonly checks?: string;
  readonly from?: string;
  readonly until?: string;
  readonly limit: number;
  readonly published: string;
  readonly json?: boolean;
}

/** `87.5 % (52.9–97.8) of 8`, or that nothing was judged. */
const shareText = ({ share01, low01, high01, of }: ShareInterval): string =>
  share01 === undefined
    ? 'nothing judged'
    : `${(share01 * 100).toFixed(1)} % (${(low01 * 100).toFixed(1)}–${(high01 * 100).toFixed(1)}) of ${of}`;

const sideText = (name: string, side: BacktestSide): string =>
  `${name} ${side.rulesetDigest.slice(0, 12)}: ${side.cases} cases, precision ${shareText(side.precision)}, recall among the judged ${shareText(side.recall)}`;

const asText = (report: BacktestReport): string =>
  [
    `${report.checks} checks, ${report.judged} of them judged by people: ${report.moved} decisions move, ${report.sellersAffected} sellers are affected`,
    sideText('published', report.published),
    sideText('draft    ', report.draft),
    ...report.moves.flatMap(({ from, to, count, examples }) => [
      `${String(count).padStart(7)}  ${from} → ${to}`,
      ...examples.map(({ checkId, subjectId, why }) => `         ${checkId} (${subjectId}): ${why}`),
    ]),
  ].join('\n');

/** The text of a report of the server, with the time that it took. */
const storedText = (version: RulesetView): string => {
  const { backtest } = version;
  if (backtest === undefined) return 'There is no report.';
  const { checks, durationMs } = backtest;
  return `${asText(backtest as BacktestReport)}\n${checks} checks took ${(durationMs / 1_000).toFixed(1)} s. Version ${version.digest.slice(0, 12)} is ${version.state}.`;
};

const runOnServer = async (context: CommandContext, draft: string, options: BacktestOptions): Promise<void> => {
  const version = await context.withServer(async (server) => {
    const client = await actAs(server, context, options);
    const { digest } = existsSync(draft) ? await submitFolder(client, draft, '') : { digest: draft };
    const period = {
      ...(options.from === undefined ? {} : { from: options.from }),
      ...(options.until === undefined ? {} : { until: options.until }),
      limit: options.limit,
    };
    return client.post<RulesetView>(`/v1/rulesets/${digest}/backtest`, period);
  });
  printResult(context, options, version, storedText);
};

const runOnFile = async (draft: string, checks: string, options: BacktestOptions): Promise<void> => {
  const startMs = performance.now();
  const rulesets = { published: await readRuleset(options.published), draft: await readRuleset(draft) };
  const backtest = createBacktest(rulesets);
  const { leftOut } = await takeStoredChecks(checks, (check) => backtest.add(check));
  const durationMs = Math.round(performance.now() - startMs);
  const report = { ...backtest.report(), leftOut, durationMs };
  process.stdout.write(`${options.json === true ? JSON.stringify(report) : asText(report)}\n`);
};

const count = (text: string): number => {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is needed.');
  return Number(text);
};

/** `assay rules backtest`: what a draft would have done with the stored checks of a period. */
export const rulesBacktestCommand = (context: CommandContext): Command =>
  new Command('backtest')
    .description('run a draft over stored findings and facts and tell what it would change; nothing is analysed again')
    .argument('<draft>', 'folder of the draft, or a version by its digest')
    .option('--from <time>', 'checks that ended from then on (RFC 3339); eight weeks before the end when absent')
    .option('--until <time>', 'checks that ended before then; now when absent')
    .option('--limit <number>', 'the latest checks of the period that are read', count, 100_000)
    .option('--checks <file>', 'read checks of a file instead of the database, one JSON object a line')
    .option('--published <folder>', 'with --checks: folder of the rules it is compared with', SHIPPED_RULES_FOLDER)
    .option('--as <login>', 'the person who acts; the password is asked for, or taken from ASSAY_PASSWORD')
    .option('--json', 'print the report as JSON')
    .action((draft: string, options: BacktestOptions) =>
      options.checks === undefined ? runOnServer(context, draft, options) : runOnFile(draft, options.checks, options),
    );
