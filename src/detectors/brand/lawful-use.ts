import type { Listing } from '../../domain/listing.ts';
import type { MarkAuthorization } from '../../domain/mark.ts';
import type { Seller } from '../../domain/seller.ts';
import { foldedKey } from './folded-text.ts';
import type { MarkRecord } from './mark-record.ts';

/** Whether the seller may use a mark on these goods, and why or why not. */
export type SellerStanding =
  | { readonly kind: 'OWN' }
  | { readonly kind: 'AUTHORISED' }
  /** Was authorised, and is not on this day. */
  | { readonly kind: 'AUTHORISATION_EXPIRED'; readonly until: string | undefined }
  /** Is authorised, and not where the goods are sold to. */
  | { readonly kind: 'OTHER_TERRITORY_AUTHORISED'; readonly uncovered: readonly string[] }
  /** The owner has named sellers, and this is none of them. */
  | { readonly kind: 'NOT_NAMED' }
  /** The owner has named nobody. */
  | { readonly kind: 'UNKNOWN' };

/** A right that does not reach these goods: the mark is free here. */
export type RightReach = 'REACHES' | 'NOT_YET_OR_NO_LONGER' | 'OTHER_CLASS' | 'OTHER_TERRITORY';

/** ISO date of a moment in UTC; authorisations and rights run by whole days. */
const isoDate = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);

/** How the seller stands to the mark on the day of `nowMs`, for the destinations of the listing. */
export const standingOf = (
  seller: Seller,
  mark: Pick<MarkRecord, 'text' | 'ownSellerIds' | 'authorizations' | 'territories'>,
  sale: { listing: Listing; nowMs: number },
): SellerStanding => {
  if (mark.ownSellerIds.includes(seller.id)) return { kind: 'OWN' };
  const key = foldedKey(mark.text);
  if (seller.kyb === 'VERIFIED' && seller.ownBrands.some((brand) => foldedKey(brand) === key)) return { kind: 'OWN' };
  const grants = mark.authorizations.filter((grant) => grant.sellerId === seller.id);
  if (grants.length === 0) {
    const namesSellers = mark.ownSellerIds.length > 0 || mark.authorizations.length > 0;
    return { kind: namesSellers ? 'NOT_NAMED' : 'UNKNOWN' };
  }
  const today = isoDate(sale.nowMs);
  const valid = grants.filter((grant) => isValidOn(grant, today));
  if (valid.length === 0) {
    return {
      kind: 'AUTHORISATION_EXPIRED',
      until: grants
        .map((grant) => grant.validUntil ?? '')
        .toSorted()
        .at(-1),
    };
  }
  if (valid.some((grant) => grant.territories.length === 0)) return { kind: 'AUTHORISED' };
  const covered = new Set(valid.flatMap((grant) => grant.territories));
  const { destinations } = sale.listing;
  const uncovered = destinations.filter((country) => !covered.has(country) && holdsIn(mark, country));
  // Goods sold everywhere by a seller who is authorised somewhere: told to nobody until a destination is known.
  return uncovered.length === 0 ? { kind: 'AUTHORISED' } : { kind: 'OTHER_TERRITORY_AUTHORISED', uncovered };
};

const isValidOn = (grant: MarkAuthorization, today: string): boolean =>
  (grant.validFrom === undefined || grant.validFrom <= today) &&
  (grant.validUntil === undefined || grant.validUntil >= today);

const holdsIn = (mark: Pick<MarkRecord, 'territories'>, country: string): boolean =>
  mark.territories.length === 0 || mark.territories.includes(country);

/**
 * Whether the right reaches the goods: in force that day, for one of the goods' classes, in one of the destinations.
 * A mark with a reputation is protected outside its classes (TM Directive 2015/2436 art. 10(2)(c)); what is not known
 * does not exclude.
 */
export const reachOf = (
  mark: MarkRecord,
  goods: { listing: Listing; niceClasses: readonly number[]; nowMs: number },
): RightReach => {
  const today = isoDate(goods.nowMs);
  if (mark.expiryDate !== undefined && mark.expiryDate < today) return 'NOT_YET_OR_NO_LONGER';
  if (mark.registrationDate !== undefined && mark.registrationDate > today) return 'NOT_YET_OR_NO_LONGER';
  const { destinations } = goods.listing;
  if (destinations.length > 0 && !destinations.some((country) => holdsIn(mark, country))) return 'OTHER_TERRITORY';
  if (mark.hasReputation || mark.niceClasses.length === 0 || goods.niceClasses.length === 0) return 'REACHES';
  return goods.niceClasses.some((niceClass) => mark.niceClasses.includes(niceClass)) ? 'REACHES' : 'OTHER_CLASS';
};
