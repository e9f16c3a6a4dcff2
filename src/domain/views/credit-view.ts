import { z } from 'zod';
import { creditLine, creditTier } from '../credit.ts';
import { externalId, wellFormedText } from '../primitives.ts';
import { instant } from './check-view.ts';

/** Days on which a seller stood worse than it should have, by entries that were reversed since. */
export const lostWindowsView = z
  .strictObject({
    periods: z.array(
      z.strictObject({
        from: instant,
        until: instant,
        wasTier: creditTier,
        rightTier: creditTier,
        lost: z.array(z.enum(['CAMPAIGNS', 'RECOMMENDATIONS', 'PUBLICATION'])),
      }),
    ),
    /** Of the campaigns that were asked about, those that the seller missed. */
    campaigns: z.array(z.strictObject({ id: z.string(), from: instant, until: instant })),
  })
  .meta({ id: 'LostWindows' });

/** The marketplace's campaigns, to ask which of them a seller missed. */
export const campaignsBody = z.strictObject({
  campaigns: z
    .array(z.strictObject({ id: externalId, from: instant, until: instant }))
    .max(1_000)
    .default([]),
});

export const kybDutyView = z
  .strictObject({
    law: z.enum(['INFORM', 'DSA_30']),
    duty: z.enum(['COLLECT', 'VERIFY', 'RECERTIFY', 'DISCLOSE', 'BEFORE_TRADING']),
    dueAt: instant,
    isOverdue: z.boolean(),
    why: z.string(),
  })
  .meta({ id: 'KybDuty' });

/** A buyer's standing, with everything that makes it. */
const standingLine = z.enum(['DISPUTES', 'FRAUD', 'REVIEWS', 'EXTORTION', 'CLUSTER']);

/** What a buyer says against their standing. */
export const standingAppealBody = z
  .strictObject({
    statement: wellFormedText(4_000).min(10),
    /** The lines that are disputed; empty: everything that counts against the buyer. */
    about: z.array(standingLine).max(5).default([]),
  })
  .meta({ id: 'StandingAppealRequest' });

export const standingAppealView = z
  .strictObject({
    id: z.string(),
    accountId: z.string(),
    about: z.array(standingLine),
    statement: z.string(),
    state: z.enum(['OPEN', 'GRANTED', 'REJECTED']),
    submittedAt: instant,
    decidedAt: instant.optional(),
  })
  .meta({ id: 'StandingAppeal' });

export const buyerStandingView = z
  .strictObject({
    accountId: z.string(),
    score: z.int().min(0).max(1_000),
    tier: z.enum(['TRUSTED', 'NORMAL', 'NEW', 'DOUBTFUL', 'UNRELIABLE']),
    /** Weight of the buyer's reviews in a seller's score, millionths; the reviews themselves stay visible. */
    reviewWeightPpm: z.int(),
    lines: z.array(creditLine),
    isAppealable: z.boolean(),
    appealableLines: z.array(standingLine),
    /** Newest first. */
    appeals: z.array(standingAppealView),
    /** Counts of settled things; suspicions are left out. */
    record: z.strictObject({
      ageDays: z.int(),
      orders: z.int(),
      disputesLost: z.int(),
      refundFrauds: z.int(),
      reviews: z.int(),
      reviewsRemoved: z.int(),
      extortions: z.int(),
      clusterSize: z.int(),
      isClusterConfirmed: z.boolean(),
      /** What was settled until then is in none of the counts. */
      grantedAppeals: z.array(z.strictObject({ line: standingLine, at: instant })),
    }),
  })
  .meta({ id: 'BuyerStanding' });

/** What a seller says of a buyer who demands something for a review. */
export const extortionReportBody = z.strictObject({
  statement: wellFormedText(4_000).min(10),
  quotes: z.array(wellFormedText(2_000).min(1)).max(20).default([]),
});

/** What a change of credit.yaml does to tiers and scores. */
export const creditSimulationView = z
  .strictObject({
    sellers: z.int(),
    moved: z.int(),
    tiers: z.record(z.string(), z.strictObject({ before: z.int(), after: z.int() })),
    moves: z.record(z.string(), z.int()),
    histogram: z.array(z.strictObject({ fromScore: z.int(), before: z.int(), after: z.int() })),
    examples: z.array(
      z.strictObject({
        sellerLegalId: z.string(),
        from: creditTier,
        to: creditTier,
        scoreBefore: z.int(),
        scoreAfter: z.int(),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'CreditSimulation' });
export type CreditSimulationView = z.infer<typeof creditSimulationView>;
