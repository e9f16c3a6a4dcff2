import { Command, InvalidArgumentError } from 'commander';

/** What is measured. */
export interface BacktestBenchOptions {
  readonly checks: number;
}

/** Figures of one run; seconds. */
export interface BacktestBench {
  readonly engine: string;
  readonly checks: number;
  readonly findings: number;
  /** Filling the database, which is no part of the measurement. */
  readonly fillSeconds: number;
  /** The whole backtest by the clock, and of the processor in this process. */
  readonly seconds: number;
  readonly processorSeconds: number;
  /** Of the clock: waiting for the next page of the database. */
  readonly waitSeconds: number;
  readonly decidedSeconds: number;
  /** The same checks read once more, with nothing decided. */
  readonly readSeconds: number;
  readonly readProcessorSeconds: number;
  readonly moved: number;
  readonly peakMegabytes: number;
}

const count = (text: string): number => {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is needed.');
  return Number(text);
};

const asText = (bench: BacktestBench): string =>
  [
    `${bench.engine}: ${bench.checks} checks with ${bench.findings} findings, written in ${bench.fillSeconds.toFixed(1)} s`,
    `backtest of two versions: ${bench.seconds.toFixed(2)} s by the clock, ${bench.processorSeconds.toFixed(2)} s of processor time in this process`,
    `  of the clock ${bench.decidedSeconds.toFixed(2)} s decide and ${bench.waitSeconds.toFixed(2)} s wait for the database; ${bench.moved} move; ${bench.peakMegabytes.toFixed(0)} MB resident`,
    `reading alone, nothing decided: ${bench.readSeconds.toFixed(2)} s by the clock, ${bench.readProcessorSeconds.toFixed(2)} s of processor time`,
  ].join('\n');

/** `bench backtest`: a backtest as the API runs it, with the database. */
export const benchBacktestCommand = (run: (options: BacktestBenchOptions) => Promise<BacktestBench>): Command =>
  new Command('backtest')
    .description(
      'measure a backtest from the database: embedded in memory, or one made for it on the server of DATABASE_URL',
    )
    .option('--checks <number>', 'stored checks', count, 100_000)
    .option('--json', 'print the figures as JSON')
    .action(async (options: BacktestBenchOptions & { readonly json?: boolean }) => {
      const bench = await run(options);
      process.stdout.write(`${options.json === true ? JSON.stringify(bench) : asText(bench)}\n`);
    });
