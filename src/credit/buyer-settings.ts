import { z } from 'zod';

/** Standing of a buyer, best to worst. */
export const buyerTier = z.enum(['TRUSTED', 'NORMAL', 'NEW', 'DOUBTFUL', 'UNRELIABLE']);
export type BuyerTier = z.infer<typeof buyerTier>;

const weightPpm = z.int().min(0).max(1_000_000);

/** The standing of buyers; described in `rules/credit.yaml` under `buyer`. */
export const buyerSettings = z.strictObject({
  prior: z.strictObject({ good: z.int().min(1), bad: z.int().min(1) }),
  /** How many bad events one of each counts as. */
  weights: z.strictObject({
    disputeLost: z.int().min(0),
    refundFraud: z.int().min(0),
    reviewRemoved: z.int().min(0),
    extortion: z.int().min(0),
  }),
  trustedFromScore: z.int().min(0).max(1_000),
  trustedFromOrders: z.int().min(0),
  doubtfulBelowScore: z.int().min(0).max(1_000),
  unreliableBelowScore: z.int().min(0).max(1_000),
  newUntilAgeDays: z.int().min(0),
  newUntilOrders: z.int().min(0),
  /** Weight of the buyer's reviews by standing, millionths. */
  reviewWeightPpm: z.record(buyerTier, weightPpm),
});
export type BuyerSettings = z.infer<typeof buyerSettings>;
