import type { Clock } from './ports.ts';

export interface QuarantineStore {
  /** Gives back up to `limit` reviews whose time aside has ended undecided, with the score they carry; gives how many. */
  release(nowMs: number, limit: number, rulesetDigest: string): Promise<number>;
}

/** Reviews of one transaction. */
const RELEASE_ROUND = 200;

/** Lets reviews count again that nobody decided on in time: an accusation that nobody confirms must not last. */
export async function releaseQuarantine(
  ports: { readonly quarantine: QuarantineStore; readonly clock: Clock },
  rulesetDigest: string,
): Promise<number> {
  let released = 0;
  for (;;) {
    const count = await ports.quarantine.release(ports.clock.nowMs(), RELEASE_ROUND, rulesetDigest);
    released += count;
    if (count < RELEASE_ROUND) return released;
  }
}
