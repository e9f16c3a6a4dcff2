import { Command } from 'commander';
import type { CreditReport } from '../domain/credit.ts';
import type { StatsView } from '../domain/views/operation-view.ts';
import type { AssayClient } from './assay-client.ts';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';
import { demoGenerateCommand } from './demo-generate.ts';
import { holdAgainst, readTruth, type Expectation } from './demo-truth.ts';
import { loadDemo } from './load-demo.ts';
import { createProgress, silentProgress, type Progress } from './progress-bar.ts';
import { readDemoOutcome } from './read-demo-outcome.ts';

/** What the demo came to. */
export interface DemoSummary {
  readonly load: 'loaded' | 'was-there';
  readonly stats: StatsView;
  /** The sellers of the truth file: at their first order's time, and now. */
  readonly credit: readonly { readonly sellerId: string; readonly before: CreditPoint; readonly after: CreditPoint }[];
  readonly truth: {
    readonly expected: number;
    readonly met: number;
    readonly missed: readonly Expectation[];
  };
  readonly notYetExpected: { readonly expected: number; readonly met: number };
}

interface CreditPoint {
  readonly score: number;
  readonly tier: string;
}

/** `assay demo` */
export function demoCommand(context: CommandContext & { readonly demoFolder: string }): Command {
  return new Command('demo')
    .description('load the demo marketplace, wait for its checks, and hold what came out against the truth')
    .addCommand(demoGenerateCommand())
    .option('--json', 'print the result as JSON')
    .action(async (options: OutputOptions) => {
      const progress = options.json === true ? silentProgress : createProgress();
      const summary = await context.withServer((client) => runDemo(client, context.demoFolder, progress));
      printResult(context, options, summary, describeDemo);
      if (summary.truth.missed.length > 0) process.exitCode = 1;
    });
}

/** Loads the demo where it is not there yet, and tells what came out. */
export async function runDemo(client: AssayClient, folder: string, progress: Progress): Promise<DemoSummary> {
  const load = await loadDemo({ client, folder, progress, nowMs: Date.now() });
  const truth = await readTruth(folder);
  const outcome = await readDemoOutcome(client, truth);
  const expectations = holdAgainst(truth, outcome);
  const missed = expectations.filter(({ isMet }) => !isMet);
  const later = holdAgainst(
    {
      ...truth,
      mustFind: truth.notYetExpected,
      mustNotFlag: [],
      honestSellers: [],
      rings: [],
      clusters: [],
      notClusters: [],
      sellers: [],
    },
    outcome,
  );
  return {
    load,
    stats: await client.get<StatsView>('/v1/stats'),
    credit: await Promise.all(truth.sellers.map(({ id }) => creditBeforeAndAfter(client, id))),
    truth: { expected: expectations.length, met: expectations.length - missed.length, missed },
    notYetExpected: { expected: later.length, met: later.filter(({ isMet }) => isMet).length },
  };
}

async function creditBeforeAndAfter(client: AssayClient, sellerId: string) {
  const path = `/v1/sellers/${encodeURIComponent(sellerId)}`;
  const { seller } = await client.get<{ seller: { registeredAt: string } }>(path);
  const before = await client.get<CreditReport>(`${path}/credit?as_of=${encodeURIComponent(seller.registeredAt)}`);
  const after = await client.get<CreditReport>(`${path}/credit`);
  const point = ({ score, tier }: CreditReport): CreditPoint => ({ score, tier });
  return { sellerId, before: point(before), after: point(after) };
}

/** The summary as a person reads it. */
export function describeDemo({ stats, credit, truth, notYetExpected }: DemoSummary): string {
  const done = Object.values(stats.checksByOutcome).reduce((sum, count) => sum + count, 0);
  const failed = stats.checksByState['FAILED'] ?? 0;
  const table = (counts: Readonly<Record<string, number>>): string[] =>
    Object.entries(counts)
      .sort(([, left], [, right]) => right - left)
      .map(([name, count]) => `    ${String(count).padStart(6)}  ${name}`);
  return [
    `  ${done} checks were run${failed > 0 ? `, ${failed} failed` : ''}. What they found:`,
    ...table(stats.findingsByType),
    '  What follows:',
    ...table(stats.checksByOutcome),
    `    ${String(Object.values(stats.openCasesByQueue).reduce((sum, count) => sum + count, 0)).padStart(6)}  cases wait for a person`,
    '  Seller credit, on the first day and now:',
    ...credit.map(
      ({ sellerId, before, after }) =>
        `    ${sellerId.padEnd(20)} ${before.score} ${before.tier} → ${after.score} ${after.tier}`,
    ),
    `  Held against the truth: ${truth.met} of ${truth.expected} expectations met.`,
    ...truth.missed.map(({ what, detail }) => `    missed: ${what} (${detail})`),
    ...(notYetExpected.expected > 0
      ? [`  Of ${notYetExpected.expected} harder cases that are not yet expected, ${notYetExpected.met} were found.`]
      : []),
  ].join('\n');
}
