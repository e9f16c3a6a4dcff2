import { parentPort, workerData } from 'node:worker_threads';
import { openSegment } from '../../detectors/image/hamming-segment.ts';
import { HASH_WORDS } from '../../detectors/image/hash256.ts';
import type { KernelMemory } from '../../detectors/image/wasm-memory.ts';

/** What a thread of the throughput bench is given. */
export interface LookupTask {
  /** Shared: the segment of another thread. */
  readonly memory: KernelMemory;
  /** The scratch area that this thread alone uses. */
  readonly slot: number;
  /** Permuted keys, 8 words each. */
  readonly queries: Uint32Array;
  readonly radiusBits: number;
  readonly durationMs: number;
}

/** What it answers. */
export interface LookupTally {
  readonly lookups: number;
  readonly found: number;
}

const { memory, slot, queries, radiusBits, durationMs } = workerData as LookupTask;
const segment = openSegment(memory, slot);
const count = queries.length / HASH_WORDS;
let found = 0;
const lookUp = (i: number): void =>
  segment.search(queries.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS), radiusBits, () => found++);

// The engine compiles hot code better on the way: that is no lookup's time.
for (let i = 0; i < count; i++) lookUp(i);
parentPort?.once('message', () => {
  found = 0;
  let lookups = 0;
  const endMs = performance.now() + durationMs;
  // Threads begin at other queries, so that they do not read the same memory at the same time.
  for (let i = (slot * count) >> 2; performance.now() < endMs; i++, lookups++) lookUp(i % count);
  parentPort?.postMessage({ lookups, found } satisfies LookupTally);
});
parentPort?.postMessage('ready');
