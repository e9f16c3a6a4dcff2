import { type ShareInterval, shareOf } from './share-interval.ts';
import { isConfirmed, type StoredCheck } from './stored-check.ts';

/** How one rule has done. */
export interface RuleScore {
  readonly ruleId: string;
  readonly fired: number;
  /** People looked and held it right. */
  readonly confirmed: number;
  /** People looked and held it wrong. */
  readonly rejected: number;
  /** First confirmed, then an appeal was won. */
  readonly overturned: number;
  /** Confirmed of judged, with its interval. */
  readonly precision: ShareInterval;
  /** Precision of each full week before `nowMs`, oldest first. */
  readonly weeks: readonly ShareInterval[];
  /** RISING or FALLING only where the intervals of the first and the last half of the weeks do not overlap. */
  readonly trend: 'RISING' | 'FALLING' | 'STEADY' | 'UNKNOWN';
}

export interface Scoreboard {
  add(check: StoredCheck): void;
  report(): readonly RuleScore[];
}

const WEEK_MS = 7 * 86_400_000;
const WEEKS = 8;

interface Tally {
  fired: number;
  confirmed: number;
  rejected: number;
  overturned: number;
  readonly weeks: { hits: number; of: number }[];
}

const trendOf = (weeks: readonly { readonly hits: number; readonly of: number }[]): RuleScore['trend'] => {
  const sum = (part: readonly { readonly hits: number; readonly of: number }[]): ShareInterval =>
    shareOf(
      part.reduce((all, { hits }) => all + hits, 0),
      part.reduce((all, { of }) => all + of, 0),
    );
  const early = sum(weeks.slice(0, WEEKS / 2));
  const late = sum(weeks.slice(WEEKS / 2));
  if (early.of === 0 || late.of === 0) return 'UNKNOWN';
  if (late.low01 > early.high01) return 'RISING';
  return late.high01 < early.low01 ? 'FALLING' : 'STEADY';
};

/** Scores of the rules over stored checks; sorted by rule id. Checks may come in any order. */
export const createScoreboard = (nowMs: number): Scoreboard => {
  const tallies = new Map<string, Tally>();
  return {
    add: (check) => {
      const confirmed = isConfirmed(check);
      const week = WEEKS - 1 - Math.floor((nowMs - check.context.nowMs) / WEEK_MS);
      for (const ruleId of check.decided?.firedRuleIds ?? []) {
        const tally: Tally = tallies.get(ruleId) ?? {
          fired: 0,
          confirmed: 0,
          rejected: 0,
          overturned: 0,
          weeks: Array.from({ length: WEEKS }, () => ({ hits: 0, of: 0 })),
        };
        tallies.set(ruleId, tally);
        tally.fired += 1;
        if (check.verdict === 'CONFIRMED' && check.isOverturned) tally.overturned += 1;
        if (confirmed === undefined) continue;
        if (confirmed) tally.confirmed += 1;
        else tally.rejected += 1;
        const inWeek = tally.weeks[week];
        if (inWeek === undefined) continue;
        inWeek.of += 1;
        if (confirmed) inWeek.hits += 1;
      }
    },
    report: () =>
      [...tallies]
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([ruleId, { weeks, ...tally }]) => ({
          ruleId,
          ...tally,
          precision: shareOf(tally.confirmed, tally.confirmed + tally.rejected),
          weeks: weeks.map(({ hits, of }) => shareOf(hits, of)),
          trend: trendOf(weeks),
        })),
  };
};
