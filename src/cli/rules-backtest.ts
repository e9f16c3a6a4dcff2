import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { AppError } from '../domain/errors.ts';
import type { BacktestView, RulesetView } from '../domain/views/rules-view.ts';
import { type BacktestReport, type BacktestSide, createBacktest } from '../policy/backtest.ts';
import type { ShareInterval } from '../policy/share-interval.ts';
import type { AssayClient } from './assay-client.ts';
import { actAs, type ActingOptions } from './act-as-person.ts';
import { printResult, type CommandContext } from './command-context.ts';
import { submitFolder } from './rules-life.ts';
import { readRuleset, SHIPPED_RULES_FOLDER } from './rules-files.ts';
import { takeStoredChecks } from './rules-stored-checks.ts';

type Reanalysis = NonNullable<BacktestView['reanalysis']>;

interface BacktestOptions extends ActingOptions {
  readonly checks?: string;
  readonly from?: string;
  readonly until?: string;
  readonly limit: number;
  readonly lookAgain: number;
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
  const again = backtest.reanalysis === undefined ? '' : `\n${reanalysisText(backtest.reanalysis)}`;
  return `${asText(backtest as BacktestReport)}${again}\n${checks} checks took ${(durationMs / 1_000).toFixed(1)} s. Version ${version.digest.slice(0, 12)} is ${version.state}.`;
};

/** Waits for a backtest whose detectors look again, telling how far it is. */
const waitUntilDone = async (
  context: CommandContext,
  client: AssayClient,
  started: RulesetView,
): Promise<RulesetView> => {
  let version = started;
  let told = -1;
  while (version.running !== undefined) {
    const { done, total, fault } = version.running;
    if (fault !== undefined) throw new AppError('internal.unexpected', `The backtest was broken off: ${fault}`);
    if (done !== told) context.remark(`detectors look again: ${done} of at most ${total}`);
    told = done;
    await sleep(1_000);
    version = await client.get<RulesetView>(`/v1/rulesets/${version.digest}`);
  }
  return version;
};

const reanalysisText = ({ files, detectors, concerned, lookedAt, changed }: Reanalysis): string =>
  `${files.join(', ')} differ: ${detectors.join(', ')} looked again at ${lookedAt} of ${concerned} checks, ${changed} have other findings`;

const runOnServer = async (context: CommandContext, draft: string, options: BacktestOptions): Promise<void> => {
  const version = await context.withServer(async (server) => {
    const client = await actAs(server, context, options);
    const { digest } = existsSync(draft) ? await submitFolder(client, draft, '') : { digest: draft };
    const period = {
      ...(options.from === undefined ? {} : { from: options.from }),
      ...(options.until === undefined ? {} : { until: options.until }),
      limit: options.limit,
    };
    const started = await client.post<RulesetView>(`/v1/rulesets/${digest}/backtest`, {
      ...period,
      lookAgain: options.lookAgain,
    });
    return waitUntilDone(context, client, started);
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
    .description(
      'run a draft over stored findings and facts and tell what it would change; items are analysed again only where a setting of a detector differs',
    )
    .argument('<draft>', 'folder of the draft, or a version by its digest')
    .option('--from <time>', 'checks that ended from then on (RFC 3339); eight weeks before the end when absent')
    .option('--until <time>', 'checks that ended before then; now when absent')
    .option('--limit <number>', 'the latest checks of the period that are read', count, 100_000)
    .option(
      '--look-again <number>',
      'checks that the detectors look at again where their settings differ',
      count,
      2_000,
    )
    .option('--checks <file>', 'read checks of a file instead of the database, one JSON object a line')
    .option('--published <folder>', 'with --checks: folder of the rules it is compared with', SHIPPED_RULES_FOLDER)
    .option('--as <login>', 'the person who acts; the password is asked for, or taken from ASSAY_PASSWORD')
    .option('--json', 'print the report as JSON')
    .action((draft: string, options: BacktestOptions) =>
      options.checks === undefined ? runOnServer(context, draft, options) : runOnFile(draft, options.checks, options),
    );
