import type { PictureRenewalStore } from './renew-pictures.ts';
import type { PictureTextLine } from '../detectors/brand/picture-names.ts';
import type { PseudonymousAccount } from '../domain/account.ts';
import type { ReviewedTogether } from '../detectors/account/co-review-edges.ts';
import type { SharedGoods } from '../detectors/account/goods-edges.ts';
import type { CreditTier } from '../domain/credit.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { Listing } from '../domain/listing.ts';
import type { Order } from '../domain/order.ts';
import type { Review } from '../domain/review.ts';
import type { Seller } from '../domain/seller.ts';
import type { PictureReading } from './ports.ts';
import type { JudgedAppeal } from './appeal-standing.ts';
import type { ExtortionReport } from './report-extortion.ts';

/** A check that is about to run. */
export interface BegunCheck {
  readonly id: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly subjectVersion: number;
  readonly trigger: string;
}

/** Whether a check has to run. `finished` covers checks whose subject has a newer version, which is checked instead. */
export type CheckStart =
  { readonly kind: 'ready'; readonly check: BegunCheck } | { readonly kind: 'finished' } | { readonly kind: 'missing' };

export interface CheckStore {
  begin(checkId: string, nowMs: number): Promise<CheckStart>;
  /**
   * Begins the check of a ring or cluster that Assay found itself; undefined when its latest check was of the same
   * content and is done, unless it is to be told `isAnew` all the same.
   */
  beginFound(
    found: {
      readonly subjectKind: SubjectKind;
      readonly subjectId: string;
      readonly contentSha256: string;
      readonly isAnew?: boolean;
    },
    nowMs: number,
  ): Promise<BegunCheck | undefined>;
  /**
   * Puts the jobs of checks that have waited since before a time onto their queues once more, in case a queue lost
   * them; a job that is still there stays one. Gives how many.
   */
  requeueWaiting(beforeMs: number, nowMs: number): Promise<number>;
  /** Records that the check failed for good, so that whoever sent the subject can see why. */
  fail(checkId: string, fault: { readonly code: ErrorCode; readonly detail: string }, nowMs: number): Promise<void>;
}

/** Where the bytes of one picture of a listing are. */
export interface PictureSource {
  readonly position: number;
  readonly url?: string;
  readonly uploadId?: string;
  /** What was read of it before, for this very version. */
  readonly stored?: StoredPicture;
}

/** A picture of a listing as far as it has been read. */
export interface StoredPicture {
  readonly position: number;
  readonly contentSha256: string;
  readonly md5?: string;
  /** Words that it shows; absent where nobody asked to read them. */
  readonly text?: readonly PictureTextLine[];
  /** Encoded flat shapes that it shows; absent where nobody asked for them. */
  readonly shapes?: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly flags: readonly string[];
  readonly keys: Uint8Array;
}

export interface StoredListing {
  readonly listing: Listing;
  readonly version: number;
  readonly receivedAtMs: number;
  readonly publication: string;
}

/** Price figures of comparable goods, in minor units of one currency. */
export interface PriceFigures {
  readonly count: number;
  readonly medianMinor: number;
  /** Median absolute deviation from the median. */
  readonly madMinor: number;
}

/** Offers whose brand attribute is `brand`, whatever its case, in one category and currency. */
export interface ComparableGoods {
  readonly brand: string;
  readonly category: string;
  readonly currency: string;
  readonly exceptListingId: string;
}

/** What a seller's credit means for the checks of what the seller offers. */
export interface SellerStanding {
  readonly tier: CreditTier;
  readonly penaltyPoints: number;
  readonly preCheckShare01: number;
  readonly postCheckShare01: number;
}

/** A ring that was found before. */
export interface StoredRing {
  readonly ringId: string;
  readonly direction: 'PRAISE' | 'ATTACK';
  readonly memberAccountIds: readonly string[];
  readonly firstAtMs: number;
}

/** Reads the facts that detectors need. Each answers undefined where the subject is not there. */
/** Orders to count. */
export interface OrderCount {
  readonly sellerId: string;
  readonly listingId?: string;
  readonly sinceMs: number;
  readonly limit: number;
}

/** Whom an item concerns, and what a person has to read to judge it. */
export interface ItemSetting {
  /** Country of the seller. */
  readonly market?: string;
  /** As the marketplace names it. */
  readonly statedLanguage?: string;
  readonly destinations: readonly string[];
  /** Title and description of a listing, the words of a review; empty for anything else. */
  readonly text: string;
}

