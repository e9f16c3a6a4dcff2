import { Command, InvalidArgumentError } from 'commander';

/** What is measured. */
export interface ConsoleBenchOptions {
  readonly cases: number;
  readonly reviewers: number;
  /** Claims without any time to think between them. */
  readonly claims: number;
  /** How long reviewers work at their pace. */
  readonly seconds: number;
  /** Time that a reviewer takes for a case. */
  readonly thinkMs: number;
  /** Keys pressed in the browser, of each kind. */
  readonly keys: number;
  /** Time between two of them. */
  readonly lookMs: number;
  /** Claims by each of the ways that are compared. */
  readonly wayClaims: number;
}

export interface Durations {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface ClaimFigures extends Durations {
  readonly perSecond: number;
  /** Processor time of the process that answers (and, embedded, of its database) for one claim. */
  readonly serverCpuMsEach: number;
}

export interface ConsoleBench {
  readonly cases: number;
  readonly reviewers: number;
  readonly engine: string;
  /** Load: processes that wanted a core in the last minute, these included. */
  readonly machine: { readonly cores: number; readonly load: number };
  readonly shown:
    | {
        readonly kind: 'measured';
        readonly browser: string;
        readonly next: Durations;
        readonly withPictures: Durations;
        readonly decided: Durations;
        readonly firstLoadBytes: number;
      }
    | { readonly kind: 'unmeasured'; readonly why: string };
  /** Reviewers who think between two claims. */
  readonly paced: ClaimFigures;
  /** Reviewers who claim without a pause: what the server bears. */
  readonly rushed: ClaimFigures;
  readonly claimed: number;
  /** Cases that two reviewers were given. */
  readonly doubleClaims: number;
  /** The same rush at the table itself, by several ways of claiming. */
  readonly ways: readonly (Durations & {
    readonly name: string;
    readonly perSecond: number;
    readonly doubleClaims: number;
  })[];
}

/** Aims of the product, in milliseconds and bytes. */
const AIMS = { shownP50Ms: 100, shownP95Ms: 250, claimP99Ms: 50, firstLoadBytes: 350_000 } as const;

const count = (text: string): number => {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is needed.');
  return Number(text);
};

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const times = ({ p50Ms, p95Ms, p99Ms, maxMs }: Durations): string =>
  `p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, p99 ${ms(p99Ms)}, slowest ${ms(maxMs)}`;
const verdict = (isMet: boolean): string => (isMet ? 'met' : 'missed');
const claims = (figures: ClaimFigures): string =>
  `${figures.count} claims, ${times(figures)}, ${figures.perSecond.toFixed(0)} a second, ${ms(figures.serverCpuMsEach)} of processor time each`;

function shownAsText(shown: ConsoleBench['shown']): readonly string[] {
  if (shown.kind === 'unmeasured') return [`next case in a browser: not measured, ${shown.why}`];
  const { next, withPictures, decided, firstLoadBytes, browser } = shown;
  const isMet = next.p50Ms <= AIMS.shownP50Ms && next.p95Ms <= AIMS.shownP95Ms;
  return [
    `next case in Chromium ${browser}, from the key to the frame that shows it:`,
    `  past a case: ${next.count} keys, ${times(next)} (aim: p50 ${AIMS.shownP50Ms} ms, p95 ${AIMS.shownP95Ms} ms: ${verdict(isMet)})`,
    `  until its pictures stand: ${times(withPictures)}`,
    `  with a decision: ${decided.count} keys, ${times(decided)}`,
    `first load of the queue: ${(firstLoadBytes / 1_000).toFixed(0)} kB compressed (aim ${AIMS.firstLoadBytes / 1_000} kB: ${verdict(firstLoadBytes <= AIMS.firstLoadBytes)})`,
  ];
}

const asText = (bench: ConsoleBench): string =>
  [
    `${bench.cases} open cases, ${bench.reviewers} reviewers at once in a process of their own, ${bench.engine}`,
    `${bench.machine.cores} cores, load ${bench.machine.load.toFixed(1)} in the last minute: times are of a machine that is as busy as that`,
    ...shownAsText(bench.shown),
    `claims over HTTP (aim: p99 ${AIMS.claimP99Ms} ms):`,
    `  at the pace of people: ${claims(bench.paced)}: ${verdict(bench.paced.p99Ms <= AIMS.claimP99Ms)}`,
    `  without a pause: ${claims(bench.rushed)}: ${verdict(bench.rushed.p99Ms <= AIMS.claimP99Ms)}`,
    `  ${bench.claimed} cases given out, ${bench.doubleClaims} of them to two reviewers`,
    'ways of claiming, at the table itself without a pause:',
    ...bench.ways.map(
      (way) =>
        `  ${way.name}: ${way.count} claims, ${times(way)}, ${way.perSecond.toFixed(0)} a second, ${way.doubleClaims} given twice`,
    ),
  ].join('\n');

/** `bench console`: how quickly the next case is there. */
export const benchConsoleCommand = (run: (options: ConsoleBenchOptions) => Promise<ConsoleBench>): Command =>
  new Command('console')
    .description('measure the next case, in a browser and at the API, with many cases and reviewers; none goes to two')
    .option('--cases <number>', 'open cases', count, 100_000)
    .option('--reviewers <number>', 'reviewers at once', count, 50)
    .option('--claims <number>', 'claims without a pause', count, 10_000)
    .option('--seconds <number>', 'time at the pace of people', count, 30)
    .option('--think-ms <number>', 'time that a reviewer takes for a case', count, 1_000)
    .option('--keys <number>', 'keys pressed in the browser, of each kind', count, 60)
    .option('--look-ms <number>', 'time between two of them', count, 1_000)
    .option('--way-claims <number>', 'claims by each way that is compared', count, 1_000)
    .option('--json', 'print the figures as JSON')
    .action(async (options: ConsoleBenchOptions & { readonly json?: boolean }) => {
      const bench = await run(options);
      process.stdout.write(`${options.json === true ? JSON.stringify(bench) : asText(bench)}\n`);
      if (bench.doubleClaims > 0) process.exitCode = 1;
    });
