import type { Listing } from '../../domain/listing.ts';
import { isInForce, type Mark } from '../../domain/mark.ts';
import type { Seller } from '../../domain/seller.ts';
import type { OwnerIndex } from './owner-index.ts';
import type { BankEntry } from './picture-index.ts';

/** Why a seller may show a picture of a bank, or that nothing says so. */
export type PictureRight =
  | { readonly kind: 'own'; readonly why: string }
  | { readonly kind: 'authorised'; readonly why: string }
  | { readonly kind: 'earlier'; readonly why: string }
  | { readonly kind: 'none' };

/** What is asked of a bank picture: whose it is. */
export type OwnedPicture = Omit<BankEntry, 'contentSha256' | 'isAdjudicated'>;

/** Who shows the picture, where and since when. */
export interface Showing {
  readonly listing: Listing;
  readonly seller: Seller;
  readonly owners: OwnerIndex;
  readonly nowMs: number;
  /** When the seller's side first showed this picture. */
  readonly shownSinceMs: number;
}

/**
 * Whether the seller may show a bank picture: it is the seller's own or comes from the same legal entity or the same
 * hand, the seller is the owner's or is authorised for the mark today and in the listing's destinations, or showed it
 * first. Nobody may show what was found counterfeit, and least of all whose listing it was.
 */
export function rightToShow(entry: OwnedPicture, showing: Showing): PictureRight {
  if (entry.bank === 'COUNTERFEIT') return { kind: 'none' };
  const own = ownSide(entry, showing);
  if (own !== undefined) return { kind: 'own', why: own };
  const { listing, seller, nowMs, shownSinceMs } = showing;
  for (const mark of marksOf(entry, showing.owners)) {
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

/** Why a bank picture is of the seller's own side; undefined where it is somebody else's. */
export function ownSide(
  entry: OwnedPicture,
  { listing, seller, owners }: Pick<Showing, 'listing' | 'seller' | 'owners'>,
): string | undefined {
  if (entry.ownerListingId === listing.id) return 'the picture belongs to this listing';
  if (entry.ownerSellerId === seller.id) return 'the picture is of the same seller';
  if (entry.ownerLegalId !== undefined && entry.ownerLegalId === seller.legalId) {
    return 'the picture is of a store of the same legal entity';
  }
  const cluster = owners.clusterOfSeller(seller.id);
  if (cluster !== undefined && entry.ownerSellerId !== undefined) {
    if (owners.clusterOfSeller(entry.ownerSellerId) === cluster) return 'one hand runs both stores';
  }
  return undefined;
}

/**
 * The marks whose owner may say who shows the picture: the one that it was banked for, else all of the rights holder;
 * for a picture of a listing, those whose owner sells through that very seller.
 */
function marksOf(entry: OwnedPicture, owners: OwnerIndex): readonly Mark[] {
  const named = entry.markId === undefined ? undefined : owners.mark(entry.markId);
  const ofHolder =
    entry.markId === undefined && entry.rightsHolderId !== undefined ? owners.marksOfHolder(entry.rightsHolderId) : [];
  const ofSeller =
    entry.bank === 'SELLERS' && entry.ownerSellerId !== undefined ? owners.marksOfSeller(entry.ownerSellerId) : [];
  return [...(named === undefined ? [] : [named]), ...ofHolder, ...ofSeller];
}

function covers(territories: readonly string[], listing: Listing): boolean {
  if (territories.length === 0) return true;
  return listing.destinations.length > 0 && listing.destinations.every((country) => territories.includes(country));
}
