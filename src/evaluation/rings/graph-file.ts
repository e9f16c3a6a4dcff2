import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../domain/errors.ts';

/** Who reviewed what, without times: edges in parallel arrays, numbers from 0, each edge once. */
export interface BipartiteGraph {
  readonly users: number;
  readonly items: number;
  readonly userOf: Int32Array;
  readonly itemOf: Int32Array;
}

/** Reads `user<TAB>item` lines, plain or gzipped; a third column and further are left aside. */
export const readGraphFile = (path: string): BipartiteGraph => {
  const bytes = readFileSync(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const lines = (isGzip ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  const userNumbers = new Map<string, number>();
  const itemNumbers = new Map<string, number>();
  const edges = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [user, item] = line.trimEnd().split('\t');
    if (user === undefined || item === undefined) {
      throw new AppError(
        'item.invalid',
        `${path}, line ${index + 1}: expected user<TAB>item, got "${line.slice(0, 80)}"`,
      );
    }
    // 2^26 items leave 2^27 users within the whole numbers that a double holds.
    edges.add(numberOf(userNumbers, user) * 2 ** 26 + numberOf(itemNumbers, item));
  }
  return graphOf([...edges], userNumbers.size, itemNumbers.size);
};

/** The graph of edges given as user × 2^26 + item. */
export const graphOf = (edges: readonly number[], users: number, items: number): BipartiteGraph => ({
  users,
  items,
  userOf: Int32Array.from(edges, (edge) => Math.floor(edge / 2 ** 26)),
  itemOf: Int32Array.from(edges, (edge) => edge % 2 ** 26),
});

const numberOf = (numbers: Map<string, number>, id: string): number => {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
};
