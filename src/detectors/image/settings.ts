import { z } from 'zod';

const bits = z.int().min(0).max(256);
const ratio01 = z.number().min(0).max(1);

/** How many descriptors a picture gets, and from which scales. Changing these makes stored keys incomparable. */
export const descriptorSettings = z.strictObject({
  baseSidePx: z.int().min(64).max(1_024),
  scaleStep: z.number().min(1.05).max(2),
  levels: z.int().min(1).max(12),
  cells: z.int().min(1).max(16),
  countPerLevel: z.int().min(8).max(1_000),
  count: z.int().min(8).max(2_000),
});
export type DescriptorSettings = z.infer<typeof descriptorSettings>;

/** How one bank is searched and what its matches are worth. */
const bankSettings = z.strictObject({
  /** Part of the marketplace's listings, by id, that this bank screens: 0 switches it off. */
  enabledRatio01: ratio01,
  /** Who answers for the bank. */
  owner: z.string().min(1),
  /** Largest distance of two window hashes that makes a candidate. */
  hashRadiusBits: bits,
  /** Largest distance of two descriptors that makes a vote. */
  descriptorRadiusBits: bits,
  /** Descriptors of a bank picture that are indexed; 0 finds by window hashes alone. */
  descriptorsIndexed: z.int().min(0).max(2_000),
});

/** How a candidate is verified. Tolerances are parts of the longer side of the picture. */
export const verificationSettings = z.strictObject({
  /** Largest distance of two descriptors that may be the same place. */
  pairRadiusBits: bits,
  maxHypotheses: z.int().min(1).max(10_000),
  coarseTolerance01: ratio01,
  fineTolerance01: ratio01,
  /** How far the turn of a pair may be from the turn of the hypothesis, in steps of 1/64 turn. */
  maxTurnSteps: z.int().min(1).max(32),
  /** Fewer coinciding places than this are not looked at cell by cell. */
  minInliers: z.int().min(3),
});
export type VerificationSettings = z.infer<typeof verificationSettings>;

/** Weights of the logistic model that turns the measurements of a match into a probability. */
export const calibrationSettings = z.strictObject({
  intercept: z.number(),
  /** For each place beyond the third that local features agree on, by natural logarithm. */
  logInliers: z.number(),
  /** For the part of the features in both pictures that coincide, 0–1. */
  support: z.number(),
  /** For how much nearer features of one place are than chance, 0–1. */
  nearness: z.number(),
  /** For the part of the compared blocks that differs, by negative natural logarithm. */
  agreement: z.number(),
  /** For bits below 64 of the nearest window hashes, as a part of 64. */
  hashCloseness: z.number(),
  /** For the natural logarithm of the squeeze. */
  logSqueeze: z.number(),
  /** Where the colours were edited. */
  isRecoloured: z.number(),
});
export type CalibrationSettings = z.infer<typeof calibrationSettings>;

/** How submitted logos are looked for in photos. */
export const logoSettings = z.strictObject({
  isEnabled: z.boolean(),
  /** Beginnings of category paths whose listings are looked at; an empty text means every listing. */
  categories: z.array(z.string()),
  /** Pictures of a listing that are looked at, from the first. */
  maxPictures: z.int().min(1).max(30),
  /** Shapes kept of a picture, those with most contrast first. */
  maxShapes: z.int().min(1).max(500),
  /** How far a logo may be turned, in steps of 1/48 turn. */
  maxTurnSteps: z.int().min(0).max(24),
  minScore01: ratio01,
  /** The same where the picture shows the name of the logo's mark. */
  minNamedScore01: ratio01,
  /** A logo must be matched by so much better than it matches plain discs, bars and triangles. */
  plainMargin01: ratio01,
  probability01: ratio01,
});
export type LogoSettings = z.infer<typeof logoSettings>;

/** How pictures are prepared for a learned model, and which vectors are taken for near. Used where a model is given. */
export const embeddingSettings = z.strictObject({
  /** Least cosine of two vectors that makes a candidate; verified as every other candidate is. */
  minSimilarity: z.number().min(-1).max(1),
  /** Nearest pictures that are verified, beside those that hashes and features propose. */
  maxCandidates: z.int().min(1).max(1_000),
  /** Side of the square to which a picture is brought where the model's own input leaves it open. */
  sidePx: z.int().min(16).max(2_048),
  /** Taken from, and divided out of, red, green and blue of 0 to 1. */
  meanRgb: z.array(z.number()).length(3),
  stdRgb: z.array(z.number().positive()).length(3),
});

/** `rules/image.yaml`. */
export const imageSettings = z.strictObject({
  descriptors: descriptorSettings,
  banks: z.strictObject({
    PROTECTED: bankSettings,
    COUNTERFEIT: bankSettings,
    SELLERS: bankSettings,
    NEGATIVE: bankSettings,
    LOGO: bankSettings,
  }),
  verification: verificationSettings,
  calibration: calibrationSettings,
  /** Matches less probable than this are not told. */
  minProbability01: ratio01,
  /** Windows with less detail than this (0–100) are neither indexed nor looked up. */
  minWindowQuality: z.int().min(0).max(100),
  /** Descriptors looked up for the picture as it is, mirrored, inverted, and both. */
  descriptorsLookedUp: z.array(z.int().min(0)).length(4),
  /** Descriptor votes that make a candidate, and candidates of each bank that are verified at most. */
  minVotes: z.int().min(1),
  maxCandidates: z.int().min(1),
  /** Candidates come most promising first; after so many wrong ones in a row the rest is not verified. */
  giveUpAfter: z.int().min(1),
  /** How others' lists of hashes are searched and what a hit is worth. */
  listedPictures: z.strictObject({
    radiusBits: bits,
    pdqProbability01: ratio01,
    md5Probability01: ratio01,
  }),
  logos: logoSettings,
  /** Absent from rules that were published before models could be given. */
  embeddings: embeddingSettings.default({
    minSimilarity: 0.75,
    maxCandidates: 8,
    sidePx: 288,
    meanRgb: [0.485, 0.456, 0.406],
    stdRgb: [0.229, 0.224, 0.225],
  }),
  /** A picture that at least so many legal entities use is a shared catalogue picture. */
  sharedCatalogueSellers: z.int().min(2),
  /** Probability of a bait-and-switch where every approved picture was replaced by others. */
  baitSwitchProbability01: ratio01,
});
export type ImageSettings = z.infer<typeof imageSettings>;
