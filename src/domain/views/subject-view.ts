import { z } from 'zod';
import { authenticity, creditTier, eligibility } from '../credit.ts';
import { listing } from '../listing.ts';
import { review } from '../review.ts';
import { seller } from '../seller.ts';
import { checkSummary, instant } from './check-view.ts';

/** Whether a listing may be seen by buyers. */
const publication = z.enum(['PENDING', 'LIVE', 'HELD', 'DISABLED', 'REMOVED']);
export type Publication = z.infer<typeof publication>;

/** What became of one picture of a listing. */
const pictureView = z.strictObject({
  position: z.int().min(0),
  sourceUrl: z.string().optional(),
  /** Present once the picture was read: `GET /v1/pictures/{contentSha256}/preview` shows it. */
  contentSha256: z.string().optional(),
  failure: z.strictObject({ code: z.string(), detail: z.string() }).optional(),
});
export type PictureView = z.infer<typeof pictureView>;

/** A listing as it is stored now. */
export const listingView = z
  .strictObject({
    listing,
    version: z.int().min(1),
    publication,
    receivedAt: instant,
    pictures: z.array(pictureView),
    latestCheck: checkSummary.optional(),
  })
  .meta({ id: 'ListingState' });
export type ListingView = z.infer<typeof listingView>;

/** A review as it is stored now. */
export const reviewView = z
  .strictObject({
    review,
    version: z.int().min(1),
    authenticity,
    quarantinedUntil: instant.optional(),
    /** The rating does not count; the text stays, with a note. */
    isRatingStruck: z.boolean(),
    receivedAt: instant,
    latestCheck: checkSummary.optional(),
  })
  .meta({ id: 'ReviewState' });
export type ReviewView = z.infer<typeof reviewView>;

/** The last computed credit of a seller; `GET /v1/sellers/{id}/credit` explains it. */
const creditStanding = z.strictObject({ score: z.int(), tier: creditTier, asOf: instant });

/** A seller as it is stored now. */
export const sellerView = z
  .strictObject({
    seller,
    version: z.int().min(0),
    /** The marketplace has not sent the seller itself yet, only something that names it. */
    isPlaceholder: z.boolean(),
    standing: z.enum(['ACTIVE', 'SUSPENDED', 'TERMINATED']),
    credit: creditStanding.optional(),
    listings: z.record(publication, z.int().min(0)),
    openCases: z.int().min(0),
  })
  .meta({ id: 'SellerState' });
export type SellerView = z.infer<typeof sellerView>;

/** What one seller may do now. */
export const sellerEligibility = z.strictObject({
  sellerId: z.string(),
  score: z.int(),
  tier: creditTier,
  eligibility,
});
export type SellerEligibility = z.infer<typeof sellerEligibility>;
