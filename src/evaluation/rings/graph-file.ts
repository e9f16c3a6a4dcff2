import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { BipartiteEdges } from '../../detectors/ring/review-graph.ts';
import { AppError } from '../../domain/errors.ts';

/** Reads `user<TAB>item` lines, plain or gzipped; a third column and further are left aside. */
export const readGraphFile = (path: string): BipartiteEdges => {
  const bytes = readFileSync(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const lines = (isGzip ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  const rows: [string, string][] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [user, item] = line.trimEnd().split('\t');
    if (user === undefined || item === undefined) {
      const seen = line.slice(0, 80);
      throw new AppError('item.invalid', `${path}, line ${index + 1}: expected user<TAB>item, got "${seen}"`);
    }
    rows.push([user, item]);
  }
  const userNumbers = numbersOf(rows.map(([user]) => user));
  const itemNumbers = numbersOf(rows.map(([, item]) => item));
  // 2^26 items leave 2^27 users within the whole numbers that a double holds.
  const edges = new Set(
    rows.map(([user, item]) => (userNumbers.get(user) ?? 0) * 2 ** 26 + (itemNumbers.get(item) ?? 0)),
  );
  return graphOf([...edges], userNumbers.size, itemNumbers.size);
};

/** The graph of edges given as user × 2^26 + item. */
export const graphOf = (edges: readonly number[], users: number, items: number): BipartiteEdges => ({
  users,
  items,
  userOf: Int32Array.from(edges, (edge) => Math.floor(edge / 2 ** 26)),
  itemOf: Int32Array.from(edges, (edge) => edge % 2 ** 26),
});

/** Numbers from 0, in order of value where all ids are whole numbers (ties in a peeling go by number), else as they come. */
const numbersOf = (ids: readonly string[]): Map<string, number> => {
  const distinct = [...new Set(ids)];
  if (distinct.every((id) => /^\d{1,15}$/.test(id))) distinct.sort((a, b) => Number(a) - Number(b));
  return new Map(distinct.map((id, number) => [id, number]));
};
