import { z } from 'zod';
import type { CreditLine } from '../domain/credit.ts';
import type { BuyerSettings, BuyerTier } from './buyer-settings.ts';
import { qualityOf } from './quality.ts';

/** What can speak against a buyer, and be appealed against. */
export const standingLine = z.enum(['DISPUTES', 'FRAUD', 'REVIEWS', 'EXTORTION', 'CLUSTER']);
export type StandingLine = z.infer<typeof standingLine>;

/** What is known of a buyer: counts of things that people or order events settled, never suspicions. */
export interface BuyerRecord {
  readonly ageDays: number;
  /** Orders that came to an end. */
  readonly orders: number;
  /** Disputes that were ruled against the buyer. Those ruled against seller, carrier or customs say nothing about them. */
  readonly disputesLost: number;
  /** Confirmed TRD_REFUND_FRAUD and TRD_PROMO_ABUSE. */
  readonly refundFrauds: number;
  readonly reviews: number;
  /** Reviews that people found inauthentic. */
  readonly reviewsRemoved: number;
  /** Confirmed REV_BUYER_EXTORTION: a seller reported it and a person held it right. */
  readonly extortions: number;
  /** Accounts of the buyer's identity cluster, 1 where it stands alone. */
  readonly clusterSize: number;
  /** A person confirmed the cluster as one hand. */
  readonly isClusterConfirmed: boolean;
  /** Appeals that people granted: what was settled until then is in none of the counts. */
  readonly grantedAppeals: readonly { readonly line: StandingLine; readonly atMs: number }[];
}

/** A buyer's standing with everything that makes it; shown to the buyer, who can appeal against each line. */
export interface BuyerStanding {
  /** 0–1000, made like a seller's quality. */
  readonly score: number;
  readonly tier: BuyerTier;
  /** Weight that reviews of this buyer have in a seller's score, millionths; the review itself stays visible. */
  readonly reviewWeightPpm: number;
  readonly lines: readonly CreditLine[];
  /** Something counts against the buyer: this can be appealed. */
  readonly isAppealable: boolean;
  readonly appealableLines: readonly StandingLine[];
}

const PPM = 1_000_000;

interface BadLine {
  readonly line: StandingLine;
  readonly count: number;
  readonly weight: number;
  readonly words: string;
}

const tierOf = (record: BuyerRecord, score: number, settings: BuyerSettings): { tier: BuyerTier; why: string } => {
  if (score < settings.unreliableBelowScore)
    return { tier: 'UNRELIABLE', why: `The score is under ${settings.unreliableBelowScore}.` };
  if (score < settings.doubtfulBelowScore)
    return { tier: 'DOUBTFUL', why: `The score is under ${settings.doubtfulBelowScore}.` };
  if (record.isClusterConfirmed && record.clusterSize > 1)
    return {
      tier: 'DOUBTFUL',
      why: `People confirmed that ${record.clusterSize} accounts are one hand, so they have one standing.`,
    };
  if (record.ageDays < settings.newUntilAgeDays || record.orders < settings.newUntilOrders)
    return { tier: 'NEW', why: `The account is ${record.ageDays} days old and has ${record.orders} orders.` };
  if (score >= settings.trustedFromScore && record.orders >= settings.trustedFromOrders)
    return { tier: 'TRUSTED', why: `${record.orders} orders and a score of ${score}.` };
  return { tier: 'NORMAL', why: 'Nothing special is known.' };
};

/**
 * A buyer's standing from a record of settled things, by the same Beta model as a seller's quality. Lost parcels,
 * returns and refunds that were granted say nothing against a buyer.
 */
export const buyerStanding = (record: BuyerRecord, settings: BuyerSettings): BuyerStanding => {
  const { weights } = settings;
  const bad: readonly BadLine[] = [
    {
      line: 'DISPUTES',
      count: record.disputesLost,
      weight: weights.disputeLost,
      words: 'disputes were ruled against the buyer',
    },
    { line: 'FRAUD', count: record.refundFrauds, weight: weights.refundFraud, words: 'cases of fraud were confirmed' },
    {
      line: 'REVIEWS',
      count: record.reviewsRemoved,
      weight: weights.reviewRemoved,
      words: 'reviews were found inauthentic',
    },
    {
      line: 'EXTORTION',
      count: record.extortions,
      weight: weights.extortion,
      words: 'cases of extortion by a review were confirmed',
    },
  ];
  const badMass = bad.reduce((sum, { count, weight }) => sum + count * weight, 0);
  const goodMass =
    Math.max(0, record.orders - record.disputesLost - record.refundFrauds) +
    Math.max(0, record.reviews - record.reviewsRemoved);
  const qualityWith = (badPart: number): number =>
    qualityOf((settings.prior.good + goodMass) * PPM, (settings.prior.bad + badPart) * PPM);
  const score = qualityWith(badMass);
  const { tier, why } = tierOf(record, score, settings);
  const appealableLines: StandingLine[] = [
    ...bad.filter(({ count }) => count > 0).map(({ line }) => line),
    ...(record.isClusterConfirmed && record.clusterSize > 1 ? (['CLUSTER'] as const) : []),
  ];
  const reviewWeightPpm = settings.reviewWeightPpm[tier];
  return {
    score,
    tier,
    reviewWeightPpm,
    lines: [
      ...bad
        .filter(({ count }) => count > 0)
        .map(({ count, weight, words }): CreditLine => ({
          about: 'SCORE',
          why: `${count} ${words}.`,
          deltaScore: score - qualityWith(badMass - count * weight),
        })),
      { about: 'TIER', why },
      ...record.grantedAppeals.map(({ line, atMs }): CreditLine => ({
        about: 'NOTE',
        why: `An appeal about ${line} was granted on ${new Date(atMs).toISOString().slice(0, 10)}: what was settled before counts no more.`,
      })),
      {
        about: 'NOTE',
        why: `Reviews of this buyer count ${(reviewWeightPpm / 10_000).toFixed(0)} % in a seller's score and stay visible.`,
      },
    ],
    isAppealable: appealableLines.length > 0,
    appealableLines,
  };
};
