import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { countCatalogueWords } from '../detectors/brand/catalogue-words.ts';
import { createMarkIndex, indexRulesOf } from '../detectors/brand/mark-index.ts';
import { readBrandSettings } from '../evaluation/brands/brand-rules.ts';
import { makeContextRows } from '../evaluation/brands/context-rows.ts';
import { makeEvadedRows } from '../evaluation/brands/evaded-rows.ts';
import { readEvalRows } from '../evaluation/brands/eval-rows.ts';
import { fitOnHalf, weightOfViolation } from '../evaluation/brands/fit-calibration.ts';
import type { Calibration, FittedCalibration, Reliability } from '../evaluation/brands/fit-calibration.ts';
import type { EvalRow } from '../evaluation/brands/eval-rows.ts';
import type { BrandSettings } from '../detectors/brand/settings.ts';
import { readMarks } from '../evaluation/brands/mark-lines.ts';
import { AppError } from '../domain/errors.ts';
import { tellBadLines, type BadLine } from '../evaluation/labelled-file.ts';
import { evaluateBrands } from '../evaluation/brands/evaluate-brands.ts';
import type { BrandFigures, RowResult } from '../evaluation/brands/evaluate-brands.ts';
import { seededRandom } from '../evaluation/brands/evasions.ts';

interface Options {
  readonly marks: string;
  readonly titles: string;
  readonly rules: string;
  readonly evade: number;
  readonly seed: number;
  readonly catalogue?: string;
  readonly results?: string;
  readonly fit?: true;
  readonly prevalence: number;
  readonly write?: true;
  readonly json?: true;
}

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('is not a whole number');
  return value;
};

const shareOfOne = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('is not a share between 0 and 1');
  return value;
};

/** One listing in fifty misuses a mark: a guess to be replaced by a marketplace's own figure. */
const DEFAULT_PREVALENCE_01 = 0.02;
/** Families that are made, and that are signs of a name rather than misuse. */
const NO_MISUSE = new Set(['alias', 'case', 'russian']);

/** `assay eval brands`: recall by family, precision, clean rows sent to review or blocked, speed and memory. */
export const evalBrandsCommand = (): Command =>
  new Command('brands')
    .description('evaluate brand matching on labelled titles')
    .requiredOption(
      '--marks <file>',
      'marks, NDJSON in the schema of /v1/marks; also JSON, CSV or TSV with id,name,aliases and any ids',
    )
    .requiredOption(
      '--titles <file>',
      'NDJSON, CSV or TSV with id,title,description,brand,category,destination,seller,expected,family,outcome',
    )
    .option('--rules <folder>', 'rules folder', join(import.meta.dirname, '../../rules'))
    .option(
      '--evade <count>',
      'add so many rows for each family of evasion, made from the clean titles',
      wholeNumber,
      0,
    )
    .option('--seed <number>', 'seed of the added rows', wholeNumber, 1)
    .option('--catalogue <file>', 'titles whose words are the catalogue’s, in place of those that are evaluated')
    .option('--results <file>', 'write what became of each row, NDJSON')
    .option('--fit', 'fit the calibration to half of the rows, measure it on the others, and print it')
    .option(
      '--prevalence <share>',
      'share of listings with a misused mark among all listings, to which the rows are weighted when fitting',
      shareOfOne,
      DEFAULT_PREVALENCE_01,
    )
    .option('--write', 'with --fit: write the calibration to brand.yaml of the rules folder')
    .option('--json', 'print figures as JSON')
    .action(runEvalBrands);

const runEvalBrands = async (options: Options): Promise<void> => {
  const settings = readBrandSettings(options.rules);
  const { marks, bad: badMarks } = await readMarks(options.marks);
  const { rows, bad: badRows, unknown } = await readEvalRows(options.titles, marks);
  refuseNothing(options.marks, marks, badMarks);
  refuseNothing(options.titles, rows, badRows);
  indexRulesOf(settings);
  const before = process.memoryUsage.rss();
  const startMs = performance.now();
  const index = createMarkIndex(marks, settings);
  const buildMs = Math.round(performance.now() - startMs);
  const memoryMb = Math.round((process.memoryUsage.rss() - before) / 1e6);
  const clean = rows.filter((row) => row.expected.length === 0);
  const evaded = makeEvadedRows(marks, clean, { perFamily: options.evade, random: seededRandom(options.seed) });
  const framed = makeContextRows(marks, { perFamily: options.evade, random: seededRandom(options.seed + 1) });
  const all = [...rows, ...evaded, ...framed];
  // Titles of the file stand for the catalogue that a marketplace has.
  const listed = options.catalogue === undefined ? all : (await readEvalRows(options.catalogue)).rows;
  index.useCatalogue(
    countCatalogueWords(
      listed.map((row) => ({ text: row.title })),
      indexRulesOf(settings).vocabulary,
    ),
  );
  const nowMs = Date.now();
  const { figures, results } = evaluateBrands(all, { index, settings, nowMs }, () => performance.now());
  if (options.results !== undefined) {
    writeFileSync(options.results, `${results.map((result) => JSON.stringify(resultLine(result))).join('\n')}\n`);
  }
  const misused = new Set<EvalRow>(evaded.filter((row) => !NO_MISUSE.has(row.family)));
  const fitted = options.fit === true ? { fitted: fitTo(results, misused, { settings, ...options }) } : {};
  if (options.write === true && fitted.fitted !== undefined) writeCalibration(options.rules, fitted.fitted);
  const told = {
    ...fitted,
    ...figures,
    indexBuildMs: buildMs,
    indexMemoryMb: memoryMb,
    badMarks: badMarks.length,
    badRows: badRows.length,
    badLines: [...badMarks.map(inFile(options.marks)), ...badRows.map(inFile(options.titles))],
    unknownMarks: unknown.map(inFile(options.titles)),
  };
  process.stdout.write(options.json === true ? `${JSON.stringify(told)}\n` : asText(told));
};

