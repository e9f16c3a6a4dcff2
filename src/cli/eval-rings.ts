import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parse } from 'yaml';
import { ringSettings, type RingSettings } from '../detectors/ring/settings.ts';
import { evaluateRings, type RingEvaluation } from '../evaluation/rings/evaluate-rings.ts';
import { fitCalibration, holdOutHalf, reliabilityOf, type Reliability } from '../evaluation/rings/fit-calibration.ts';
import { readGraphFile } from '../evaluation/rings/graph-file.ts';
import type { LabelledReview } from '../evaluation/rings/labelled-review.ts';
import { blockUserF } from '../evaluation/rings/block-user-f.ts';
import { plantBlock } from '../evaluation/rings/plant-block.ts';
import { plantRings, PROTOCOL_C } from '../evaluation/rings/protocol-c.ts';
import { readReviewFile } from '../evaluation/rings/review-file.ts';
import { seededRandom } from '../evaluation/rings/seeded-random.ts';
import { readObjects, tellBadLines, type BadLine } from '../evaluation/labelled-file.ts';
import { timeBlock } from '../evaluation/rings/time-block.ts';

interface EvalRingsOptions {
  readonly reviews?: string;
  readonly protocol?: 'A' | 'B' | 'C';
  readonly graph?: string;
  readonly seed: number;
  readonly density?: number;
  readonly users?: number;
  readonly items?: number;
  readonly camouflage?: number;
  readonly participation: number;
  readonly daysPerListing: number;
  readonly campaignDays: number;
  readonly attackShare: number;
  readonly blocks?: number;
  readonly static?: boolean;
  readonly windowDays?: number;
  readonly minNats?: number;
  readonly sweepDays: number;
  readonly rules: string;
  readonly out?: string;
  readonly fit?: true;
  readonly json?: boolean;
}

/** What a run prints: the replay's figures where reviews have times, FRAUDAR's where a block was planted. */
interface RingReport {
  readonly fraudar?: { readonly userF: number; readonly seconds: number };
  readonly evaluation?: RingEvaluation;
  readonly bad: readonly BadLine[];
}

/** The rule file of the project: `rules` stands two folders above this file in `src` as in `dist`. */
const SHIPPED_RULES = new URL('../../rules/ring.yaml', import.meta.url).pathname;

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('a number of at least 0 is needed.');
  }
  return value;
};

