import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { decodePicture, restrictLoaders } from '../adapters/images/picture-decoder.ts';
import { DEFAULT_PICTURE_LIMITS } from '../adapters/images/picture-limits.ts';
import { imageSettings, type CalibrationSettings } from '../detectors/image/settings.ts';
import { readCandidates, writeCandidates } from '../evaluation/images/candidate-file.ts';
import { drawBank } from '../evaluation/images/draw-bank.ts';
import {
  calibrationLines,
  fitCalibration,
  withCalibration,
  type JudgedCandidate,
} from '../evaluation/images/fit-calibration.ts';
import {
  fillBank,
  measureMatching,
  type MatchingQuery,
  type MatchingReport,
  type MeasuringTools,
} from '../evaluation/images/measure-matching.ts';
import { listBanks, readTruth, type NamedFile } from '../evaluation/images/picture-files.ts';
import { transformedQueries } from '../evaluation/images/transformed-queries.ts';
import { TRANSFORMS, type TransformName } from '../evaluation/images/transforms.ts';

interface EvalImagesOptions {
  readonly bank: readonly string[];
  readonly drawn?: number;
  readonly queries?: string;
  readonly truth?: string;
  readonly transform?: readonly TransformName[];
  readonly stride: number;
  readonly offset: number;
  readonly seed: number;
  readonly rules: string;
  readonly fit?: boolean;
  readonly candidates?: string;
  readonly fitFrom?: string;
  readonly write?: boolean;
  readonly misses?: boolean;
  readonly json?: boolean;
}

const SHIPPED_RULES = new URL('../../rules/image.yaml', import.meta.url).pathname;

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number from 0 to 999999999 is needed.');
  return Number(text);
};

const count = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 to 999999999 is needed.');
  return Number(text);
};

const alsoFolder = (folder: string, before: readonly string[]): readonly string[] => [...before, folder];

const families = (text: string): readonly TransformName[] => {
  const known = Object.keys(TRANSFORMS) as TransformName[];
  if (text === 'all') return known;
  return text.split(',').map((name) => {
    const family = known.find((one) => one === name);
    if (family === undefined) throw new InvalidArgumentError(`${name} is none of all, ${known.join(', ')}.`);
    return family;
  });
};

/** `eval images`: recall by family, precision, false matches a pair and time a stage, on anybody's pictures. */
export const evalImagesCommand = (): Command =>
  new Command('images')
    .description('measure how well pictures are found again, on a folder of pictures')
    .option('--bank <folder>', 'pictures to find; may be given several times', alsoFolder, [])
    .option('--drawn <seed>', 'drawings of goods as one more bank, the same for the same seed', wholeNumber)
    .option('--queries <folder>', 'pictures to look for them in, with --truth')
    .option('--truth <file>', 'CSV with query,expected,family; an empty expected must not match anything')
    .option('--transform <names>', 'make the queries of the bank: all, or names joined by commas', families)
    .option('--stride <number>', 'with --transform: only every so many-th bank picture', count, 1)
    .option('--offset <number>', 'with --transform: begin with this bank picture, 0 is the first', wholeNumber, 0)
    .option('--seed <number>', 'with --transform: seed of chance', count, 1)
    .option('--rules <file>', 'another image.yaml', SHIPPED_RULES)
    .option('--fit', 'fit the calibration to these pictures and print it')
    .option('--candidates <file>', 'write what was measured of every candidate, as CSV')
    .option('--fit-from <file>', 'measure nothing: fit the calibration to candidates that were written before')
    .option('--write', 'with --fit or --fit-from: write the calibration into the file of --rules')
    .option('--misses', 'list what was not found')
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvalImagesOptions, command: Command) => {
      if (options.write === true && options.fit !== true && options.fitFrom === undefined) {
        command.error('error: --write needs --fit or --fit-from');
      }
      if (options.fitFrom !== undefined) {
        const candidates = readCandidates(await readFile(options.fitFrom, 'utf8'));
        await tell(options, fitCalibration(candidates), undefined);
        return;
      }
      const drawings = options.drawn === undefined ? undefined : await mkdtemp(join(tmpdir(), 'assay-drawn-'));
      try {
        const banks = [...options.bank, ...(drawings === undefined ? [] : [join(drawings, 'drawn')])];
        if (drawings !== undefined) await drawBank(join(drawings, 'drawn'), options.drawn as number);
        await measure(options, banks, command);
      } finally {
        if (drawings !== undefined) await rm(drawings, { recursive: true, force: true });
      }
    });

