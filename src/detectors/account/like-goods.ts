import type { AccountSettings } from './settings.ts';

/** A listing of another owner that shows a picture, or reads, like the one that is checked. */
export interface LikeListing {
  readonly listingId: string;
  /** The legal entity behind it. */
  readonly owner: string;
  /** PICTURE: probability of the match; TEXT: share of common text, 0–1. */
  readonly likeness01: number;
  /** The very same bytes or words, which are counted by themselves. */
  readonly isSame: boolean;
}

/** What is stored of it. */
export interface ListingLikeness {
  readonly otherListingId: string;
  readonly kind: 'PICTURE' | 'TEXT';
  readonly likeness01: number;
}

/** Of what the like was sought: a picture, or a description of so many characters. */
export type SoughtGoods = { readonly kind: 'PICTURE' } | { readonly kind: 'TEXT'; readonly chars: number };

/**
 * The nearest listing of each other owner, of all that one picture or one text of a listing is like. Nothing where so many
 * owners show the like that it is nobody's own, nothing of a short text, and nothing for an owner who shows the very same.
 */
export const likeGoods = (
  sought: SoughtGoods,
  like: readonly LikeListing[],
  { maxSellers, minPicture01, minText01, minTextChars }: AccountSettings['goods'],
): ListingLikeness[] => {
  if (sought.kind === 'TEXT' && sought.chars < minTextChars) return [];
  const { kind } = sought;
  const least = kind === 'PICTURE' ? minPicture01 : minText01;
  const nearest = new Map<string, LikeListing>();
  for (const one of like) {
    if (!one.isSame && one.likeness01 < least) continue;
    const known = nearest.get(one.owner);
    if (known === undefined || isNearer(one, known)) nearest.set(one.owner, one);
  }
  // The owner of the listing itself shows it, too.
  if (nearest.size + 1 > maxSellers) return [];
  return [...nearest.values()].flatMap(({ listingId, likeness01, isSame }) =>
    isSame ? [] : [{ otherListingId: listingId, kind, likeness01 }],
  );
};

const isNearer = (one: LikeListing, other: LikeListing): boolean =>
  one.isSame !== other.isSame
    ? one.isSame
    : one.likeness01 > other.likeness01 || (one.likeness01 === other.likeness01 && one.listingId < other.listingId);
