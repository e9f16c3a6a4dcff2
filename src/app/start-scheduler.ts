import type { Runtime } from './runtime.ts';

/** Sweeps find what no single check could; new rings are mostly found at once by their reviews' own checks. */
const SWEEP_EVERY_MS = 5 * 60_000;

const DAY_MS = 24 * 3_600_000;

/** Plans the periodic jobs. The plan lives in the queue, so it may be made by any number of processes. */
export async function startScheduler({ queues }: Runtime): Promise<void> {
  await queues.schedule('nightly', 'nightly', DAY_MS, { reason: 'schedule' });
  await queues.schedule('picture-renewal', 'picture-renewal', DAY_MS, { afterSha256: '' });
  await queues.schedule('ring-sweep', 'ring-sweep', SWEEP_EVERY_MS, { reason: 'schedule' });
}
