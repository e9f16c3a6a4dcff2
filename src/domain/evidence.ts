import { z } from 'zod';
import { networkClass } from './account.ts';
import { externalId, sha256Hex, wellFormedText } from './primitives.ts';

/** One sentence that a moderator or seller understands without knowing how the detector works. */
const why = wellFormedText(1_000);

/** Words in a text: `text.slice(start, end)` of the named field of the subject is what the moderator sees marked. */
export const textSpanEvidence = z.strictObject({
  kind: z.literal('TEXT_SPAN'),
  why,
  /** `title`, `description`, `brand`, `storeName`, `attributes.<name>`, `message.<id>`, `review`. */
  field: z.string(),
  start: z.int().min(0),
  end: z.int().min(0),
  /** The original text of the span, so that evidence survives an edit of the listing. */
  text: z.string(),
  /** The view in which the words matched: NATIVE, SKELETON, LEET, TRANSLITERATION, … */
  view: z.string().optional(),
  markId: externalId.optional(),
  markText: z.string().optional(),
  /** The rule or word list that spoke. */
  ruleId: z.string().optional(),
});

/** A picture of the subject beside a picture of a bank. */
export const pictureMatchEvidence = z.strictObject({
  kind: z.literal('PICTURE_MATCH'),
  why,
  /** Position of the picture in the listing, from 0. */
  pictureIndex: z.int().min(0),
  pictureSha256: sha256Hex,
  bank: z.enum(['PROTECTED', 'COUNTERFEIT', 'SELLERS', 'NEGATIVE', 'LOGO']),
  bankPictureId: externalId,
  bankPictureSha256: sha256Hex.optional(),
  /** Whose picture it is: a listing, a rights holder, a mark. */
  ownerLabel: z.string(),
  ownerListingId: externalId.optional(),
  ownerSellerId: externalId.optional(),
  markId: externalId.optional(),
  key: z.string(),
  queryWindow: z.string(),
  bankWindow: z.string(),
  orientation: z.enum(['r0', 'r90', 'r180', 'r270', 'mirror', 'mirror-r90', 'mirror-r180', 'mirror-r270']),
  isInverted: z.boolean(),
  /** Bits that differ between the two 256-bit keys, 0–256. */
  distanceBits: z.int().min(0).max(256),
  /** Matching local features after the geometric check; absent where only a hash spoke. */
  inliers: z.int().min(0).optional(),
  /** Affine map [a,b,c,d,e,f] from the bank picture's to the subject picture's unit square: x' = ax + cy + e, y' = bx + dy + f. */
  transform: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]).optional(),
  /** Where a learned model of the operator's puts the two pictures near each other: the cosine of their vectors. */
  learned: z
    .strictObject({
      modelDigest: sha256Hex,
      similarity: z.number().min(-1).max(1),
      minSimilarity: z.number().min(-1).max(1),
    })
    .optional(),
});

/** Pictures that were approved beside those that took their place. */
export const picturesReplacedEvidence = z.strictObject({
  kind: z.literal('PICTURES_REPLACED'),
  why,
  approvedSha256s: z.array(sha256Hex),
  shownSha256s: z.array(sha256Hex),
});

/** A fact with its value, where no span or picture can be shown: a price, a count, a date. */
export const factEvidence = z.strictObject({
  kind: z.literal('FACT'),
  why,
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  expected: z.union([z.string(), z.number(), z.boolean()]).optional(),
  unit: z.string().optional(),
});

const ringInstigator = z.strictObject({
  sellerId: externalId,
  /** RIVAL: the ring praises another seller, so as to frame that one, or attacks one. */
  role: z.enum(['BENEFICIARY', 'RIVAL']),
  nats: z.number(),
  terms: z.array(z.strictObject({ name: z.string(), why, nats: z.number() })),
});

