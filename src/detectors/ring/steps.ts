/** Work that may be laid down after each step, so that whatever else waits is not kept waiting; it returns its result. */
export type Steps<T> = Generator<void, T>;

/** Does the work without laying it down. */
export const runThrough = <T>(steps: Steps<T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
