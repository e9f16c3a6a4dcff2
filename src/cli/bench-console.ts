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
}

interface Durations {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface ConsoleBench {
  readonly cases: number;
  readonly reviewers: number;
  readonly engine: string;
  /** Reviewers who think between two claims. */
  readonly paced: Durations;
  /** Reviewers who claim without a pause: what the server bears. */
  readonly rushed: Durations & { readonly claimsPerSecond: number };
  readonly claimed: number;
  /** Cases that two reviewers were given. */
  readonly doubleClaims: number;
}

const count = (text: string): number => {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is needed.');
  return Number(text);
};

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const line = ({ count: calls, p50Ms, p95Ms, p99Ms, maxMs }: Durations): string =>
  `${calls} claims, p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, p99 ${ms(p99Ms)}, slowest ${ms(maxMs)}`;

const asText = (bench: ConsoleBench): string =>
  [
    `${bench.cases} open cases, ${bench.reviewers} reviewers at once, ${bench.engine}; time over HTTP, the callers in the same process`,
    `at the pace of people: ${line(bench.paced)}`,
    `without a pause: ${line(bench.rushed)}, ${bench.rushed.claimsPerSecond.toFixed(0)} a second`,
    `${bench.claimed} cases given out, ${bench.doubleClaims} of them to two reviewers`,
  ].join('\n');

/** `bench console`: how quickly the next case is there. */
export const benchConsoleCommand = (run: (options: ConsoleBenchOptions) => Promise<ConsoleBench>): Command =>
  new Command('console')
    .description('measure the next-case API with many cases and many reviewers at once, and that no case goes to two')
    .option('--cases <number>', 'open cases', count, 100_000)
    .option('--reviewers <number>', 'reviewers at once', count, 50)
    .option('--claims <number>', 'claims without a pause', count, 10_000)
    .option('--seconds <number>', 'time at the pace of people', count, 30)
    .option('--think-ms <number>', 'time that a reviewer takes for a case', count, 1_000)
    .option('--json', 'print the figures as JSON')
    .action(async (options: ConsoleBenchOptions & { readonly json?: boolean }) => {
      const bench = await run(options);
      process.stdout.write(`${options.json === true ? JSON.stringify(bench) : asText(bench)}\n`);
      if (bench.doubleClaims > 0) process.exitCode = 1;
    });
