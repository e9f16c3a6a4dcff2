/** Repeatable randomness of a protocol run. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  /** Exponential with this mean. */
  exponential(mean: number): number;
  /** `count` different whole numbers in [0, below). */
  distinct(count: number, below: number): number[];
}

/** mulberry32 (public domain, T. Ettinger): 32 bits of state, good enough to place rings. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    exponential: (mean) => -mean * Math.log(1 - next()),
    distinct: (count, limit) => {
      const chosen = new Set<number>();
      while (chosen.size < Math.min(count, limit)) chosen.add(below(limit));
      return [...chosen];
    },
  };
};
