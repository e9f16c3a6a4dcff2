import {
  contentKeyOf,
  knownSlice,
  peelSlice,
  resumeSlicedPeel,
  reviewsWithin,
  slicesBetween,
  withSlice,
  type SlicedPeelProgress,
} from '../detectors/ring/sliced-peel.ts';
import type { RingState } from '../detectors/ring/ring-state.ts';
import type { RingSettings } from '../detectors/ring/settings.ts';
import type { Steps } from '../detectors/ring/steps.ts';
import { runInSlices, type Slicing } from './run-in-slices.ts';

/** Keeps how far the sweep over slices of time has come. */
export interface SweepProgressStore {
  load(): Promise<SlicedPeelProgress | undefined>;
  save(progress: SlicedPeelProgress, nowMs: number): Promise<void>;
}

/** Groups of accounts to begin a search at, and how much work they took. */
export interface PeeledSeeds {
  readonly seedGroups: readonly (readonly string[])[];
  readonly peeled: number;
  /** Slices that held the same reviews as when they were peeled last. */
  readonly reused: number;
}

/**
 * Peels, in slices of work, those slices of time whose reviews have changed since they were peeled last. Progress is stored after each slice,
 * so a crash costs one slice and the next sweep goes on from there. A slice that has begun to expire stays as it was peeled
 * when it was whole.
 */
export async function peelChangedSlices(
  { state, settings, nowMs }: { readonly state: RingState; readonly settings: RingSettings; readonly nowMs: number },
  progress: SweepProgressStore,
  slicing: Slicing,
): Promise<PeeledSeeds> {
  const inSlices = <T>(steps: Steps<T>): Promise<T> => runInSlices(steps, slicing);
  const horizonStartMs = nowMs - state.options.horizonMs;
  let known = resumeSlicedPeel(await progress.load(), settings);
  const seedGroups: (readonly string[])[] = [];
  let peeled = 0;
  let reused = 0;
  for (const span of slicesBetween(horizonStartMs, nowMs, settings)) {
    const inside = await inSlices(reviewsWithin(span, state));
    const whole = known.slices.find(({ fromMs }) => fromMs === span.fromMs && span.fromMs < horizonStartMs);
    let slice = whole ?? knownSlice(known, span, await inSlices(contentKeyOf(inside)));
    if (slice === undefined) {
      slice = await inSlices(peelSlice(span, inside, settings));
      known = withSlice(known, slice, horizonStartMs);
      await progress.save(known, nowMs);
      peeled += 1;
    } else reused += 1;
    seedGroups.push(...slice.blocks.map(({ accountIds }) => accountIds));
  }
  return { seedGroups, peeled, reused };
}
