import { readFile, rm, writeFile } from 'node:fs/promises';
import { loadSegment, segmentBytes, type HammingSegment } from '../../detectors/image/hamming-segment.ts';
import { buildSegmentNow } from '../../detectors/image/segment-builder.ts';
import { hammingDistanceBits, HASH_WORDS } from '../../detectors/image/hash256.ts';
import { permuteKey } from '../../detectors/image/key-permutation.ts';
import { seededRandom, type Random } from './canvas.ts';
import { measureThroughput, type LookupThroughput } from './lookup-throughput.ts';

/** How lookups at one size and one kind of keys went. */
export interface LookupBench {
  readonly keys: number;
  readonly kind: 'random' | 'skewed';
  readonly buildSeconds: number;
  /** Writing the index to a file, and reading it back into memory that threads share. */
  readonly saveSeconds: number;
  readonly loadSeconds: number;
  readonly bytesAKey: number;
  /** Time of the clock: on a busy machine the tail is other processes' time, and the tenth percentile nearly ours. */
  readonly micros: {
    readonly mean: number;
    readonly p10: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  };
  /** Processor time a lookup, which a busy machine does not stretch. */
  readonly cpuMicros: number;
  /** A plain comparison with every key in JavaScript. */
  readonly scanMicros: number;
  /** Planted neighbours that were not found. Must be 0. */
  readonly misses: number;
  /** Several threads that search the one index at the same time. */
  readonly threads: LookupThroughput;
}

/** The clocks of the process that runs the bench. */
export interface BenchClocks {
  readonly nowMs: () => number;
  readonly cpuMicros: () => number;
}

const RADIUS_BITS = 31;
const QUERIES = 2_000;

/**
 * Builds an index of `keys` keys, writes it to a file, loads it from there, and looks up keys that lie 0 to 31 bits from
 * one of them, one by one and in several threads. The file is deleted again.
 */
export async function benchLookups(
  keys: number,
  kind: 'random' | 'skewed',
  tools: { readonly clocks: BenchClocks; readonly file: string; readonly threadFile: URL },
): Promise<LookupBench> {
  const { clocks } = tools;
  const random = seededRandom(keys + kind.length);
  const words = kind === 'random' ? randomKeys(keys, random) : skewedKeys(keys, random);
  const permuted = new Uint32Array(words.length);
  const buildStart = clocks.nowMs();
  for (let i = 0; i < keys; i++) permuteKey(words, permuted, i * HASH_WORDS, i * HASH_WORDS);
  const references = Uint32Array.from({ length: keys }, (_, i) => i);
  const built = buildSegmentNow({ words: permuted, references, count: keys });
  const buildSeconds = (clocks.nowMs() - buildStart) / 1_000;
  const { segment, saveSeconds, loadSeconds } = await throughFile(built, tools.file, clocks);

  const queries = Array.from({ length: QUERIES }, () => plantNeighbour(words, Math.floor(random() * keys), random));
  lookUpAll(segment, queries, clocks);
  const measured = lookUpAll(segment, queries, clocks);
  const threads = await measureThroughput(segment, {
    queries: queries.map(({ key }) => key),
    radiusBits: RADIUS_BITS,
    clocks,
    threadFile: tools.threadFile,
  });
  return {
    keys,
    kind,
    buildSeconds,
    saveSeconds,
    loadSeconds,
    bytesAKey: segment.bytes / keys,
    ...measured,
    scanMicros: scanPlainly(words, queries.slice(0, 3), clocks),
    threads,
  };
}

