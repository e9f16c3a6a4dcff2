/** A source of chance that gives the same numbers for the same seed on every machine. */
export interface SeededRandom {
  /** A number from 0 up to, not including, 1. */
  next01(): number;
  /** A number between the two bounds. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability01: number): boolean;
  /** One of the list. The list must not be empty. */
  pick<Item>(list: readonly Item[]): Item;
  /** `count` different ones of the list, in random order; all of them where the list is shorter. */
  sample<Item>(list: readonly Item[], count: number): Item[];
  /** A source of its own for a part of the work, so that a change in one part leaves the others as they were. */
  fork(name: string): SeededRandom;
}

/** FNV-1a, 32 bits: spreads a name over the seeds. Source: Fowler, Noll, Vo, draft-eastlake-fnv. */
const hashName = (name: string, start: number): number => {
  let hash = (0x811c9dc5 ^ start) >>> 0;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
};

/** Makes a source of chance from a whole number. Source of the steps: mulberry32, 2^32 states, public domain. */
export const createSeededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0;
  const next01 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next01() * (high - low + 1));
  return {
    next01,
    integer,
    between: (low, high) => low + next01() * (high - low),
    chance: (probability01) => next01() < probability01,
    pick: (list) => {
      const chosen = list[integer(0, list.length - 1)];
      if (chosen === undefined) throw new RangeError('cannot pick from an empty list');
      return chosen;
    },
    sample: (list, count) => {
      const rest = [...list];
      const taken: (typeof rest)[number][] = [];
      while (rest.length > 0 && taken.length < count) {
        taken.push(...rest.splice(integer(0, rest.length - 1), 1));
      }
      return taken;
    },
    fork: (name) => createSeededRandom(hashName(name, seed)),
  };
};
