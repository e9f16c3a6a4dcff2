import type { Decision } from '../domain/decision.ts';
import type { StoredCheck } from '../policy/stored-check.ts';

/** Checks that ended within a period, the latest `limit` of them. */
export interface CheckPeriod {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly limit: number;
}

/** What was found and decided, as the database holds it; evidence is left out, since no rule reads it. */
export interface StoredCheckReader {
  /** Pages, newest first. */
  read(period: CheckPeriod): AsyncIterable<readonly StoredCheck[]>;
  /** A check that is done, with the decision as it was written; undefined where there is none. */
  one(checkId: string): Promise<{ readonly check: StoredCheck; readonly decision: Decision } | undefined>;
}
