import type { SimilarText } from '../detectors/brand/brand-facts.ts';
import { searchedTexts, termsOfText } from '../detectors/brand/catalogue-terms.ts';
import { sketchOf } from '../detectors/brand/text-sketch.ts';
import type { Listing } from '../domain/listing.ts';

/** What the texts of one listing are found by. */
export interface TextKeys {
  readonly terms: readonly number[];
  readonly sketch: readonly number[];
}

/** The inverted index of the stored catalogue's texts. */
export interface TextStore {
  /** Whether the texts of this version, or of a newer one, are filed. */
  isFiled(listingId: string, version: number): Promise<boolean>;
  /** Files the texts of a listing version; an older one never takes the place of a newer. */
  file(place: { readonly listingId: string; readonly version: number }, keys: TextKeys): Promise<void>;
  /**
   * Texts that may be the original or a copy of a description: of listings of other legal entities, and those that
   * rights holders supplied with marks in force; the likeliest first.
   */
  similarTexts(sought: {
    readonly listingId: string;
    readonly legalId: string;
    readonly sketch: readonly number[];
  }): Promise<readonly SimilarText[]>;
}

/** Keys of a listing's texts. */
export function textKeysOf(listing: Listing): TextKeys {
  const terms = new Set<number>();
  for (const text of searchedTexts(listing)) for (const term of termsOfText(text)) terms.add(term);
  return { terms: [...terms], sketch: sketchOf(listing.description) };
}

/** Files the texts of a listing version unless they are filed already. */
export async function fileListingTexts(store: TextStore, listing: Listing, version: number): Promise<void> {
  if (await store.isFiled(listing.id, version)) return;
  await store.file({ listingId: listing.id, version }, textKeysOf(listing));
}
