import type { CreditEntry, CreditEntryDraft, CreditReport, CreditTier } from '../domain/credit.ts';
import type { Seller } from '../domain/seller.ts';
import { type CreditModel, type CreditMoment, creditAt, creditOfDaysBefore, qualityOfSum } from './credit-moment.ts';
import { breakDown, explainTier, tellScore } from './explain-score.ts';
import { canonicalJson, sha256Of } from './hash-chain.ts';
import { type ResolvedLedger, resolveLedger } from './resolve-ledger.ts';
import { eligibilityOf, proposeMeasures, type TierFacts, tierIndexOf } from './tiers.ts';
import { DAY_MS, dayOf } from './calendar.ts';
import { timesPpm } from './decay.ts';
import { sumDays } from './weigh-evidence.ts';

/** What the score needs besides the ledger. */
export interface CreditContext {
  readonly registeredAtMs: number;
  readonly kyb: Seller['kyb'];
  /** What people decided of the seller as a whole. */
  readonly standing?: 'ACTIVE' | 'SUSPENDED' | 'TERMINATED';
}

export interface CreditQuestion {
  readonly sellerLegalId: string;
  /** The moment of which the score is asked. */
  readonly asOfMs: number;
  /** What had been recorded by then is known, nothing later. */
  readonly knownAtMs: number;
  readonly context: CreditContext;
  readonly rulesetDigest: string;
}

/** Age of the account in whole days. */
const ageDaysAt = (context: CreditContext, atMs: number): number =>
  Math.max(0, Math.floor((atMs - context.registeredAtMs) / DAY_MS));

/**
 * Waiting forgives nothing: where a seller with a record has had too few events lately, the score for the tier is not
 * above what it was on the last day with an event. Newcomers, who never had a record, are judged as they stand.
 * Source: weakness two of policy.md section 6 ("tier rises need n_eff ≥ 30 in 180 days").
 */
const scoreForTier = (moment: CreditMoment, model: CreditModel): number => {
  const { rise, penalty } = model.settings;
  const today = dayOf(moment.atMs);
  const neededPpm = rise.minEvidenceMass * 1_000_000;
  let lastDay: number | undefined;
  let recordPpm = 0;
  let recentPpm = 0;
  // From the latest day back, because a busy seller is settled after a few of them.
  for (let index = moment.days.length - 1; index >= 0; index -= 1) {
    const one = moment.days[index];
    if (one === undefined || one.day > today || one.massPpm === 0) continue;
    lastDay ??= one.day;
    recordPpm += one.massPpm;
    if (today - one.day < rise.windowDays) recentPpm += timesPpm(one.massPpm, model.decayPpm[today - one.day] ?? 0);
    if (recentPpm >= neededPpm) return moment.score;
  }
  if (lastDay === undefined || recordPpm < neededPpm) return moment.score;
  const then = qualityOfSum(sumDays(moment.days, model.decayPpm, lastDay), model.settings);
  return Math.min(moment.score, Math.max(0, then - penalty.scorePerPoint * moment.penalty.points));
};

/** What the tier at a moment is judged by. */
const tierFactsAt = (moment: CreditMoment, model: CreditModel, context: CreditContext): TierFacts => ({
  score: scoreForTier(moment, model),
  penaltyPoints: moment.penalty.points,
  evidenceMass: moment.sum.massPpm / 1_000_000,
  ageDays: ageDaysAt(context, moment.atMs),
  hasStrike: moment.strikes > 0,
  kyb: context.kyb,
});

/** The tier of a ledger at a moment, without the explanation: what a nightly replay compares with its snapshot. */
export interface CreditStanding {
  readonly now: CreditMoment;
  readonly facts: TierFacts;
  readonly tier: CreditTier;
  readonly tierNow: CreditTier;
}

/**
 * Score and tier from the moment of asking and the ends of the days before it, the latest first. The tier is the worst
 * of them: it is lost at once and won after standing above for `rise.waitDays`. The days before are looked at as the
 * ledger is known now, so a reversed penalty leaves no trace in the wait either.
 */
export const standingFrom = (
  now: CreditMoment,
  daysBefore: Iterable<CreditMoment>,
  given: { readonly model: CreditModel; readonly context: CreditContext },
): CreditStanding => {
  const { model, context } = given;
  const { settings } = model;
  const facts = tierFactsAt(now, model, context);
  if (context.standing !== undefined && context.standing !== 'ACTIVE')
    return { now, facts, tier: context.standing, tierNow: context.standing };
  const indexNow = tierIndexOf(facts, settings);
  const worst = settings.tiers.length - 1;
  let index = indexNow;
  if (index < worst)
    for (const before of daysBefore) {
      if (before.atMs < context.registeredAtMs) break;
      index = Math.max(index, tierIndexOf(tierFactsAt(before, model, context), settings));
      if (index === worst) break;
    }
  const tierAt = (position: number): CreditTier => settings.tiers[position]?.tier ?? 'RESTRICTED';
  return { now, facts, tier: tierAt(index), tierNow: tierAt(indexNow) };
};

/** Score and tier of a resolved ledger, without the explanation. */
export const standingOf = (ledger: ResolvedLedger, model: CreditModel, question: CreditQuestion): CreditStanding => {
  const now = creditAt(ledger, model, question.asOfMs);
  const daysBefore = creditOfDaysBefore(now, ledger, model, model.settings.rise.waitDays);
  return standingFrom(now, daysBefore, { model, context: question.context });
};

/**
 * Digest of everything that the report depends on besides the rules. The order of the entries does not matter; a
 * chained entry stands for itself by its hash.
 */
const digestInputs = (entries: readonly (CreditEntryDraft | CreditEntry)[], question: CreditQuestion): string => {
  const known = entries.filter((entry) => entry.recordedAtMs <= question.knownAtMs);
  const digests = known.map((entry) => ('hash' in entry ? entry.hash : sha256Of(canonicalJson(entry))));
  const { sellerLegalId, asOfMs, knownAtMs, context } = question;
  const unique = [...new Set(digests)].toSorted();
  return sha256Of(canonicalJson({ sellerLegalId, asOfMs, knownAtMs, context, entries: unique }));
};

/**
 * The credit of a legal entity at a moment, as far as it was known at another: a pure function of ledger, rules and
 * question. `entries` may come in any order, twice, and with the penalties of linked entities.
 */
export const scoreLedger = (
  entries: readonly (CreditEntryDraft | CreditEntry)[],
  model: CreditModel,
  question: CreditQuestion,
): CreditReport => {
  const { settings } = model;
  const ledger = resolveLedger(entries, question);
  const { now, facts, tier, tierNow } = standingOf(ledger, model, question);
  return {
    sellerLegalId: question.sellerLegalId,
    score: now.score,
    quality: now.quality,
    tier,
    tierNow,
    eligibility: eligibilityOf(tier, settings),
    lines: [...tellScore(now, settings), ...explainTier({ tier, tierNow, facts }, settings)],
    breakdown: breakDown(now, model),
    penalties: [...now.penalty.lines],
    cap: now.cap,
    evidenceMass: facts.evidenceMass,
    penaltyPoints: now.penalty.points,
    strikes: now.strikes,
    proposals: proposeMeasures(now.penalty.points, now.strikes, settings),
    asOfMs: question.asOfMs,
    knownAtMs: question.knownAtMs,
    rulesetDigest: question.rulesetDigest,
    inputsSha256: digestInputs(entries, question),
  };
};