/** The index after its way through a file: what is looked up is what was loaded. */
async function throughFile(
  built: HammingSegment,
  file: string,
  { nowMs }: BenchClocks,
): Promise<{ readonly segment: HammingSegment; readonly saveSeconds: number; readonly loadSeconds: number }> {
  try {
    const saveStart = nowMs();
    await writeFile(file, segmentBytes(built));
    const saveSeconds = (nowMs() - saveStart) / 1_000;
    const loadStart = nowMs();
    const loaded = loadSegment(await readFile(file));
    const loadSeconds = (nowMs() - loadStart) / 1_000;
    if (loaded.kind === 'unusable') throw new Error(`the index does not come back from its file: ${loaded.why}`);
    return { segment: loaded.segment, saveSeconds, loadSeconds };
  } finally {
    await rm(file, { force: true });
  }
}

interface PlantedQuery {
  readonly key: Uint32Array;
  readonly near: number;
}

function lookUpAll(
  segment: HammingSegment,
  queries: readonly PlantedQuery[],
  clocks: BenchClocks,
): Pick<LookupBench, 'micros' | 'cpuMicros' | 'misses'> {
  const permuted = new Uint32Array(HASH_WORDS);
  const micros: number[] = [];
  let misses = 0;
  const cpuStart = clocks.cpuMicros();
  for (const { key, near } of queries) {
    let isFound = false;
    const startMs = clocks.nowMs();
    permuteKey(key, permuted, 0);
    segment.search(permuted, RADIUS_BITS, (_, reference) => {
      if (reference === near) isFound = true;
    });
    micros.push((clocks.nowMs() - startMs) * 1_000);
    if (!isFound) misses++;
  }
  const cpuMicros = (clocks.cpuMicros() - cpuStart) / queries.length;
  micros.sort((a, b) => a - b);
  const at = (part: number): number => micros[Math.floor(part * (micros.length - 1))] as number;
  const mean = micros.reduce((sum, value) => sum + value, 0) / micros.length;
  return { micros: { mean, p10: at(0.1), p50: at(0.5), p95: at(0.95), p99: at(0.99) }, cpuMicros, misses };
}

function randomKeys(keys: number, random: Random): Uint32Array {
  const words = new Uint32Array(keys * HASH_WORDS);
  for (let i = 0; i < words.length; i++) words[i] = Math.floor(random() * 4_294_967_296);
  return words;
}

/** Keys as pictures give them: half of them within 60 bits of a popular one, popular ones by a power law. */
function skewedKeys(keys: number, random: Random): Uint32Array {
  const words = randomKeys(keys, random);
  const popular = Math.max(1, Math.floor(keys / 200));
  for (let i = popular; i < keys; i++) {
    if (random() < 0.5) continue;
    const source = Math.floor(popular * random() ** 3);
    words.copyWithin(i * HASH_WORDS, source * HASH_WORDS, (source + 1) * HASH_WORDS);
    flipBits(words, i * HASH_WORDS, { bits: 20 + Math.floor(random() * 40), random });
  }
  return words;
}

function plantNeighbour(words: Uint32Array, near: number, random: Random): PlantedQuery {
  const key = words.slice(near * HASH_WORDS, (near + 1) * HASH_WORDS);
  flipBits(key, 0, { bits: Math.floor(random() * (RADIUS_BITS + 1)), random });
  return { key, near };
}

function flipBits(words: Uint32Array, at: number, how: { readonly bits: number; readonly random: Random }): void {
  const { bits, random } = how;
  for (let k = 0; k < bits; k++) {
    const bit = Math.floor(random() * 256);
    words[at + (bit >> 5)] = (words[at + (bit >> 5)] as number) ^ (1 << (bit & 31));
  }
}

function scanPlainly(words: Uint32Array, queries: readonly PlantedQuery[], clocks: BenchClocks): number {
  const startMs = clocks.nowMs();
  let near = 0;
  for (const { key } of queries) {
    for (let at = 0; at < words.length; at += HASH_WORDS) {
      if (hammingDistanceBits(key, words, 0, at) <= RADIUS_BITS) near++;
    }
  }
  if (near < queries.length) throw new Error('the plain scan missed a planted neighbour');
  return ((clocks.nowMs() - startMs) * 1_000) / queries.length;
}
