import type { CreditProposal, CreditTier, Eligibility } from '../domain/credit.ts';
import type { Seller } from '../domain/seller.ts';
import type { CreditSettings, TierCriteria } from './settings.ts';

/** What a tier is judged by, at one moment. */
export interface TierFacts {
  readonly score: number;
  readonly penaltyPoints: number;
  /** Whole events' worth of evidence. */
  readonly evidenceMass: number;
  readonly ageDays: number;
  readonly hasStrike: boolean;
  readonly kyb: Seller['kyb'];
}

/** A criterion that is missed, in words and as what is and what was asked for. */
interface MissedCriterion {
  readonly why: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The criteria of `tier` that `facts` miss. */
export const missedCriteria = (tier: TierCriteria, facts: TierFacts): MissedCriterion[] => {
  const missed: MissedCriterion[] = [];
  const { score, penaltyPoints, evidenceMass, ageDays, hasStrike, kyb } = facts;
  const miss = (why: string, values: MissedCriterion['values']): number => missed.push({ why, values });
  const { minScore = 0, maxPenaltyPoints = Number.POSITIVE_INFINITY, minEvidenceMass = 0, minAgeDays = 0 } = tier;
  if (score < minScore) miss(`the score is ${score}, under ${minScore}`, { score, minScore });
  if (penaltyPoints > maxPenaltyPoints)
    miss(`${penaltyPoints} penalty points are in force, more than ${maxPenaltyPoints}`, {
      penaltyPoints,
      maxPenaltyPoints,
    });
  if (evidenceMass < minEvidenceMass)
    miss(`recent evidence is worth ${evidenceMass.toFixed(1)} events, fewer than ${minEvidenceMass}`, {
      evidenceMass,
      minEvidenceMass,
    });
  if (ageDays < minAgeDays)
    miss(`the account is ${ageDays} days old, younger than ${minAgeDays}`, { ageDays, minAgeDays });
  if (hasStrike && !tier.allowsStrike) miss('a strike is in force', { hasStrike: 'true' });
  if (!tier.allowedKyb.includes(kyb)) miss(`the verification of the business is ${kyb.toLowerCase()}`, { kyb });
  return missed;
};

/**
 * Index in `settings.tiers` of the worst tier that any single criterion implies. Criteria only get easier down the
 * list, so the first tier whose criteria all hold is that one; the last asks for nothing.
 */
export const tierIndexOf = (facts: TierFacts, settings: CreditSettings): number =>
  Math.max(
    0,
    settings.tiers.findIndex((tier) => missedCriteria(tier, facts).length === 0),
  );

/** What a seller of the tier may do. */
export const eligibilityOf = (tier: CreditTier, settings: CreditSettings): Eligibility => {
  if (tier === 'SUSPENDED' || tier === 'TERMINATED') return settings.standing[tier];
  const found = settings.tiers.find((one) => one.tier === tier) ?? settings.tiers.at(-1);
  return found === undefined ? settings.standing.SUSPENDED : found.eligibility;
};

/** Steps that the ledger brings to people; it takes none of them itself. */
export const proposeMeasures = (penaltyPoints: number, strikes: number, settings: CreditSettings): CreditProposal[] => {
  const { penalty, strike } = settings;
  const proposals: CreditProposal[] = [];
  const limit = penalty.limits.toSorted((left, right) => right.fromPoints - left.fromPoints);
  const due = limit.find(({ fromPoints }) => penaltyPoints >= fromPoints);
  if (due !== undefined)
    proposals.push({
      step: 'L4',
      limitDays: due.limitDays,
      approvals: due.approvals,
      why: `${penaltyPoints} penalty points: limit features for ${due.limitDays} days.`,
    });
  if (penaltyPoints >= penalty.terminationFromPoints || strikes >= strike.terminationFrom)
    proposals.push({
      step: 'L6',
      approvals: 2,
      why: `${penaltyPoints} penalty points and ${strikes} strikes: two people, one of them legal, decide whether the contract ends.`,
    });
  return proposals;
};
