import type { PseudonymousAccount } from '../domain/account.ts';
import type { Listing } from '../domain/listing.ts';
import type { Order } from '../domain/order.ts';
import type { Review } from '../domain/review.ts';
import type { Seller } from '../domain/seller.ts';

/** Bytes of a picture, named by their digest. */
export interface PictureUpload {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A subject that was found valid, in the form in which it is stored. */
export type StorableSubject = { readonly contentSha256: string } & (
  | { readonly kind: 'SELLER'; readonly item: Seller }
  | { readonly kind: 'LISTING'; readonly item: Listing; readonly uploads: readonly PictureUpload[] }
  | { readonly kind: 'REVIEW'; readonly item: Review }
  | { readonly kind: 'ACCOUNT'; readonly item: PseudonymousAccount }
  | { readonly kind: 'ORDER'; readonly item: Order }
);

/** What became of a subject. `unchanged`: this very content was taken before, and its check stands. */
export interface StoredSubject {
  readonly kind: 'accepted' | 'unchanged';
  readonly version: number;
  /** Sellers are stored without a check of their own; their store names are checked with their listings. */
  readonly checkId?: string;
}

export interface IntakeStore {
  /**
   * Stores subjects of one kind with distinct ids, a check for each new content, and the job that runs it, in one
   * transaction. Answers in the order of its argument.
   */
  store(subjects: readonly StorableSubject[], nowMs: number): Promise<readonly StoredSubject[]>;
  saveUploads(uploads: readonly PictureUpload[], nowMs: number): Promise<void>;
  /** Which of these uploads are not there. */
  missingUploads(ids: readonly string[]): Promise<ReadonlySet<string>>;
}