/** A line with the file that it is of. */
type LineOfFile = BadLine & { readonly file: string };

const inFile =
  (file: string) =>
  (bad: BadLine): LineOfFile => ({ file, ...bad });

const refuseNothing = (path: string, read: readonly unknown[], bad: readonly BadLine[]): void => {
  if (read.length > 0) return;
  const why = bad.length === 0 ? 'it is empty' : tellBadLines(bad).slice(0, 3).join('; ');
  throw new AppError('config.invalid', `${path} has no line that can be read: ${why}.`);
};

/**
 * Calibration fitted to the rows that say what they are: a row with an outcome is misuse unless the outcome is `allow`,
 * a row that was made to hide a mark is, and one in which no mark is meant is not.
 */
const fitTo = (
  results: readonly RowResult[],
  misused: ReadonlySet<EvalRow>,
  { settings, prevalence }: { readonly settings: BrandSettings; readonly prevalence: number },
): FittedCalibration => {
  const labelled = results.flatMap(({ row, logOdds }) => {
    const isViolation =
      row.outcome !== ''
        ? row.outcome !== 'allow'
        : misused.has(row)
          ? true
          : row.expected.length === 0
            ? false
            : undefined;
    return isViolation === undefined ? [] : [{ rowId: row.id, logOdds, isViolation }];
  });
  const violations = labelled.filter((one) => one.isViolation).length;
  const ofViolation = weightOfViolation(labelled.length, violations, prevalence);
  const observations = labelled.flatMap(({ logOdds, ...one }) => (logOdds === undefined ? [] : [{ ...one, logOdds }]));
  return fitOnHalf(observations, settings.rules.calibration, { ofViolation });
};

const calibrationLine = ({ slope, intercept }: Calibration): string =>
  `calibration: { slope: ${slope.toFixed(3)}, intercept: ${intercept.toFixed(3)} }`;

/** Puts the fitted line in place of the one in `brand.yaml`, whose comments stay as they are. */
const writeCalibration = (rulesFolder: string, calibration: Calibration): void => {
  const path = join(rulesFolder, 'brand.yaml');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/^calibration: .*$/m, calibrationLine(calibration)));
};

const resultLine = ({ row, ...result }: RowResult): object => ({
  id: row.id,
  family: row.family,
  title: row.title,
  brand: row.brand,
  expected: row.expected,
  ...result,
});

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`.padStart(9);

const asText = (
  figures: BrandFigures & {
    readonly indexBuildMs: number;
    readonly indexMemoryMb: number;
    readonly badLines: readonly LineOfFile[];
    readonly unknownMarks: readonly LineOfFile[];
    readonly fitted?: FittedCalibration;
  },
): string => {
  const lines = [
    `${figures.marks} marks, ${figures.rows} rows; index built in ${figures.indexBuildMs} ms, ${figures.indexMemoryMb} MB; ${figures.titlesPerSecond} titles/s`,
    '',
    `${'family'.padEnd(18)}${'rows'.padStart(6)}${'recall'.padStart(10)}${'review'.padStart(10)}${'block'.padStart(10)}${'as told'.padStart(10)}`,
  ];
  for (const row of figures.families) {
    const agrees = row.outcomeAgrees === undefined ? '' : ` ${percent(row.outcomeAgrees)}`;
    lines.push(
      `${row.family.padEnd(18)}${String(row.rows).padStart(6)} ${percent(row.recall)} ${percent(row.review)} ${percent(row.block)}${agrees}`,
    );
  }
  lines.push(
    '',
    `clean rows ${figures.clean.rows}: review ${percent(figures.clean.review).trim()}, blocked ${percent(figures.clean.block).trim()}`,
    `precision of what is flagged ${percent(figures.precision).trim()}, of all that is recognised ${percent(figures.recognitionPrecision).trim()}`,
  );
  if (figures.fitted !== undefined) {
    const { fittedOn, heldOut, before, after } = figures.fitted;
    const told = ({ brier, ece }: Reliability): string =>
      `Brier score ${brier.toFixed(4)}, calibration error ${ece.toFixed(4)}`;
    lines.push(
      '',
      `calibration fitted on ${fittedOn} findings; on ${heldOut} others before: ${told(before)}; after: ${told(after)}`,
      `for rules/brand.yaml: ${calibrationLine(figures.fitted)}`,
    );
  }
  lines.push(...toldLines('lines set aside', figures.badLines));
  lines.push(...toldLines('rows expect a mark that is not among the marks', figures.unknownMarks));
  return `${lines.join('\n')}\n`;
};

const toldLines = (what: string, bad: readonly LineOfFile[]): string[] => {
  if (bad.length === 0) return [];
  const files = [...new Set(bad.map(({ file }) => file))];
  const ofFile = (file: string): string[] =>
    tellBadLines(bad.filter((one) => one.file === file)).map((told) => `    ${told}`);
  return ['', `${bad.length} ${what}:`, ...files.flatMap((file) => [`  ${file}`, ...ofFile(file)])];
};
