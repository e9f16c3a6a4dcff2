import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { ringSettings } from '../detectors/ring/settings.ts';
import { accountSettings } from '../detectors/account/settings.ts';
import { benchCandidates, type CandidateBench } from '../evaluation/rings/bench-candidates.ts';
import { benchDetect, type DetectBench } from '../evaluation/rings/bench-detect.ts';
import type { Latencies } from '../evaluation/rings/latencies.ts';
import { benchPeel, type PeelBench, type Spent } from '../evaluation/rings/bench-peel.ts';

interface BenchRingsOptions {
  readonly reviews: number;
  readonly edges: readonly number[];
  readonly rules: string;
  readonly json?: boolean;
}

const SHIPPED_RULES = new URL('../../rules/ring.yaml', import.meta.url).pathname;
const ACCOUNT_RULES = new URL('../../rules/account.yaml', import.meta.url);
/** Reviews of the market in which whole searches are measured. */
const DETECT_REVIEWS = 120_000;

const count = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 to 999999999 is needed.');
  return Number(text);
};

/** `bench rings`: speed of taking reviews in and of peeling, beside plain references in the same run. */
export const benchRingsCommand = (): Command =>
  new Command('rings')
    .description('measure the speed of the ring detector, beside plain references')
    .option('--reviews <number>', 'reviews of the stream', count, 1_000_000)
    .option(
      '--edges <numbers>',
      'sizes of the peeled graphs, joined by commas',
      (text) => text.split(',').map(count),
      [1_000_000, 5_000_000],
    )
    .option('--rules <file>', 'another ring.yaml', SHIPPED_RULES)
    .option('--json', 'print the figures as JSON')
    .action(async (options: BenchRingsOptions) => {
      const settings = ringSettings.parse(parse(await readFile(options.rules, 'utf8')));
      const candidates = benchCandidates(options.reviews, settings);
      const accounts = accountSettings.parse(parse(await readFile(ACCOUNT_RULES, 'utf8')));
      const detect = benchDetect(Math.min(options.reviews, DETECT_REVIEWS), settings, accounts);
      const peels = options.edges.map(benchPeel);
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ candidates, detect, peels })}\n`
          : `${asText(candidates, detect, peels)}\n`,
      );
    });

const asText = (candidates: CandidateBench, detect: DetectBench, peels: readonly PeelBench[]): string =>
  [
    `${candidates.reviews} reviews, ${candidates.livePairs} live pairs at the end, ${candidates.memoryMb} MB`,
    `  candidate stage with expiry: mean ${candidates.cpuMeanMicroseconds.toFixed(2)} µs of processor a review, ${candidates.wallMeanMicroseconds.toFixed(2)} µs on the wall; target 3`,
    `  keeping the ids alone, in Maps: ${candidates.idsCpuMeanMicroseconds.toFixed(2)} µs of processor; what the candidate stage adds: ${(candidates.cpuMeanMicroseconds - candidates.idsCpuMeanMicroseconds).toFixed(2)} µs`,
    `  taking in ${asLine(candidates.add)}; target p99.9 1000`,
    `  plain reference with Map and strings, without expiry: ${candidates.plainCpuMeanMicroseconds.toFixed(2)} µs of processor, ${(candidates.plainCpuMeanMicroseconds / candidates.cpuMeanMicroseconds).toFixed(1)} times the candidate stage`,
    `  search around the author ${asLine(candidates.search)}`,
    `a review end to end, without queue and database: text, links, search and finding, ${detect.liveReviews} live reviews`,
    `  all ${detect.measured}, of processor: ${asLine(detect.endToEnd)}; target p99 5000`,
    `  on the wall: ${asLine(detect.onTheWall)}`,
    `  the ${detect.found} in rings, of processor: ${asLine(detect.inRings)}`,
    ...peels.flatMap((peel) => [
      `${peel.edges} edges: rows built in ${asSpent(peel.build)}`,
      `  exact peeling ${asSpent(peel.exact)}, score ${peel.exactScore.toFixed(6)}`,
      `  fast peeling ${asSpent(peel.fast)}, score ${peel.fastScore.toFixed(6)}`,
      `  plain reference on ${peel.plainEdges} edges ${asSpent(peel.plain)}: ${perEdgeRatio(peel).toFixed(1)} times the exact peeling an edge`,
    ]),
  ].join('\n');

const perEdgeRatio = ({ plain, plainEdges, exact, build, edges }: PeelBench): number =>
  plain.cpuSeconds / plainEdges / ((exact.cpuSeconds + build.cpuSeconds) / edges);

const asSpent = ({ wallSeconds, cpuSeconds }: Spent): string =>
  `${wallSeconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor)`;

const asLine = ({ mean, p50, p99, p999, max }: Latencies): string =>
  `µs a review: mean ${mean.toFixed(2)}, p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(1)}, p99.9 ${p999.toFixed(1)}, max ${max.toFixed(0)}`;
