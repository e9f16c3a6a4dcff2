import { z } from 'zod';

const nats = z.number().min(0).max(1_000);
const days = z.number().positive().max(3_650);

/** Shape of `rules/ring.yaml`, which tells the meaning and the source of each value. */
export const ringSettings = z.strictObject({
  horizonDays: days,
  pairWindowDays: days,
  neighbourLimit: z.int().min(1).max(1_000),
  campaignLimitDays: days,
  minMembers: z.int().min(2),
  minListings: z.int().min(1),
  minPairNats: nats,
  minRingNats: nats,
  tasteLift: z.number().min(1),
  loneHitNats: nats,
  newcomerDays: days,
  newcomerShares: z.strictObject({
    ofRings01: z.number().gt(0).lt(1),
    ofMarket01: z.number().gt(0).lt(1),
  }),
  sameMinuteMs: z.number().positive(),
  text: z.strictObject({
    minChars: z.int().min(5),
    minJaccard01: z.number().min(0).max(1),
    maxAlike: z.int().min(2),
    pairNats: nats,
  }),
  burst: z.strictObject({
    days,
    minNats: nats,
    minOtherNats: nats,
  }),
  instigator: z.strictObject({
    offerDays: days.default(90),
    minNats: nats,
    memberLinkCapNats: nats,
    ownAccountNats: nats,
    linksCapNats: nats,
    hollowOrderNats: nats,
    hollowCapNats: nats,
    couponCapNats: nats,
    campaignDays: days,
    timingCapNats: nats,
  }),
  peel: z.strictObject({
    sliceDays: days,
    blocks: z.int().min(1).max(100),
    minScore: z.number().min(0),
  }),
  termCaps: z.strictObject({
    coReview: nats,
    sellerBurst: nats,
    ratingDeviation: nats,
    newcomers: nats,
    sameMinute: nats,
    accountLinks: nats,
    nearDuplicateTexts: nats,
    oneSeller: nats,
  }),
  /** Points of a rising line from nats to probability; straight between them, flat outside. */
  calibration: z.array(z.strictObject({ nats: z.number(), probability: z.number().min(0).max(1) })).min(2),
});
export type RingSettings = z.infer<typeof ringSettings>;
