/** Lets at most so many tasks run at once; the others wait in order. */
export interface ConcurrencyGate {
  run<T>(task: () => Promise<T>): Promise<T>;
  readonly running: number;
  readonly waiting: number;
}

/** A gate for `limit` tasks. A decoder's memory is bounded by `limit` times the largest picture. */
export function createConcurrencyGate(limit: number): ConcurrencyGate {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting.length;
    },
    async run(task) {
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        // The place is handed on, not given up, so that no newcomer slips in between.
        if (next === undefined) running--;
        else next();
      }
    },
  };
}
