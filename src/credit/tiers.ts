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

/** The criteria of `tier` that `facts` miss, as sentences. */
export const missedCriteria = (tier: TierCriteria, facts: TierFacts): string[] => {
  const missed: string[] = [];
  if (facts.score < (tier.minScore ?? 0)) missed.push(`the score is ${facts.score}, under ${tier.minScore}`);
  if (facts.penaltyPoints > (tier.maxPenaltyPoints ?? Number.POSITIVE_INFINITY))
    missed.push(`${facts.penaltyPoints} penalty points are in force, more than ${tier.maxPenaltyPoints}`);
  if (facts.evidenceMass < (tier.minEvidenceMass ?? 0))
    missed.push(`recent evidence is worth ${facts.evidenceMass.toFixed(1)} events, fewer than ${tier.minEvidenceMass}`);
  if (facts.ageDays < (tier.minAgeDays ?? 0))
    missed.push(`the account is ${facts.ageDays} days old, younger than ${tier.minAgeDays}`);
  if (facts.hasStrike && !tier.allowsStrike) missed.push('a strike is in force');
  if (!tier.allowedKyb.includes(facts.kyb))
    missed.push(`the verification of the business is ${facts.kyb.toLowerCase()}`);
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
