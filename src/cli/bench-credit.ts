import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { creditSettings } from '../credit/settings.ts';
import { benchCredit, type CreditBench } from '../evaluation/credit/bench-credit.ts';
import { createProgress, silentProgress } from './progress-bar.ts';

interface BenchCreditOptions {
  readonly sellers: number;
  readonly entries: number;
  readonly seed: number;
  readonly rules: string;
  readonly json?: boolean;
}

/** The rule file of the project: `rules` stands two folders above this file in `src` as in `dist`. */
const SHIPPED_RULES = new URL('../../rules/credit.yaml', import.meta.url).pathname;

/** The moment of which scores are asked; the world is made backwards from it. */
const NOW_MS = Date.UTC(2026, 5, 15, 12);

const count = (text: string): number => {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is needed.');
  return Number(text);
};

const asText = (bench: CreditBench): string =>
  [
    `${bench.sellers} sellers, ${bench.entries} entries replayed in ${bench.replaySeconds.toFixed(1)} s of processor time (${bench.replayWallSeconds.toFixed(1)} s by the clock): ${bench.replayMicrosecondsPerEntry.toFixed(2)} µs an entry, ${bench.timesFloor.toFixed(0)} times a plain sum`,
    `full reports with explanation and digest: ${bench.reportMicrosecondsPerEntry.toFixed(2)} µs an entry`,
    `one event at the ${bench.liveEvents} latest of the largest sellers (up to ${bench.liveLargestLedger} entries): p50 ${bench.liveP50Ms.toFixed(3)} ms, p99 ${bench.liveP99Ms.toFixed(3)} ms, slowest ${bench.liveMaxMs.toFixed(1)} ms of processor time (p99 by the clock ${bench.liveWallP99Ms.toFixed(3)} ms)`,
    `tiers: ${Object.entries(bench.tiers)
      .map(([tier, sellers]) => `${tier} ${sellers}`)
      .join(', ')}`,
    `memory ${bench.peakMemoryMb.toFixed(0)} MB`,
  ].join('\n');

/** `bench credit`: a full replay of many sellers, and one event at a time. */
export const benchCreditCommand = (): Command =>
  new Command('credit')
    .description('measure the replay of all ledgers and the taking in of one event, beside a plain sum as the floor')
    .option('--sellers <number>', 'sellers of the made-up world', count, 100_000)
    .option('--entries <number>', 'ledger entries in all, about', count, 10_000_000)
    .option('--seed <number>', 'the same seed makes the same world', count, 1)
    .option('--rules <file>', 'another credit.yaml', SHIPPED_RULES)
    .option('--json', 'print the figures as JSON')
    .action(async (options: BenchCreditOptions) => {
      const settings = creditSettings.parse(parse(await readFile(options.rules, 'utf8')));
      const progress = options.json === true ? silentProgress : createProgress();
      progress.start('sellers', options.sellers);
      let shown = 0;
      const world = {
        sellers: options.sellers,
        meanEntries: options.entries / options.sellers,
        nowMs: NOW_MS,
        seed: options.seed,
      };
      const bench = benchCredit(settings, world, (done) => {
        progress.advance(done - shown);
        shown = done;
      });
      progress.end();
      process.stdout.write(`${options.json === true ? JSON.stringify(bench) : asText(bench)}\n`);
    });
