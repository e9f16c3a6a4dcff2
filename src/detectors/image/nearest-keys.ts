import { HASH_WORDS } from './hash256.ts';
import { allocateMemory, bindKernel, PAGE_BYTES } from './wasm-memory.ts';

/** Tells of each query key, in order, which key is nearest to it and how far. */
export type NearestVisitor = (query: number, key: number, distanceBits: number) => void;

const memory = allocateMemory(4 * PAGE_BYTES);
const kernel = bindKernel(memory);
let words = new Uint32Array(memory.buffer);

/** Finds for each of the queries the nearest of the keys; of equally near ones the first. Nothing where there are no keys. */
export function findNearestKeys(queries: Uint32Array, keys: Uint32Array, visit: NearestVisitor): void {
  const queryCount = queries.length / HASH_WORDS;
  const keyCount = keys.length / HASH_WORDS;
  if (keyCount === 0) return;
  const keysWord = queries.length;
  const outWord = keysWord + keys.length;
  const missingBytes = (outWord + 2 * queryCount) * 4 - words.byteLength;
  if (missingBytes > 0) {
    memory.grow(Math.ceil(missingBytes / PAGE_BYTES));
    words = new Uint32Array(memory.buffer);
  }
  words.set(queries, 0);
  words.set(keys, keysWord);
  kernel.nearest(0, queryCount, keysWord * 4, keyCount, outWord * 4);
  for (let i = 0; i < queryCount; i++) {
    visit(i, words[outWord + 2 * i] as number, words[outWord + 2 * i + 1] as number);
  }
}
