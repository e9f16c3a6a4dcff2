import { z } from 'zod';
import { networkClass } from '../../domain/account.ts';

const nats = z.number().min(0).max(20);
const share01 = z.number().min(0).max(1);

/** How much one shared identifier of a kind says. */
const linkKind = z.strictObject({
  /** Log-likelihood ratio of two accounts sharing a rare value, in nats. */
  nats,
  /** Up to so many accounts the value speaks with full weight. */
  fullUntilSharers: z.int().min(2),
  /** From so many accounts on the value is a hub and says nothing. */
  hubFromSharers: z.int().min(3),
  /** After so many days between the two accounts' last use of the value its weight is halved. */
  halfLifeDays: z.number().positive(),
});

/** Schema of `rules/account.yaml`. The meaning and source of each value is beside it in the file. */
export const accountSettings = z.strictObject({
  links: z.strictObject({
    kinds: z.strictObject({
      DEVICE: linkKind,
      PAYMENT: linkKind,
      ADDRESS: linkKind,
      PHONE: linkKind,
      EMAIL: linkKind,
      IP: linkKind,
      SUBNET: linkKind,
    }),
    networkFactors: z.strictObject({
      RESIDENTIAL: share01,
      BUSINESS: share01,
      MOBILE: share01,
      RELAY: share01,
      VPN: share01,
      HOSTING: share01,
      TOR: share01,
      PRIVATE: share01,
      UNKNOWN: share01,
    }),
    minEdgeNats: nats,
    bridgeSideAccounts: z.int().min(2),
    bridgeKeepNats: nats,
    maxClusterAccounts: z.int().min(10).max(100_000),
  }),
  cluster: z.strictObject({
    minGroups: z.int().min(1),
    minBehaviours: z.int().min(1),
    minCoverage01: share01,
    groupNats: z.strictObject({
      DEVICE: nats,
      PAYMENT: nats,
      PHONE: nats,
      EMAIL: nats,
      PLACE: nats,
      EXIT: nats,
    }),
    burst: z.strictObject({
      windowHours: z.number().positive(),
      natsPerAccount: nats,
      capNats: nats,
    }),
    behaviourCapNats: nats,
    /** Kinds of behaviour that add their nats but are not the behaviour that a cluster needs. */
    supportingBehaviours: z.array(z.string().regex(/^[A-Z_]+$/)),
    anonymousBoost01: share01,
    household: z.strictObject({
      maxAccounts: z.int().min(2),
      reliefNats: nats,
      maxHiddenShare01: share01,
      identityCapNats: nats,
      burstCapNats: nats,
      /** Taken off where every member has a device, card or telephone that nobody else uses; in part where some have. */
      ownMeansNats: z.strictObject({ DEVICE: nats, PAYMENT: nats, PHONE: nats }),
    }),
    sizeNatsPerAccount: nats,
    sizeCapNats: nats,
    offsetNats: z.number(),
    slope: z.number().positive(),
    minProbability01: share01,
  }),
  coReview: z.strictObject({ natsPerListing: nats, capNats: nats }),
  goods: z.strictObject({
    natsEach: nats,
    /** What one that is nearly the same says. */
    nearNatsEach: nats,
    /** Probability of a match from which on two pictures are nearly the same. */
    minPicture01: share01,
    /** Share of common text from which on two descriptions are nearly the same. */
    minText01: share01,
    capNats: nats,
    /** Pictures and texts that more sellers show are everybody's. */
    maxSellers: z.int().min(2),
    /** Characters of a description below which it says nothing. */
    minTextChars: z.int().min(20),
  }),
  sessions: z.strictObject({
    timing: z.strictObject({
      withinMinutes: z.number().positive(),
      minTogether: z.int().min(2),
      rhythmFactor: z.number().min(1),
      capNats: nats,
    }),
    timeZone: z.strictObject({ minSessions: z.int().min(1), slackHours: z.number().min(0), nats }),
  }),
  banEvasion: z.strictObject({
    minGroups: z.int().min(1),
    /** Weight from which a shared identifier is a sign of its own. */
    minSignNats: nats,
    offsetNats: z.number(),
    slope: z.number().positive(),
    minProbability01: share01,
  }),
  promotion: z.strictObject({
    windowDays: z.int().min(1).max(730).default(90),
    /** Members of a cluster who used one offer, from which it is abuse. */
    minRedeemers: z.int().min(2),
    /** Share of all buyers assumed to use an offer whose share is not known. */
    usualShare01: z.number().gt(0).max(1),
    /** Most that one common offer says of two accounts. */
    offerCapNats: nats,
    edgeCapNats: nats,
  }),
  brushing: z.strictObject({
    windowDays: z.int().min(1).max(730).default(180),
    noMovementDays: z.number().positive(),
    emptyParcelGrams: z.int().min(0),
    minHollowOrders: z.int().min(1),
    minBuyers: z.int().min(2),
    minClusterShare01: share01,
    hollowOrderNats: nats,
    hollowCapNats: nats,
    clusterShareNats: nats,
    sellerLinkNats: nats,
    offsetNats: z.number(),
    slope: z.number().positive(),
    minProbability01: share01,
  }),
  travel: z.strictObject({
    /** Classes between which travel can be judged. */
    classes: z.array(networkClass),
    maxSpeedKmh: z.number().positive(),
    minJumps: z.int().min(1),
    probability01: share01,
    /** Latitude, longitude and radius in km of each country, by ISO 3166-1 code. */
    countries: z.record(
      z.string().regex(/^[A-Z]{2}$/),
      z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180), z.number().positive()]),
    ),
  }),
});
export type AccountSettings = z.infer<typeof accountSettings>;
export type LinkSettings = AccountSettings['links'];
export type ClusterSettings = AccountSettings['cluster'];
export type PromotionSettings = AccountSettings['promotion'];
export type BrushingSettings = AccountSettings['brushing'];
export type TravelSettings = AccountSettings['travel'];
