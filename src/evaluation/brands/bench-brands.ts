import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexRulesOf, MarkIndex } from '../../detectors/brand/mark-index.ts';
import { sealIndex } from '../../detectors/brand/sealed-index.ts';
import type { BrandSettings } from '../../detectors/brand/settings.ts';
import { seededRandom } from './evasions.ts';
import { syntheticRegister } from './synthetic-register.ts';

/** What one engine did with one register. */
export interface EngineFigures {
  readonly engine: 'exact' | 'full' | 'modern-ahocorasick' | 'grep -F';
  readonly marks: number;
  readonly titlesPerSecond: number;
  readonly hitsPerTitle: number;
  readonly buildMs?: number;
  /** Growth of the resident set while building. */
  readonly memoryMb?: number;
}

interface BenchInput {
  readonly marks: number;
  readonly titles: readonly string[];
  readonly settings: BrandSettings;
  readonly seed: number;
  /** Engines beside our own; the peer needs minutes and gigabytes at a million names. */
  readonly withPeers: boolean;
}

/** Processor time of this process in milliseconds: a busy machine does not change it as it does the wall clock. */
const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const wordsOf = (settings: BrandSettings): string[] =>
  settings.ordinaryWords.filter((word) => /^[a-z]{4,9}$/.test(word));

const collectGarbage = (): void => {
  (globalThis as { gc?: () => void }).gc?.();
};

const residentMb = (): number => process.memoryUsage.rss() / 1e6;

/** Titles a second of processor time: a warm-up, then whole passes over the titles for at least a second. */
const measure = (
  titles: readonly string[],
  count: (title: string) => number,
): { titlesPerSecond: number; hitsPerTitle: number } => {
  for (const title of titles.slice(0, 3_000)) count(title);
  const startMs = processorMs();
  let passes = 0;
  let hits = 0;
  do {
    hits = 0;
    for (const title of titles) hits += count(title);
    passes++;
  } while (processorMs() - startMs < 1_000);
  const seconds = (processorMs() - startMs) / 1_000;
  return {
    titlesPerSecond: Math.round((titles.length * passes) / seconds),
    hitsPerTitle: Math.round((hits / titles.length) * 100) / 100,
  };
};

const timeGeneration = (marks: number, words: readonly string[], seed: number): number => {
  const startMs = processorMs();
  let letters = 0;
  for (const one of syntheticRegister(marks, words, seededRandom(seed))) letters += one.id.length;
  return letters > 0 ? processorMs() - startMs : 0;
};

/** Benches our tiers and, beside them in the same run, the peers, on one synthetic register. */
export const benchBrands = async (input: BenchInput): Promise<EngineFigures[]> => {
  const { marks, titles, settings, seed } = input;
  const words = wordsOf(settings);
  const rules = indexRulesOf(settings);
  collectGarbage();
  const beforeMb = residentMb();
  const generationMs = timeGeneration(marks, words, seed);
  const startMs = processorMs();
  const sealed = sealIndex(syntheticRegister(marks, words, seededRandom(seed)), rules);
  // The names are made up while the index reads them; that time is not the index's.
  const buildMs = Math.round(processorMs() - startMs - generationMs);
  collectGarbage();
  const memoryMb = Math.round(residentMb() - beforeMb);
  const index = new MarkIndex(sealed, rules);
  const figures: EngineFigures[] = [
    { engine: 'exact', marks, buildMs, memoryMb, ...measure(titles, (title) => index.countMarks(title, 'EXACT')) },
    { engine: 'full', marks, ...measure(titles, (title) => index.countMarks(title, 'FULL')) },
  ];
  if (!input.withPeers) return figures;
  const names = Array.from(syntheticRegister(marks, words, seededRandom(seed)), (one) =>
    one.wordMarkSpecification.markVerbalElementText.toLowerCase(),
  );
  const lowerTitles = titles.map((title) => title.toLowerCase());
  const grep = benchGrep(names, lowerTitles);
  if (grep !== undefined) figures.push(grep);
  const peer = await benchAhoCorasick(names, lowerTitles);
  if (peer !== undefined) figures.push(peer);
  return figures;
};

const benchAhoCorasick = async (
  names: readonly string[],
  titles: readonly string[],
): Promise<EngineFigures | undefined> => {
  const loaded = await import('modern-ahocorasick').catch(() => undefined);
  if (loaded === undefined) return undefined;
  const beforeMb = residentMb();
  const startMs = processorMs();
  const matcher = new loaded.default(names);
  const buildMs = Math.round(processorMs() - startMs);
  const memoryMb = Math.round(residentMb() - beforeMb);
  const figures = measure(titles, (title) => matcher.count(title));
  return { engine: 'modern-ahocorasick', marks: names.length, buildMs, memoryMb, ...figures };
};

/** Wall-clock time of the system's grep, its own start and table included, since both are one program. */
const benchGrep = (names: readonly string[], titles: readonly string[]): EngineFigures | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    writeFileSync(join(folder, 'names'), `${names.join('\n')}\n`);
    writeFileSync(join(folder, 'titles'), `${titles.join('\n')}\n`);
    const startMs = performance.now();
    const run = spawnSync('env', ['LC_ALL=C', 'grep', '-oF', '-f', join(folder, 'names'), join(folder, 'titles')], {
      maxBuffer: 1 << 30,
      timeout: 300_000,
    });
    if (run.error !== undefined) return undefined;
    const seconds = (performance.now() - startMs) / 1_000;
    const hits = run.stdout.toString('latin1').split('\n').length - 1;
    return {
      engine: 'grep -F',
      marks: names.length,
      titlesPerSecond: Math.round(titles.length / seconds),
      hitsPerTitle: Math.round((hits / titles.length) * 100) / 100,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
