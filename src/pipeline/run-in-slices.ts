/** How long work goes on before it makes room, and how it does so. */
export interface Slicing {
  readonly sliceMs: number;
  /** Any clock that only goes forward. */
  readonly monotonicMs: () => number;
  /** Resolves once everything else that waited has had its turn. */
  readonly makeRoom: () => Promise<void>;
}

/**
 * Does work in slices of time: whoever else works in the process waits for one slice and the step that ends it, not for
 * the whole. What the work reads may change between slices.
 */
export async function runInSlices<T>(
  steps: Generator<void, T>,
  { sliceMs, monotonicMs, makeRoom }: Slicing,
): Promise<T> {
  let sinceMs = monotonicMs();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (monotonicMs() - sinceMs < sliceMs) continue;
    await makeRoom();
    sinceMs = monotonicMs();
  }
}