/** A group of reviewers that acts as one. */
export const ringEvidence = z.strictObject({
  kind: z.literal('RING'),
  why,
  ringId: z.string(),
  direction: z.enum(['PRAISE', 'ATTACK']),
  memberAccountIds: z.array(externalId),
  listingIds: z.array(externalId),
  sellerIds: z.array(externalId),
  /** The seller who gains, where the evidence names one. To gain is no guilt. */
  beneficiarySellerId: externalId.optional(),
  /** The seller who is behind the ring, where evidence of its own says so; nobody else may be charged with it. */
  instigator: ringInstigator.optional(),
  /** Others of whom evidence of their own says the same, strongest first: a ring can work for several sellers. */
  furtherInstigators: z.array(ringInstigator).optional(),
  firstAtMs: z.number(),
  lastAtMs: z.number(),
  /** The log-likelihood terms of the score, each in nats, already capped. */
  terms: z.array(z.strictObject({ name: z.string(), why, nats: z.number() })),
  /** Cells of the member × listing matrix. */
  reviews: z.array(
    z.strictObject({
      reviewId: externalId,
      accountId: externalId,
      listingId: externalId,
      stars: z.int().min(1).max(5),
      atMs: z.number(),
    }),
  ),
  clearedBy: why,
});

/** Two reviewers who met at products too often for chance. */
export const reviewPairEvidence = z.strictObject({
  kind: z.literal('REVIEW_PAIR'),
  why,
  accountIds: z.tuple([externalId, externalId]),
  sharedListingIds: z.array(externalId),
  /** Probability of as many meetings by chance. */
  chance01: z.number().min(0).max(1),
});

const textRange = z.tuple([z.int().min(0), z.int().min(0)]);

/** Two texts that are nearly the same. */
export const textPairEvidence = z.strictObject({
  kind: z.literal('TEXT_PAIR'),
  why,
  leftId: externalId,
  rightId: externalId,
  leftText: z.string(),
  rightText: z.string(),
  /** Where the left text differs from the right one, as [start, end) of characters, in order. */
  leftDiffers: z.array(textRange).optional(),
  rightDiffers: z.array(textRange).optional(),
  jaccard01: z.number().min(0).max(1),
});

/** A reason why two accounts belong together, without the raw identifier. */
export const accountLinkEvidence = z.strictObject({
  kind: z.literal('ACCOUNT_LINK'),
  why,
  accountIds: z.tuple([externalId, externalId]),
  linkKind: z.string(),
  /** How many accounts share this value in all. */
  sharedBy: z.int().min(2),
  nats: z.number(),
});

/** Accounts that one hand seems to run. */
export const accountClusterEvidence = z.strictObject({
  kind: z.literal('ACCOUNT_CLUSTER'),
  why,
  clusterId: z.string(),
  accountIds: z.array(externalId),
  identifierKinds: z.array(z.string()),
  behaviours: z.array(z.string()),
  terms: z.array(z.strictObject({ name: z.string(), why, nats: z.number() })),
  clearedBy: why,
});

/** What is known of the networks from which an account came. */
export const networkEvidence = z.strictObject({
  kind: z.literal('NETWORK'),
  why,
  networkClass,
  sessions: z.int().min(1),
  source: z.string(),
  sourceDate: z.string().optional(),
});

export const evidence = z.discriminatedUnion('kind', [
  textSpanEvidence,
  pictureMatchEvidence,
  picturesReplacedEvidence,
  factEvidence,
  ringEvidence,
  reviewPairEvidence,
  textPairEvidence,
  accountLinkEvidence,
  accountClusterEvidence,
  networkEvidence,
]);
export type Evidence = z.infer<typeof evidence>;
export type TextSpanEvidence = z.infer<typeof textSpanEvidence>;
export type PictureMatchEvidence = z.infer<typeof pictureMatchEvidence>;
export type PicturesReplacedEvidence = z.infer<typeof picturesReplacedEvidence>;
export type RingEvidence = z.infer<typeof ringEvidence>;
