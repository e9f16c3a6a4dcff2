import { DAY_MS, dayOf } from './calendar.ts';
import { decayTablePpm } from './decay.ts';
import { countPenalties, countStrikes, type PenaltyCount } from './penalties.ts';
import { qualityOf } from './quality.ts';
import type { ResolvedLedger } from './resolve-ledger.ts';
import type { CreditSettings } from './settings.ts';
import {
  type DayMass,
  type EvidenceSum,
  isSteadyBetween,
  massByDay,
  sumDays,
  type WeighedEvidence,
  weighEvidence,
} from './weigh-evidence.ts';

/** Credit settings with the decay table worked out. */
export interface CreditModel {
  readonly settings: CreditSettings;
  readonly decayPpm: readonly number[];
}

export const createCreditModel = (settings: CreditSettings): CreditModel => ({
  settings,
  decayPpm: decayTablePpm(settings.decay.halfLifeDays, settings.decay.horizonDays),
});

const MAX_SCORE = 1_000;

/** Everything that makes the score at one moment. */
export interface CreditMoment {
  readonly atMs: number;
  readonly weighed: readonly WeighedEvidence[];
  /** Sorted; days after `atMs` may be among them and count nothing. */
  readonly days: readonly DayMass[];
  readonly sum: EvidenceSum;
  readonly quality: number;
  readonly penalty: PenaltyCount;
  readonly strikes: number;
  readonly cap: number;
  readonly score: number;
}

/** Q of a sum of evidence on top of the prior. */
export const qualityOfSum = (sum: EvidenceSum, settings: CreditSettings): number =>
  qualityOf(settings.prior.good * 1_000_000 + sum.goodPpm, settings.prior.bad * 1_000_000 + sum.badPpm);

/** Q, P, strikes, cap and S at `atMs` of evidence that is weighed and summed by day. */
export const momentOf = (
  ledger: Omit<ResolvedLedger, 'evidence'>,
  model: CreditModel,
  given: { readonly atMs: number; readonly weighed: readonly WeighedEvidence[]; readonly days: readonly DayMass[] },
): CreditMoment => {
  const { settings } = model;
  const { atMs, days } = given;
  const sum = sumDays(days, model.decayPpm, dayOf(atMs));
  const quality = qualityOfSum(sum, settings);
  const penalty = countPenalties(ledger.penalties, settings.penalty, atMs);
  // Forged papers are at least one strike while they stand; where people confirmed them as a violation, the ledger has it.
  const strikes = Math.max(
    countStrikes(ledger.strikes, settings.strike, atMs),
    settings.strike.whileKyb.includes(ledger.kyb) ? 1 : 0,
  );
  let cap = strikes > 0 ? Math.min(MAX_SCORE, settings.strike.cap) : MAX_SCORE;
  for (const entry of ledger.caps)
    if (entry.effectiveAtMs <= atMs && atMs < (entry.expiresAtMs ?? Number.POSITIVE_INFINITY))
      cap = Math.min(cap, entry.points);
  const score = Math.max(0, Math.min(cap, quality - settings.penalty.scorePerPoint * penalty.points));
  return { ...given, sum, quality, penalty, strikes, cap, score };
};

/** Q, P, strikes, cap and S of a resolved ledger at `atMs`. */
export const creditAt = (ledger: ResolvedLedger, model: CreditModel, atMs: number): CreditMoment => {
  const weighed = weighEvidence(ledger.evidence, model.settings, atMs);
  return momentOf(ledger, model, { atMs, weighed, days: massByDay(weighed) });
};

/** The last millisecond of the UTC day `daysAgo` days before that of `atMs`. */
export const endOfDayBefore = (atMs: number, daysAgo: number): number => (dayOf(atMs) - daysAgo + 1) * DAY_MS - 1;

/**
 * The credit at the ends of the `count` days before that of `now`, the latest first. Where nothing changed its weight
 * in between, the days of `now` are summed again and nothing is weighed anew.
 */
export function* creditOfDaysBefore(
  now: CreditMoment,
  ledger: ResolvedLedger,
  model: CreditModel,
  count: number,
): Generator<CreditMoment> {
  const span = { fromMs: endOfDayBefore(now.atMs, count), untilMs: now.atMs };
  const isSteady = isSteadyBetween(ledger.evidence, model.settings, span);
  for (let daysAgo = 1; daysAgo <= count; daysAgo += 1) {
    const atMs = endOfDayBefore(now.atMs, daysAgo);
    if (!isSteady) yield creditAt(ledger, model, atMs);
    else yield momentOf(ledger, model, { atMs, weighed: [], days: now.days });
  }
}
