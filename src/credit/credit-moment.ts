import { dayOf } from './calendar.ts';
import { decayTablePpm } from './decay.ts';
import { countPenalties, countStrikes, type PenaltyCount } from './penalties.ts';
import { qualityOf } from './quality.ts';
import type { ResolvedLedger } from './resolve-ledger.ts';
import type { CreditSettings } from './settings.ts';
import {
  type DayMass,
  type EvidenceSum,
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

/** Q, P, strikes, cap and S of a resolved ledger at `atMs`. */
export const creditAt = (ledger: ResolvedLedger, model: CreditModel, atMs: number): CreditMoment => {
  const { settings } = model;
  const weighed = weighEvidence(ledger.evidence, settings, atMs);
  const days = massByDay(weighed);
  const sum = sumDays(days, model.decayPpm, dayOf(atMs));
  const quality = qualityOfSum(sum, settings);
  const penalty = countPenalties(ledger.penalties, settings.penalty, atMs);
  const strikes = countStrikes(ledger.strikes, settings.strike, atMs);
  const caps = ledger.caps
    .filter((entry) => entry.effectiveAtMs <= atMs && atMs < (entry.expiresAtMs ?? Number.POSITIVE_INFINITY))
    .map((entry) => entry.points);
  const cap = Math.min(MAX_SCORE, strikes > 0 ? settings.strike.cap : MAX_SCORE, ...caps);
  const score = Math.max(0, Math.min(cap, quality - settings.penalty.scorePerPoint * penalty.points));
  return { atMs, weighed, days, sum, quality, penalty, strikes, cap, score };
};
