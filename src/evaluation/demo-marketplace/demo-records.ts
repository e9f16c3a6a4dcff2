import type { z } from 'zod';
import type { account } from '../../domain/account.ts';
import type { listing } from '../../domain/listing.ts';
import type { mark } from '../../domain/mark.ts';
import type { order } from '../../domain/order.ts';
import type { review } from '../../domain/review.ts';
import type { seller } from '../../domain/seller.ts';
import type { ViolationType } from '../../domain/violation.ts';

export type DemoSeller = z.input<typeof seller>;
export type DemoAccount = z.input<typeof account>;
export type DemoOrder = z.input<typeof order>;
export type DemoReview = z.input<typeof review>;
export type DemoMark = z.input<typeof mark>;

/** A listing as the domain has it, but its pictures are paths relative to the file. */
export type DemoListing = Omit<z.input<typeof listing>, 'pictures'> & {
  readonly pictures: readonly { readonly path: string }[];
};

export interface DemoRightsHolder {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly country: string;
}

/** A picture that a rights holder or the marketplace put into a bank. */
export interface DemoBankPicture {
  readonly id: string;
  readonly bank: 'PROTECTED' | 'COUNTERFEIT' | 'LOGO' | 'NEGATIVE';
  readonly path: string;
  readonly markId?: string;
  readonly rightsHolderId?: string;
  readonly label: string;
}

/** What a check has to say, or must not say, of one subject. */
interface TruthExpectation {
  readonly subject: 'LISTING' | 'REVIEW' | 'ACCOUNT' | 'SELLER' | 'ORDER';
  readonly id: string;
  readonly violationTypes: readonly ViolationType[];
  readonly story: string;
}

/** A subject that no finding may lead to more than a note; `tolerated` findings may be told. */
interface TruthInnocent {
  readonly subject: 'LISTING' | 'REVIEW' | 'ACCOUNT' | 'SELLER';
  readonly id: string;
  readonly why: string;
  readonly tolerated?: readonly ViolationType[];
}

interface TruthRing {
  readonly id: string;
  readonly direction: 'PRAISE' | 'ATTACK';
  readonly members: readonly string[];
  readonly listings: readonly string[];
  /** The seller who gains by the ring. */
  readonly beneficiarySellerId: string;
  /** The seller who is hurt, for an attack. */
  readonly victimSellerId?: string;
  /** Smallest part of the members that a run has to name, and the smallest part of the named that are members. */
  readonly minRecall01: number;
  readonly minPrecision01: number;
  readonly story: string;
}

/** Accounts of one hand, or accounts that only look so. */
interface TruthGroup {
  readonly id: string;
  readonly members: readonly string[];
  readonly story: string;
}

export interface TruthSeller {
  readonly id: string;
  /** The tier may not be worse than this one. */
  readonly minTier?: 'EXCELLENT' | 'GOOD' | 'STANDARD' | 'NEW' | 'WATCH' | 'RESTRICTED';
  /** The tier may not be better than this one. */
  readonly maxTier?: 'EXCELLENT' | 'GOOD' | 'STANDARD' | 'NEW' | 'WATCH' | 'RESTRICTED';
  readonly story: string;
}

/** Who is at fault when an order goes wrong. */
export interface TruthFault {
  readonly orderId: string;
  readonly responsible: 'SELLER' | 'CARRIER' | 'CUSTOMS' | 'BUYER' | 'UNDETERMINED';
  readonly story: string;
}

/** What of a review may count: nothing (only delivery is blamed and the seller has no part in it), or all but delivery. */
export interface TruthReviewWeight {
  readonly reviewId: string;
  readonly counts: 'NOT_AT_ALL' | 'ALL_BUT_DELIVERY';
  /** Easily misread by its words: a test must not ask for it yet. */
  readonly isHard?: true;
  readonly story: string;
}

export interface DemoTruth {
  readonly mustFind: TruthExpectation[];
  readonly mustNotFlag: TruthInnocent[];
  readonly rings: TruthRing[];
  readonly clusters: TruthGroup[];
  readonly notClusters: TruthGroup[];
  /** Honest sellers: no listing of theirs may be flagged, save those of `mustFind` and `notYetExpected`. */
  readonly honestSellers: string[];
  readonly sellers: TruthSeller[];
  readonly faults: TruthFault[];
  readonly reviewWeights: TruthReviewWeight[];
  /** True of the demo, but beyond the four detectors of today. A test must not ask for them yet. */
  readonly notYetExpected: TruthExpectation[];
}