async function measure(options: EvalImagesOptions, banks: readonly string[], command: Command): Promise<void> {
  const settings = imageSettings.parse(parse(await readFile(options.rules, 'utf8')));
  const judged: JudgedCandidate[] = [];
  const isJudging = options.fit === true || options.candidates !== undefined;
  restrictLoaders();
  const tools: MeasuringTools = {
    settings,
    decode: (bytes) => decodePicture(bytes, DEFAULT_PICTURE_LIMITS),
    nowMs: () => performance.now(),
    ...(isJudging ? { onMatch: (match, isRight) => judged.push({ match, isRight }) } : {}),
  };
  const bank = await listBanks(banks);
  if (bank.length === 0) command.error('there is no picture to find: give --bank or --drawn.');
  const queries = chooseQueries(options, bank);
  if (queries === undefined) return command.error('either --transform, or --queries with --truth, is needed.');
  const files: [string, Uint8Array][] = [];
  for (const { name, path } of bank) files.push([name, await readFile(path)]);
  const report = await measureMatching(await fillBank(files, tools), queries, tools);
  if (options.candidates !== undefined) await writeFile(options.candidates, writeCandidates(judged));
  await tell(options, options.fit === true ? fitCalibration(judged) : undefined, report);
}

async function tell(
  options: EvalImagesOptions,
  calibration: CalibrationSettings | undefined,
  report: MatchingReport | undefined,
): Promise<void> {
  if (options.write === true && calibration !== undefined) {
    await writeFile(options.rules, withCalibration(await readFile(options.rules, 'utf8'), calibration));
  }
  const fitted = calibration === undefined ? {} : { calibration };
  const lines = [
    ...(report === undefined ? [] : [asText(report, options.misses === true)]),
    ...(calibration === undefined ? [] : ['for rules/image.yaml:', calibrationLines(calibration)]),
  ];
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ ...report, ...fitted })}\n` : `${lines.join('\n')}\n`,
  );
}

function chooseQueries(
  options: EvalImagesOptions,
  bank: readonly NamedFile[],
): AsyncIterable<MatchingQuery> | undefined {
  if (options.transform !== undefined) {
    const { transform, stride, offset, seed } = options;
    return transformedQueries(bank, { families: transform, stride, offset, seed });
  }
  if (options.queries === undefined || options.truth === undefined) return undefined;
  return fileQueries(options.queries, options.truth);
}

async function* fileQueries(folder: string, truthFile: string): AsyncGenerator<MatchingQuery> {
  for (const { query, expected, family } of await readTruth(truthFile)) {
    yield {
      name: query,
      family,
      bytes: await readFile(join(folder, query)),
      expected: expected === '' ? [] : expected.split('|'),
    };
  }
}

function asText(report: MatchingReport, isListingMisses: boolean): string {
  const lines = report.families.map(({ family, queries, positives, found }) =>
    positives === 0
      ? `  ${family.padEnd(20)} ${queries} queries, nothing to find`
      : `  ${family.padEnd(20)} ${(100 * (found / positives)).toFixed(1).padStart(5)} %  (${found} of ${positives})`,
  );
  const { stageMs } = report;
  return [
    `${report.bankPictures} bank pictures, ${report.queries} queries (${report.unreadable} unreadable)`,
    'recall by family',
    ...lines,
    `mean recall ${(100 * report.meanRecall01).toFixed(1)} %, precision ${(100 * report.precision01).toFixed(2)} %`,
    `false matches ${report.falseMatches} in ${report.strangerPairs} pairs: ${report.falsePerPair.toExponential(1)} a pair`,
    `ms a query: decode ${stageMs.decode.toFixed(1)}, keys ${stageMs.keys.toFixed(1)}, search ${stageMs.search.toFixed(1)}`,
    ...report.mistakes
      .slice(0, 20)
      .map(({ query, bank, probability01 }) => `  false: ${query} taken for ${bank} (${probability01.toFixed(3)})`),
    ...(isListingMisses ? report.misses.map((miss) => `  missed: ${miss}`) : []),
  ].join('\n');
}
