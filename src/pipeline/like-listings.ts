import type { LikeListing, ListingLikeness } from '../detectors/account/like-goods.ts';
import type { ComparedText } from '../detectors/brand/brand-facts.ts';
import type { BankMatch } from '../detectors/image/picture-index.ts';
import type { Listing } from '../domain/listing.ts';
import type { Seller } from '../domain/seller.ts';
import type { BehaviourRules } from './check-ports.ts';

/** A listing with what its check found like it in the stored catalogue. */
export interface FoundLike {
  readonly listing: Listing;
  readonly seller: Seller;
  /** Digests of the listing's own pictures. */
  readonly pictures: readonly string[];
  /** Of each search for a picture what was found. */
  readonly searches: readonly (readonly BankMatch[])[];
  readonly similarTexts: readonly ComparedText[];
}

/** Listings of few other owners that show nearly the same pictures, or read nearly the same; each kind once. */
export function likeListings(rules: Pick<BehaviourRules, 'likeGoods'>, found: FoundLike): readonly ListingLikeness[] {
  const own = new Set(found.pictures);
  const likenesses = [
    ...found.searches.flatMap((matches) =>
      rules.likeGoods({ kind: 'PICTURE' }, likePictures(matches, found.seller, own)),
    ),
    ...rules.likeGoods(
      { kind: 'TEXT', chars: found.listing.description.length },
      likeTexts(found.listing, found.similarTexts),
    ),
  ];
  const best = new Map<string, ListingLikeness>();
  for (const one of likenesses) {
    const key = `${one.kind} ${one.otherListingId}`;
    const known = best.get(key);
    if (known === undefined || one.likeness01 > known.likeness01) best.set(key, one);
  }
  return [...best.values()];
}

const likePictures = (matches: readonly BankMatch[], seller: Seller, own: ReadonlySet<string>): LikeListing[] =>
  matches.flatMap(({ entry, probability01 }) =>
    entry.bank !== 'SELLERS' || entry.ownerListingId === undefined || entry.ownerLegalId === seller.legalId
      ? []
      : [
          {
            listingId: entry.ownerListingId,
            owner: entry.ownerLegalId ?? entry.ownerSellerId ?? entry.ownerListingId,
            likeness01: probability01,
            isSame: own.has(entry.contentSha256),
          },
        ],
  );

const likeTexts = (listing: Listing, similar: readonly ComparedText[]): LikeListing[] =>
  similar.flatMap((text) =>
    text.kind !== 'LISTING'
      ? []
      : [
          {
            listingId: text.listingId,
            owner: text.legalId,
            likeness01: text.overlap.jaccard01,
            isSame: text.description === listing.description,
          },
        ],
  );
