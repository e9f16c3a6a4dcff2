import { z } from 'zod';
import { creditTier, eligibility, reviewDimension } from '../domain/credit.ts';
import { faultParty, logisticsReason } from '../domain/order.ts';
import { currencyCode } from '../domain/primitives.ts';
import { kybStatus } from '../domain/seller.ts';
import { buyerSettings } from './buyer-settings.ts';
import { kybSettings } from './kyb-settings.ts';

const days = z.int().min(1).max(3_650);
const score = z.int().min(0).max(1_000);

/** What a tier asks for; a seller has the worst tier that any single criterion implies. */
const tierCriteria = z.strictObject({
  tier: creditTier.exclude(['SUSPENDED', 'TERMINATED']),
  /** Smallest score; absent: any. */
  minScore: score.optional(),
  /** Greatest number of penalty points in force; absent: any. */
  maxPenaltyPoints: z.int().min(0).optional(),
  /** Smallest evidence mass; absent: any. */
  minEvidenceMass: z.number().min(0).optional(),
  /** Smallest age of the account in days; absent: any. */
  minAgeDays: z.int().min(0).optional(),
  /** Whether a seller with a strike in force may have the tier. */
  allowsStrike: z.boolean(),
  /** States of the business verification with which the tier may be had. */
  allowedKyb: z.array(kybStatus).min(1),
  eligibility,
});
export type TierCriteria = z.infer<typeof tierCriteria>;

const isOrdered = (tiers: readonly TierCriteria[]): boolean => {
  const hardness = (tier: TierCriteria) => [
    tier.minScore ?? 0,
    -(tier.maxPenaltyPoints ?? Number.MAX_SAFE_INTEGER),
    tier.minEvidenceMass ?? 0,
    tier.minAgeDays ?? 0,
    tier.allowsStrike ? 0 : 1,
    -tier.allowedKyb.length,
  ];
  const isEasier = tiers.every((tier, index) => {
    const better = tiers[index - 1];
    if (better === undefined) return true;
    const betterHardness = hardness(better);
    return hardness(tier).every((value, criterion) => value <= (betterHardness[criterion] ?? 0));
  });
  const last = tiers.at(-1);
  return isEasier && last !== undefined && hardness(last).join() === [0, -Number.MAX_SAFE_INTEGER, 0, 0, 0, -4].join();
};

/** Feature limits that a number of penalty points brings to a person. */
const limitStep = z.strictObject({
  fromPoints: z.int().min(1),
  limitDays: days,
  /** People who must agree. */
  approvals: z.int().min(1).max(2),
});

/** The credit model of policy.md section 6; every value is described in `rules/credit.yaml`. */
export const creditSettings = z
  .strictObject({
    prior: z.strictObject({ good: z.int().min(1).max(1_000), bad: z.int().min(1).max(1_000) }),
    decay: z.strictObject({ halfLifeDays: days, horizonDays: days }),
    pair: z.strictObject({
      firstInDays: days,
      maxPerMonth: z.int().min(1),
      /** Orders below this many minor units of the currency weigh nothing. */
      minOrderMinor: z.record(currencyCode, z.int().min(0)),
    }),
    quarantineDays: days,
    undetermined: z.strictObject({ waitDays: days, presumed: faultParty.exclude(['UNDETERMINED']) }),
    penalty: z.strictObject({
      scorePerPoint: z.int().min(0),
      validDays: days,
      seriousFromPoints: z.int().min(1),
      generalMaxPerDay: z.int().min(1),
      seriousWindowDays: days,
      /** Factor for the first, second, … of one type, in percent; the last holds for all further. */
      repeatPercent: z.array(z.int().min(100)).min(1),
      terminationFromPoints: z.int().min(1),
      limits: z.array(limitStep).min(1),
    }),
    strike: z.strictObject({
      validDays: days,
      cap: score,
      windowDays: days,
      terminationFrom: z.int().min(1),
      /** Versions of older releases do not say it, and did not do it. */
      whileKyb: z.array(kybStatus).default([]),
    }),
    /** Best first. The last asks for nothing, so that every seller has a tier. */
    tiers: z.array(tierCriteria).min(1).refine(isOrdered, {
      error: 'must go from the best to the worst tier, no criterion getting harder, the last without criteria',
    }),
    standing: z.strictObject({ SUSPENDED: eligibility, TERMINATED: eligibility }),
    rise: z.strictObject({ waitDays: days, minEvidenceMass: z.number().min(0), windowDays: days }),
    breakdownSize: z.int().min(1).max(100),
    fault: z.strictObject({
      /** Grace after the promised handling time until the carrier's first scan is late. */
      scanGraceHours: z.int().min(0),
      /** What an incident alone speaks for, unless the seller's own part fails. */
      incidentParty: z.partialRecord(logisticsReason, faultParty),
    }),
    buyer: buyerSettings,
    kyb: kybSettings,
    review: z.strictObject({
      /** Weight of a review without an order, millionths of an event. */
      withoutOrderPpm: z.int().min(0).max(1_000_000),
      /** Up to so many stars a review is a complaint. */
      complaintMaxStars: z.int().min(1).max(5),
      /** What a review without a recognised subject speaks of. */
      dimensionOfSilence: reviewDimension,
    }),
  })
  .meta({ id: 'CreditSettings' });
export type CreditSettings = z.infer<typeof creditSettings>;
