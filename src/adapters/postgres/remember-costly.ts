/** An answer is computed anew after so many times what it took: figures take a fiftieth of a core at most. */
const TIMES_ITS_COST = 50;
/** What takes less than this is computed each time: small installations see every change at once. */
const CHEAP_MS = 40;
/** Questions that are kept; more of them come only from many people with bounds of their own. */
const MAX_KEPT = 200;

interface Kept<Answer> {
  answer: Promise<Answer>;
  doneMs: number;
  tookMs: number;
  isRunning: boolean;
}

/**
 * Keeps answers that cost much to compute, by question. Whoever asks while one is being computed waits for the same; an
 * answer that has grown old is given once more while the next is computed. Faults are not kept.
 *
 * @param now milliseconds of a clock that only goes on
 */
export function rememberCostly<Answer>(
  compute: (key: string) => Promise<Answer>,
  now: () => number = () => performance.now(),
): (key: string) => Promise<Answer> {
  const kept = new Map<string, Kept<Answer>>();
  const start = (key: string): Kept<Answer> => {
    const startMs = now();
    const entry: Kept<Answer> = { answer: compute(key), doneMs: startMs, tookMs: 0, isRunning: true };
    entry.answer.then(
      () => {
        entry.doneMs = now();
        entry.tookMs = entry.doneMs - startMs;
        entry.isRunning = false;
        kept.delete(key);
        if (entry.tookMs < CHEAP_MS) return;
        kept.set(key, entry);
        for (const oldest of [...kept.keys()].slice(0, kept.size - MAX_KEPT)) kept.delete(oldest);
      },
      () => kept.delete(key),
    );
    return entry;
  };
  const renewing = new Set<string>();
  return (key) => {
    const known = kept.get(key);
    if (known === undefined) {
      const first = start(key);
      kept.set(key, first);
      return first.answer;
    }
    const isOld = !known.isRunning && now() - known.doneMs >= TIMES_ITS_COST * known.tookMs;
    if (isOld && !renewing.has(key)) {
      renewing.add(key);
      const { answer } = start(key);
      void answer.then(
        () => renewing.delete(key),
        () => renewing.delete(key),
      );
    }
    return known.answer;
  };
}
