import { Command } from 'commander';
import { type BacktestReport, type BacktestSide, createBacktest } from '../policy/backtest.ts';
import type { ShareInterval } from '../policy/share-interval.ts';
import { readRuleset, SHIPPED_RULES_FOLDER } from './rules-files.ts';
import { takeStoredChecks } from './rules-stored-checks.ts';

interface BacktestOptions {
  readonly checks: string;
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

/** `assay rules backtest`: what a draft would have done with the stored checks of a period. */
export const rulesBacktestCommand = (): Command =>
  new Command('backtest')
    .description('run a draft over stored findings and facts and tell what it would change; nothing is analysed again')
    .argument('<draft>', 'folder of the draft')
    .requiredOption('--checks <file>', 'stored checks, one JSON object a line')
    .option('--published <folder>', 'folder of the rules it is compared with', SHIPPED_RULES_FOLDER)
    .option('--json', 'print the report as JSON')
    .action(async (draftFolder: string, options: BacktestOptions) => {
      const [published, draft] = [await readRuleset(options.published), await readRuleset(draftFolder)];
      const backtest = createBacktest({ published, draft });
      const { leftOut } = await takeStoredChecks(options.checks, (check) => backtest.add(check));
      const report = { ...backtest.report(), leftOut };
      process.stdout.write(`${options.json === true ? JSON.stringify(report) : asText(report)}\n`);
    });
