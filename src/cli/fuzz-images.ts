import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { createPictureReader } from '../adapters/images/picture-reader.ts';
import { imageSettings } from '../detectors/image/settings.ts';
import { fuzzIntake, type FuzzTally } from '../evaluation/images/fuzz-intake.ts';

/** What a fuzz of the intake came to. */
export interface FuzzReport {
  readonly pictures: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly thrown: FuzzTally['thrown'];
  /** Pictures that killed the process, with the signal or exit code. */
  readonly crashes: readonly { readonly number: number; readonly how: string }[];
  /** Pictures that took longer than the limit; their process was ended. */
  readonly hangs: readonly number[];
  readonly slowestMs: number;
  readonly slowestNumber: number;
  readonly peakMebibytes: number;
  readonly ceilingMebibytes: number;
  /** Resident memory after so many pictures of one process, from its start on: a leak would be a slope. */
  readonly memory: readonly MemorySample[];
}

/** Resident memory of the reading process before a picture. */
export interface MemorySample {
  readonly number: number;
  readonly mebibytes: number;
}

export interface FuzzOptions {
  readonly pictures: number;
  /** Number of the first picture: a long fuzz may be run in parts. */
  readonly from: number;
  readonly ceilingMebibytes: number;
  readonly rules: string;
}

/** A picture of 50 megapixels may take ten seconds by the reader's own limit. */
const HANG_MS = 40_000;
/** Pictures that one process reads before a new one takes over: enough that a leak shows as growth within it. */
const PART = 50_000;
/** Pictures between two samples of memory. */
const SAMPLE_EVERY = 2_000;

type Line =
  | { readonly at: number; readonly peak: number; readonly rss: number }
  | { readonly tally: FuzzTally; readonly peak: number };

/** Reads one part in this process and tells its progress a line at a time: what the supervisor starts. */
export async function fuzzPart(range: string, rules: string): Promise<void> {
  const [from = 0, to = 0] = range.split(':').map(Number);
  const settings = imageSettings.parse(parse(await readFile(rules, 'utf8')));
  const reader = createPictureReader({ settings: () => settings });
  const tell = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const peak = (): number => process.resourceUsage().maxRSS / 1_024;
  const rss = (): number => process.memoryUsage.rss() / 1_048_576;
  const onBegin = (at: number): void => tell({ at, peak: peak(), rss: rss() });
  const tools = { reader, nowMs: () => performance.now(), onBegin };
  const tally = await fuzzIntake({ from, to }, tools);
  tell({ tally, peak: peak() });
  await reader.close();
}

/** Reads damaged pictures in processes of their own, and tells what none of them may do: crash, hang, grow. */
export async function fuzzImages(options: FuzzOptions, onProgress: (done: number) => void): Promise<FuzzReport> {
  const end = options.from + options.pictures;
  const answers: Record<string, number> = {};
  const thrown: { number: number; what: string }[] = [];
  const crashes: { number: number; how: string }[] = [];
  const hangs: number[] = [];
  let slowest = { slowestMs: 0, slowestNumber: options.from };
  let peakMebibytes = 0;
  const memory: MemorySample[] = [];
  for (let from = options.from; from < end;) {
    const to = Math.min(end, from + PART);
    const part = await runPart({ from, to }, options.rules);
    peakMebibytes = Math.max(peakMebibytes, part.peak);
    memory.push(...part.memory);
    if (part.tally !== undefined) {
      for (const [answer, count] of Object.entries(part.tally.answers))
        answers[answer] = (answers[answer] ?? 0) + count;
      thrown.push(...part.tally.thrown);
      if (part.tally.slowestMs > slowest.slowestMs) slowest = part.tally;
      from = to;
    } else {
      // What came before it in this part is read again: a process that died tells no tally.
      const { at } = part;
      if (part.how === 'hang') hangs.push(at);
      else crashes.push({ number: at, how: part.how });
      if (at > from) {
        const before = await runPart({ from, to: at }, options.rules);
        for (const [answer, count] of Object.entries(before.tally?.answers ?? {}))
          answers[answer] = (answers[answer] ?? 0) + count;
      }
      from = at + 1;
    }
    onProgress(from - options.from);
  }
  const { slowestMs, slowestNumber } = slowest;
  return {
    pictures: options.pictures,
    answers,
    thrown,
    crashes,
    hangs,
    slowestMs,
    slowestNumber,
    peakMebibytes,
    ceilingMebibytes: options.ceilingMebibytes,
    memory,
  };
}

interface PartEnd {
  readonly memory: readonly MemorySample[];
  readonly tally?: FuzzTally;
  readonly at: number;
  readonly how: string;
  readonly peak: number;
}

function runPart(range: { readonly from: number; readonly to: number }, rules: string): Promise<PartEnd> {
  const script = process.argv[1]!;
  const args = [script, 'bench', 'images', '--fuzz-part', `${range.from}:${range.to}`, '--rules', rules];
  const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let last: { at: number; peak: number; tally?: FuzzTally } = { at: range.from, peak: 0 };
    const memory: MemorySample[] = [];
    let isHanging = false;
    const watch = (): NodeJS.Timeout =>
      setTimeout(() => {
        isHanging = true;
        child.kill('SIGKILL');
      }, HANG_MS);
    let timer = watch();
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      clearTimeout(timer);
      timer = watch();
      const told = JSON.parse(line) as Line;
      last = 'at' in told ? { at: told.at, peak: Math.max(last.peak, told.peak) } : { ...last, ...told };
      if ('at' in told && told.at % SAMPLE_EVERY === 0) {
        memory.push({ number: told.at, mebibytes: Math.round(told.rss) });
      }
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ ...last, memory, how: isHanging ? 'hang' : (signal ?? `exit ${code}`) });
    });
  });
}

/** Whether nothing happened that may not. */
export const isClean = ({ thrown, crashes, hangs, peakMebibytes, ceilingMebibytes }: FuzzReport): boolean =>
  thrown.length + crashes.length + hangs.length === 0 && peakMebibytes <= ceilingMebibytes;

/** A report as a person reads it. */
export function describeFuzz(report: FuzzReport): string {
  const { pictures, answers, thrown, crashes, hangs } = report;
  return [
    `${pictures} damaged pictures through the intake: ${crashes.length} crashes, ${hangs.length} hangs, ${thrown.length} thrown`,
    ...Object.entries(answers)
      .sort(([, a], [, b]) => b - a)
      .map(([answer, count]) => `  ${String(count).padStart(7)} ${answer}`),
    `slowest ${report.slowestMs.toFixed(0)} ms (picture ${report.slowestNumber})`,
    `memory at its highest ${report.peakMebibytes.toFixed(0)} MiB, ceiling ${report.ceilingMebibytes} MiB`,
    `resident, every ${SAMPLE_EVERY} pictures: ${report.memory.map(({ mebibytes }) => mebibytes).join(' ')} MiB`,
    ...crashes.map(({ number, how }) => `  crash: picture ${number}: ${how}`),
    ...hangs.map((number) => `  hang: picture ${number}`),
    ...thrown.slice(0, 20).map(({ number, what }) => `  thrown: picture ${number}: ${what}`),
    '',
  ].join('\n');
}
