import { Worker } from 'node:worker_threads';
import type { HammingSegment } from '../../detectors/image/hamming-segment.ts';
import { HASH_WORDS } from '../../detectors/image/hash256.ts';
import { permuteKey } from '../../detectors/image/key-permutation.ts';
import type { LookupTask, LookupTally } from './lookup-thread.ts';

/** How fast several threads look up keys in one index at the same time. */
export interface LookupThroughput {
  readonly threads: number;
  /** Lookups a second of the clock, of all threads together. */
  readonly perSecond: number;
  /** Processor time of one lookup: what the threads would need each were the machine theirs alone. */
  readonly cpuMicros: number;
  /** Lookups a second that two processors would give by that time. */
  readonly perSecondByCpu: number;
}

const THREADS = 2;
const DURATION_MS = 3_000;

/** Lets two threads search the memory of a segment for some seconds; nothing is copied. */
export async function measureThroughput(
  segment: HammingSegment,
  how: {
    readonly queries: readonly Uint32Array[];
    readonly radiusBits: number;
    readonly clocks: { readonly nowMs: () => number; readonly cpuMicros: () => number };
    /** The compiled `lookup-thread`. */
    readonly threadFile: URL;
  },
): Promise<LookupThroughput> {
  const { queries, radiusBits, clocks, threadFile } = how;
  const permuted = new Uint32Array(queries.length * HASH_WORDS);
  queries.forEach((key, i) => permuteKey(key, permuted, i * HASH_WORDS));
  const task = (slot: number): LookupTask => ({
    memory: segment.memory,
    slot,
    queries: permuted,
    radiusBits,
    durationMs: DURATION_MS,
  });
  const threads = Array.from({ length: THREADS }, (_, i) => new Worker(threadFile, { workerData: task(i + 1) }));
  try {
    // Each says once that it is ready, and runs when told to: starting a thread is no lookup.
    await Promise.all(threads.map((thread) => nextMessage(thread)));
    const cpuStart = clocks.cpuMicros();
    const startMs = clocks.nowMs();
    const tallies = threads.map((thread) => nextMessage(thread));
    for (const thread of threads) thread.postMessage('run');
    const told = (await Promise.all(tallies)) as readonly LookupTally[];
    const lookups = told.reduce((sum, tally) => sum + tally.lookups, 0);
    const seconds = (clocks.nowMs() - startMs) / 1_000;
    const cpuMicros = (clocks.cpuMicros() - cpuStart) / lookups;
    return {
      threads: THREADS,
      perSecond: lookups / seconds,
      cpuMicros,
      perSecondByCpu: (THREADS * 1_000_000) / cpuMicros,
    };
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

const nextMessage = (thread: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