/** `eval rings`: how well reviewers of rings are told from honest ones. */
export const evalRingsCommand = (): Command =>
  new Command('rings')
    .description('measure review rings on labelled reviews, or on rings planted in a graph')
    .option(
      '--reviews <file>',
      'table or NDJSON with reviewer, product, seller, rating, time, text, label, ring; perhaps gzipped (.gz)',
    )
    .addOption(new Option('--protocol <letter>', 'rings to plant instead').choices(['A', 'B', 'C']))
    .option('--graph <file>', 'user<TAB>item lines, plain or gzipped, to plant them in')
    .option('--seed <number>', 'the same seed plants the same rings', number, 1)
    .option('--users <number>', 'A, B: users of the block (A 200, B 50)', number)
    .option('--items <number>', 'A, B: items of the block (A 200, B 20)', number)
    .option('--density <share>', 'A, B: chance of each edge of the block (A 0.05, B 1)', number)
    .option('--camouflage <number>', 'A, B: kind 0–3; C: multiple of the ring reviews (A, B 0, C 1)', number)
    .option('--blocks <number>', 'A, B: blocks that FRAUDAR may give, the best counts (A 1, B 10)', number)
    .option('--static', 'A, B: without times, for FRAUDAR alone')
    .option('--participation <share>', 'C: chance that a member reviews a listing', number, PROTOCOL_C.participation01)
    .option('--days-per-listing <days>', 'days in which a ring reviews one listing', number, PROTOCOL_C.daysPerListing)
    .option('--campaign-days <days>', 'days of the whole campaign', number, PROTOCOL_C.campaignDays)
    .option('--attack-share <share>', 'C: rings that attack; above 0 honest ratings are mixed', number, 0)
    .option('--window-days <days>', 'another pairWindowDays than the rules say', number)
    .option('--min-nats <nats>', 'another minRingNats than the rules say', number)
    .option('--sweep-days <days>', 'days between sweeps', number, 14)
    .option('--rules <file>', 'another ring.yaml', SHIPPED_RULES)
    .option('--out <folder>', 'write reviewers.csv, rings.ndjson and true-rings.csv there')
    .option('--fit', 'fit the calibration to the rings found and print it for rules/ring.yaml; best with --min-nats 0')
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvalRingsOptions, command: Command) => {
      if ((options.reviews === undefined) === (options.protocol === undefined)) {
        command.error('error: give either --reviews FILE or --protocol A|B|C with --graph FILE');
      }
      if (options.protocol !== undefined && options.graph === undefined) {
        command.error('error: --protocol needs --graph FILE');
      }
      const settings = await readSettings(options);
      const result = await run(options, settings);
      if (options.out !== undefined && result.evaluation !== undefined) await writeOut(options.out, result.evaluation);
      for (const told of tellBadLines(result.bad)) process.stderr.write(`${told}\n`);
      const judged = result.evaluation?.judged ?? [];
      const points = options.fit === true ? fitCalibration(judged) : undefined;
      const heldOut = points === undefined ? undefined : onHeldOut(judged, settings);
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ ...asJson(result), ...(points === undefined ? {} : { calibration: points, heldOut }) })}\n`
          : `${asText(result)}\n${points === undefined ? '' : asRules(points, judged.length)}${heldOut === undefined ? '' : asReliability(heldOut)}`,
      );
    });

const readSettings = async (options: EvalRingsOptions): Promise<RingSettings> => {
  const settings = ringSettings.parse(parse(await readFile(options.rules, 'utf8')));
  return {
    ...settings,
    pairWindowDays: options.windowDays ?? settings.pairWindowDays,
    minRingNats: options.minNats ?? settings.minRingNats,
  };
};

const run = async (options: EvalRingsOptions, settings: RingSettings): Promise<RingReport> => {
  if (options.reviews !== undefined) {
    const { reviews, bad } = await readReviewFile(readObjects(options.reviews));
    return { evaluation: evaluateRings(reviews, settings, options.sweepDays), bad };
  }
  const graph = readGraphFile(options.graph ?? '');
  const random = seededRandom(options.seed);
  if (options.protocol === 'C') {
    const reviews: LabelledReview[] = plantRings(
      graph,
      {
        rings: PROTOCOL_C.rings,
        participation01: options.participation,
        daysPerListing: options.daysPerListing,
        campaignDays: options.campaignDays,
        camouflage: options.camouflage ?? PROTOCOL_C.camouflage,
        attackShare01: options.attackShare,
      },
      random,
    );
    return { evaluation: evaluateRings(reviews, settings, options.sweepDays), bad: [] };
  }
  const isNew = options.protocol === 'B';
  const planted = plantBlock(
    graph,
    {
      users: options.users ?? (isNew ? 50 : 200),
      items: options.items ?? (isNew ? 20 : 200),
      density01: options.density ?? (isNew ? 1 : 0.05),
      camouflage: camouflageKind(options.camouflage ?? 0),
      areUsersNew: isNew,
    },
    random,
  );
  const fraudar = blockUserF(planted, options.blocks ?? (isNew ? 10 : 1));
  if (options.static === true) return { fraudar, bad: [] };
  const evaluation = evaluateRings(timeBlock(planted, options, random), settings, options.sweepDays);
  return { fraudar, evaluation, bad: [] };
};

const camouflageKind = (kind: number): 0 | 1 | 2 | 3 => {
  if (kind === 0 || kind === 1 || kind === 2 || kind === 3) return kind;
  throw new InvalidArgumentError('--camouflage is 0, 1, 2 or 3 for protocols A and B.');
};

const memoryMb = (): number => Math.round(process.memoryUsage().rss / 1e6);

const asJson = ({ fraudar, evaluation, bad }: RingReport): object => {
  const { scored: _scored, rings: _rings, recallByRing: _byRing, judged: _judged, ...figures } = evaluation ?? {};
  return {
    ...(fraudar === undefined ? {} : { fraudar }),
    ...figures,
    memoryMb: memoryMb(),
    linesLeftOut: bad.length,
  };
};

const asText = ({ fraudar, evaluation }: RingReport): string => {
  const lines: string[] = [];
  if (fraudar !== undefined) {
    lines.push(
      `FRAUDAR on the same graph without times: user-F ${fraudar.userF.toFixed(3)}, ${fraudar.seconds.toFixed(2)} s`,
    );
  }
  if (evaluation !== undefined) {
    const { byReviewer, falseRings } = evaluation;
    lines.push(
      `${evaluation.reviews} reviews by ${evaluation.reviewers} reviewers, ${evaluation.frauds} of them fraud`,
      byReviewer === undefined
        ? 'nothing is known of the reviewers: no column label or ring'
        : `precision ${byReviewer.precision01.toFixed(3)}  recall ${byReviewer.recall01.toFixed(3)}  F1 ${byReviewer.f1.toFixed(3)}  AUC ${byReviewer.auc.toFixed(3)}  AP ${byReviewer.averagePrecision.toFixed(3)}`,
      `rings found ${evaluation.ringsFound}${falseRings === undefined ? '' : `, ${falseRings} of them mostly honest`}`,
    );
    for (const [size, { members, recall01 }] of Object.entries(evaluation.recallBySize)) {
      lines.push(`  recall of rings of ${size}: ${recall01.toFixed(3)} of ${members} members`);
    }
    if (evaluation.reachable01 > 0) {
      lines.push(`  members who met another at two listings at least: ${evaluation.reachable01.toFixed(3)}`);
    }
    lines.push(
      `taking in ${evaluation.addMicrosecondsPerReview.toFixed(2)} µs a review, ${evaluation.sweeps} sweeps in ${evaluation.sweepSeconds.toFixed(1)} s`,
    );
  }
  return [...lines, `memory ${memoryMb()} MB`].join('\n');
};

/** The fitted line as it stands in the rules. */
const asRules = (points: ReturnType<typeof fitCalibration>, rings: number): string =>
  points.length < 2
    ? `no calibration: of ${rings} rings all are true, or all false, so they tell nothing of where the line lies\n`
    : [
        `fitted to ${rings} rings, for rules/ring.yaml:`,
        'calibration:',
        ...points.map(
          ({ nats, probability }) => `  - { nats: ${nats.toFixed(1)}, probability: ${probability.toFixed(3)} }`,
        ),
        '',
      ].join('\n');

/** What a line fitted to one half of the rings, and the rules as they are, say of the other half. */
const onHeldOut = (judged: RingEvaluation['judged'], { calibration }: RingSettings) => {
  const { fitted, heldOut } = holdOutHalf(judged);
  const points = fitCalibration(fitted);
  return { fitted: reliabilityOf(heldOut, points), rules: reliabilityOf(heldOut, calibration) };
};

const asReliability = ({ fitted, rules }: { readonly fitted: Reliability; readonly rules: Reliability }): string =>
  [
    `on ${fitted.rings} rings held out: Brier ${fitted.brier.toFixed(4)} with a line fitted to the others, ${rules.brier.toFixed(4)} with the rules as they are`,
    ...rules.bins.map(
      (bin) =>
        `  the rules said ${(100 * bin.said01).toFixed(0)} % of ${bin.rings} rings, ${(100 * bin.confirmed01).toFixed(0)} % were true`,
    ),
    '',
  ].join('\n');

const writeOut = async (folder: string, { scored, rings, recallByRing }: RingEvaluation): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const rows = scored.map(({ accountId, score, isFlagged, truth, ring }) =>
    [quoted(accountId), score.toFixed(3), isFlagged, truth, quoted(ring)].join(','),
  );
  await writeFile(join(folder, 'reviewers.csv'), `reviewer,score,flagged,truth,ring\n${rows.join('\n')}\n`);
  const recalls = Object.entries(recallByRing).map(([ring, { members, recall01 }]) =>
    [quoted(ring), members, recall01.toFixed(3)].join(','),
  );
  await writeFile(join(folder, 'true-rings.csv'), `ring,members,recall\n${recalls.map((row) => `${row}\n`).join('')}`);
  const lines = rings.map(({ finding }) => JSON.stringify(finding));
  await writeFile(join(folder, 'rings.ndjson'), lines.map((line) => `${line}\n`).join(''));
};

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
