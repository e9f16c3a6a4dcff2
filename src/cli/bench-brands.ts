import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { benchBrands } from '../evaluation/brands/bench-brands.ts';
import type { EngineFigures } from '../evaluation/brands/bench-brands.ts';
import { readBrandSettings } from '../evaluation/brands/brand-rules.ts';
import { readEvalRows } from '../evaluation/brands/eval-rows.ts';
import { seededRandom } from '../evaluation/brands/evasions.ts';
import { syntheticTitles } from '../evaluation/brands/synthetic-register.ts';

interface Options {
  readonly marks: readonly number[];
  readonly titles?: string;
  readonly rules: string;
  readonly seed: number;
  readonly peers: boolean;
  readonly json?: true;
}

/** Titles that are made up where no file is given. */
const SYNTHETIC_TITLES = 10_000;

const counts = (text: string): number[] => {
  const values = text.split(',').map(Number);
  if (values.some((value) => !Number.isInteger(value) || value < 1 || value > 5_000_000)) {
    throw new InvalidArgumentError('whole numbers from 1 to 5000000, separated by commas, are needed.');
  }
  return values;
};

/** `assay bench brands`: titles a second of the exact tier and the full matcher beside a peer engine and a floor. */
export const benchBrandsCommand = (): Command =>
  new Command('brands')
    .description('bench brand matching on synthetic registers')
    .option('--marks <counts>', 'sizes of the registers', counts, [10_000, 100_000])
    .option(
      '--titles <file>',
      'titles to scan: NDJSON, CSV or TSV with a column title, or a line each (default: made up)',
    )
    .option('--rules <folder>', 'rules folder', join(import.meta.dirname, '../../rules'))
    .option('--seed <number>', 'seed of the registers', Number, 1)
    .option('--no-peers', 'our own tiers only')
    .option('--json', 'print figures as JSON')
    .action(runBenchBrands);

const readTitles = async (path: string): Promise<string[]> => {
  const { rows } = await readEvalRows(path);
  return rows.length > 0
    ? rows.map((row) => row.title)
    : readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
};

const runBenchBrands = async (options: Options): Promise<void> => {
  const settings = readBrandSettings(options.rules);
  const words = settings.ordinaryWords.filter((word) => /^[a-z]{4,9}$/.test(word));
  const titles =
    options.titles === undefined
      ? syntheticTitles(SYNTHETIC_TITLES, words, seededRandom(options.seed + 1))
      : await readTitles(options.titles);
  for (const marks of options.marks) {
    const figures = await benchBrands({ marks, titles, settings, seed: options.seed, withPeers: options.peers });
    process.stdout.write(
      options.json === true ? `${JSON.stringify({ marks, titles: titles.length, figures })}\n` : asText(figures),
    );
  }
};

const asText = (figures: readonly EngineFigures[]): string => {
  const peer = figures.find((one) => one.engine === 'modern-ahocorasick');
  const lines = figures.map((one) => {
    const built = one.buildMs === undefined ? '' : `, built in ${one.buildMs} ms, ${one.memoryMb} MB`;
    const ratio =
      peer === undefined || one === peer ? '' : `, ${(one.titlesPerSecond / peer.titlesPerSecond).toFixed(2)} × peer`;
    return `  ${one.engine.padEnd(20)}${String(one.titlesPerSecond).padStart(9)} titles/s, ${one.hitsPerTitle} hits a title${built}${ratio}`;
  });
  return `${figures[0]?.marks ?? 0} marks\n${lines.join('\n')}\n`;
};
