import type { Listing } from '../../domain/listing.ts';
import { isInForce, type Mark } from '../../domain/mark.ts';
import type { Seller } from '../../domain/seller.ts';
import type { BankPicture } from './picture-index.ts';

/** Why a seller may show a picture of a bank, or that nothing says so. */
export type PictureRight =
  | { readonly kind: 'own'; readonly why: string }
  | { readonly kind: 'authorised'; readonly why: string }
  | { readonly kind: 'earlier'; readonly why: string }
  | { readonly kind: 'none' };

/**
 * Whether the seller may show a bank picture: it is the seller's own or comes from the same legal entity, the seller
 * is the owner's or is authorised for the mark today and in the listing's destinations, or showed it first.
 */
export function rightToShow(
  entry: BankPicture,
  subject: {
    readonly listing: Listing;
    readonly seller: Seller;
    readonly mark: Mark | undefined;
    readonly nowMs: number;
    /** When the seller's side first showed this picture. */
    readonly shownSinceMs: number;
  },
): PictureRight {
  const { listing, seller, mark, nowMs, shownSinceMs } = subject;
  if (entry.ownerListingId === listing.id) return { kind: 'own', why: 'the picture belongs to this listing' };
  if (entry.ownerSellerId === seller.id) return { kind: 'own', why: 'the picture is of the same seller' };
  if (entry.ownerLegalId !== undefined && entry.ownerLegalId === seller.legalId) {
    return { kind: 'own', why: 'the picture is of a store of the same legal entity' };
  }
  if (entry.bank === 'COUNTERFEIT') return { kind: 'none' };
  if (mark !== undefined) {
    if (mark.ownSellerIds.includes(seller.id)) return { kind: 'authorised', why: "the seller is the mark's owner" };
    const authorization = mark.authorizations.find(
      (given) => given.sellerId === seller.id && isInForce(given, nowMs) && covers(given.territories, listing),
    );
    if (authorization !== undefined) return { kind: 'authorised', why: 'the owner of the mark authorised the seller' };
  }
  if (entry.bank === 'SELLERS' && shownSinceMs <= entry.uploadedAtMs) {
    return { kind: 'earlier', why: 'the seller showed the picture first' };
  }
  return { kind: 'none' };
}

function covers(territories: readonly string[], listing: Listing): boolean {
  if (territories.length === 0) return true;
  return listing.destinations.length > 0 && listing.destinations.every((country) => territories.includes(country));
}
