import type { Listing } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import type { Seller } from '../../domain/seller.ts';
import type { MarkIndex } from './mark-index.ts';
import type { Overlap } from './text-shingles.ts';

/** What offers of a mark's goods usually cost on this marketplace, for one category and currency. */
export interface PriceComparables {
  readonly markId: string;
  readonly category?: string;
  readonly currency: string;
  /** Median and median absolute deviation in minor units of the currency. */
  readonly medianMinor: number;
  readonly madMinor: number;
  /** How many offers the two figures come from. */
  readonly count: number;
}

/** A review of the listing, read for complaints that the goods are fake. */
export interface ListingReviewText {
  readonly reviewId: string;
  readonly text: string;
  readonly stars: number;
}

/** A stored text that may be the original of a description. */
export type SimilarText =
  | {
      readonly kind: 'LISTING';
      readonly listingId: string;
      /** The legal entity: stores of one owner may share their texts. */
      readonly legalId: string;
      readonly description: string;
      /** RFC 3339. */
      readonly createdAt: string;
    }
  | {
      /** Supplied by the rights holder with a mark: presumed earlier than any listing. */
      readonly kind: 'MARK';
      readonly mark: Mark;
      readonly description: string;
      readonly url?: string;
    };

/** A stored text with how much of the listing's description stands in it. */
export type ComparedText = SimilarText & { readonly overlap: Overlap };

/** What the brand detector wants to know. */
export interface BrandFacts {
  readonly listing: Listing;
  readonly seller: Seller;
  readonly markIndex: MarkIndex;
  readonly nowMs: number;
  readonly priceComparables?: readonly PriceComparables[];
  readonly fakeComplaints?: readonly ListingReviewText[];
  readonly similarTexts?: readonly ComparedText[];
  /** What the seller wrote to buyers about the listing. */
  readonly messages?: readonly { readonly messageId: string; readonly text: string }[];
}
