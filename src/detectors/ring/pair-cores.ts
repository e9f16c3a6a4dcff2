import type { StrongPair } from './strong-pairs.ts';

/** Larger groups than this are not tried whole: they are a market's crowd, and what is in them shows at higher levels. */
const LARGEST_SEED = 3_000;

/**
 * Groups of accounts that are joined by strong pairs so that each has at least k partners in the group, for k from the
 * highest there is down to 2 by halves: thin rings show only in the crowd of their pairs, dense ones at a high k. Seeds
 * come highest k first, then by size, largest first. Cores: Batagelj and Zaveršnik 2003.
 */
export const coreSeeds = (pairs: readonly StrongPair[], minMembers: number): number[][] => {
  const neighbours = neighboursOf(pairs);
  const core = coreNumbers(neighbours);
  let level = Math.max(0, ...core.values());
  const seeds: number[][] = [];
  for (; level >= 2; level = Math.floor(level / 2)) {
    const groups = groupsAt(level, core, neighbours).filter(
      (group) => group.length >= minMembers && group.length <= LARGEST_SEED,
    );
    seeds.push(...groups.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0)));
  }
  return seeds;
};

/** Partners of each account. */
export const neighboursOf = (pairs: readonly StrongPair[]): Map<number, number[]> => {
  const neighbours = new Map<number, number[]>();
  const join = (from: number, to: number): void => {
    const list = neighbours.get(from);
    if (list === undefined) neighbours.set(from, [to]);
    else list.push(to);
  };
  for (const { a, b } of pairs) {
    join(a, b);
    join(b, a);
  }
  return neighbours;
};

/** For each account the largest k such that it is in a group where everybody has k partners. */
export const coreNumbers = (neighbours: ReadonlyMap<number, readonly number[]>): Map<number, number> => {
  const left = new Map([...neighbours].map(([account, partners]) => [account, partners.length]));
  const byDegree: number[][] = [];
  for (const [account, degree] of left) (byDegree[degree] ??= []).push(account);
  const core = new Map<number, number>();
  let level = 0;
  for (let degree = 0; degree < byDegree.length; degree += 1) {
    const here = byDegree[degree] ?? [];
    for (let account = here.pop(); account !== undefined; account = here.pop()) {
      if (core.has(account) || left.get(account) !== degree) continue;
      level = Math.max(level, degree);
      core.set(account, level);
      for (const partner of neighbours.get(account) ?? []) {
        const rest = left.get(partner) ?? 0;
        if (core.has(partner) || rest <= degree) continue;
        left.set(partner, rest - 1);
        (byDegree[rest - 1] ??= []).push(partner);
      }
    }
  }
  return core;
};

const groupsAt = (
  level: number,
  core: ReadonlyMap<number, number>,
  neighbours: ReadonlyMap<number, readonly number[]>,
): number[][] => {
  const seen = new Set<number>();
  const groups: number[][] = [];
  for (const [start, number] of core) {
    if (number < level || seen.has(start)) continue;
    const group = [start];
    seen.add(start);
    for (let i = 0; i < group.length; i += 1) {
      for (const partner of neighbours.get(group[i] ?? 0) ?? []) {
        if (seen.has(partner) || (core.get(partner) ?? 0) < level) continue;
        seen.add(partner);
        group.push(partner);
      }
    }
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
};