export interface FactStore {
  listing(id: string): Promise<StoredListing | undefined>;
  seller(id: string): Promise<Seller>;
  review(id: string): Promise<Review | undefined>;
  account(id: string): Promise<PseudonymousAccount | undefined>;
  /** The order with every event that was ever told of it, by time. */
  order(id: string): Promise<Order | undefined>;
  /** What reviews of a listing say that nobody has set aside, newest first. */
  reviewsOfListing(
    listingId: string,
    limit: number,
  ): Promise<readonly { readonly reviewId: string; readonly text: string; readonly stars: number }[]>;
  /** What a seller wrote to buyers about a listing, newest first. */
  messagesAbout(
    listingId: string,
    sellerId: string,
    limit: number,
  ): Promise<readonly { readonly messageId: string; readonly text: string }[]>;
  /** Rings that have a name and share a member with these accounts; merged ones are left out. */
  ringsSharing(accountIds: readonly string[]): Promise<readonly StoredRing[]>;
  /** Rings with a member among these accounts: who reviewed what, members whom a person let go left out. */
  ringReviews(accountIds: readonly string[]): Promise<readonly ReviewedTogether[]>;
  accounts(ids: readonly string[]): Promise<readonly PseudonymousAccount[]>;
  /** Whether a person, deciding on a cluster, found that the account is somebody else's. */
  isKeptApart(accountId: string): Promise<boolean>;
  /**
   * What stores of these sellers show that one of the others of them, or a terminated seller, shows as well; what many
   * sellers show is left out.
   */
  sharedGoods(sellerIds: readonly string[]): Promise<readonly SharedGoods[]>;
  /** Terminated sellers whose pictures or description a listing shows, or who offered one of these that are like it. */
  terminatedOwnersOf(listingId: string, likeListingIds: readonly string[]): Promise<readonly string[]>;
  /** Share of all buyers of the last months who used an offer, by coupon or campaign; as of some minutes ago. */
  offerShares(): Promise<ReadonlyMap<string, number>>;
  /** Tier and what follows from it, by the last snapshot; undefined for a seller of whom there is none. */
  sellerStanding(sellerId: string): Promise<SellerStanding | undefined>;
  publication(listingId: string): Promise<string | undefined>;
  /** Whom an item concerns and what there is to read in it. */
  itemSetting(subject: { readonly kind: SubjectKind; readonly id: string }, sellerId?: string): Promise<ItemSetting>;
  /** Orders of the seller that were placed since a time, of one listing where one is named; counted up to `limit`. */
  countOrders(asked: OrderCount): Promise<number>;
  /** Titles of the latest listings and the legal entities behind them, at most `limit`. */
  latestTitles(limit: number): Promise<readonly { readonly title: string; readonly legalId: string }[]>;
  /** What sellers reported of a buyer's account. */
  extortionReports(accountId: string): Promise<readonly ExtortionReport[]>;
  /** A buyer's appeals against their standing, newest first. */
  standingAppeals(accountId: string): Promise<readonly JudgedAppeal[]>;
  /** Every ring that has a name; merged ones are left out. */
  allRings(): Promise<readonly StoredRing[]>;
  /** Those of these rings that were once told as a part of another one. */
  mergedAmong(ringIds: readonly string[]): Promise<readonly string[]>;
  /** What other offers under a brand usually cost; undefined where there is none. */
  comparablePrices(goods: ComparableGoods): Promise<PriceFigures | undefined>;
  /** Those of these accounts that were terminated, or whose seller was. */
  terminatedAccounts(accountIds: readonly string[]): Promise<ReadonlySet<string>>;
  reviewsOfOrder(orderId: string): Promise<readonly Review[]>;
  /** The orders that reviews were written about, by review; those without one are left out. */
  ordersOfReviews(reviewIds: readonly string[]): Promise<ReadonlyMap<string, Order>>;
  /** Orders of these accounts that used a coupon or campaign, with their events, newest first, at most `limit`. */
  ordersWithOffers(accountIds: readonly string[], limit: number): Promise<readonly Order[]>;
  /** Orders of a seller placed since a moment, with their events, newest first, at most `limit`. */
  ordersOfSeller(sellerId: string, sinceMs: number, limit: number): Promise<readonly Order[]>;
  /** Accounts that run the seller's store. */
  accountsOfSeller(sellerId: string): Promise<readonly string[]>;
}

export interface PictureStore extends PictureRenewalStore {
  sources(listingId: string, version: number): Promise<readonly PictureSource[]>;
  upload(id: string): Promise<Uint8Array | undefined>;
  /** A picture whose very bytes were read before, so that they are not decoded twice. */
  known(contentSha256: string): Promise<StoredPicture | undefined>;
  /** Readable pictures of the last version before this one that was approved, by rules or by a person. */
  approvedPictures(listingId: string, version: number): Promise<readonly StoredPicture[]>;
  /** Stores what was read at a position of a listing version; the same again changes nothing. */
  record(
    place: { readonly listingId: string; readonly version: number; readonly position: number },
    reading: PictureReading,
    nowMs: number,
  ): Promise<void>;
  /** Notes that a position of a listing version shows a picture that is known already. */
  recordKnown(
    place: { readonly listingId: string; readonly version: number; readonly position: number },
    contentSha256: string,
  ): Promise<void>;
  /** Deletes uploads that were made before a time and that no picture still waits for; gives how many. */
  purgeUploads(beforeMs: number): Promise<number>;
  /**
   * Puts the readable pictures of a listing version into the bank of sellers' pictures, each with when this listing
   * first showed it. Those of older versions stay: they tell who had a picture before others did.
   */
  bankListingPictures(listing: { readonly id: string; readonly version: number }): Promise<void>;
}
