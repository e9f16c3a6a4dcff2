import type { Clock } from '../../pipeline/ports.ts';

/** The time, and the share of a case's time after which it counts as due soon, as the published rules have it now. */
export interface CaseClock extends Clock {
  warnAt01(): number;
}

/** A moment at which cases are shown. */
export interface CaseMoment {
  readonly nowMs: number;
  readonly warnAt01: number;
}

export const momentOf = (clock: CaseClock, nowMs = clock.nowMs()): CaseMoment => ({
  nowMs,
  warnAt01: clock.warnAt01(),
});
