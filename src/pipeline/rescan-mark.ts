import { queriesOfMark, searchedTexts, type TermQuery } from '../detectors/brand/catalogue-terms.ts';
import type { MarkIndex } from '../detectors/brand/mark-index.ts';
import { sketchOf } from '../detectors/brand/text-sketch.ts';
import type { PdqHash } from '../detectors/image/pdq.ts';
import type { Listing } from '../domain/listing.ts';
import type { Mark } from '../domain/mark.ts';

/** A picture that listings show, by its hashes. */
export interface ShownHash {
  readonly contentSha256: string;
  readonly pdq?: PdqHash;
  readonly md5?: string;
  readonly listingIds: readonly string[];
}

export interface RescanStore {
  /** The mark as it is now, absent when it is withdrawn, and when it was last changed; undefined when it is unknown. */
  mark(id: string): Promise<{ readonly mark?: Mark; readonly updatedAtMs: number } | undefined>;
  /** Listings of which some check has found something about the mark. */
  listingsFoundWith(markId: string): Promise<readonly string[]>;
  /** Listings that answer a query, and those whose texts are not filed yet; ascending. */
  listingsAnswering(queries: readonly TermQuery[]): Promise<readonly string[]>;
  /** Listings whose description may be taken from a text with one of these sketches. */
  listingsResembling(sketches: readonly (readonly number[])[]): Promise<readonly string[]>;
  listings(ids: readonly string[]): Promise<readonly Listing[]>;
  /** Names of stores after a seller's id, in the order of the ids. */
  storeNamesAfter(
    sellerId: string,
    limit: number,
  ): Promise<readonly { readonly sellerId: string; readonly storeName: string }[]>;
  /** The latest listings of a seller, at most `limit`. */
  latestListingsOf(sellerId: string, limit: number): Promise<readonly string[]>;
  /** Hashes of pictures that listings show, with the listings, after a content and in its order. */
  shownHashesAfter(contentSha256: string, limit: number): Promise<readonly ShownHash[]>;
  /** Has these listings checked again; once for each trigger and version. */
  recheckListings(ids: readonly string[], trigger: string, nowMs: number): Promise<void>;
}

export interface MarkRescanPorts {
  readonly store: RescanStore;
  readonly buildIndex: (marks: Iterable<Mark>) => MarkIndex;
  readonly nowMs: () => number;
  readonly kickOutbox: () => void;
}

/** Listings that are read at once: the checks of this process wait meanwhile. */
const PAGE_SIZE = 100;
const STORE_NAMES_READ = 1_000;
/** A store's name is found with any of its listings: a few of them bring it up. */
const LISTINGS_OF_A_STORE = 3;

/**
 * Has stored listings checked again because a mark was added, changed or withdrawn: those of which something was found
 * about it, those that name it in whatever spelling the matcher knows, those that may have taken the owner's texts, and
 * some of every store that is named after it.
 */
export async function rescanMark(ports: MarkRescanPorts, markId: string): Promise<void> {
  const { store } = ports;
  const found = await store.mark(markId);
  if (found === undefined) return;
  const trigger = `mark:${markId}@${found.updatedAtMs}`;
  const recheck = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await store.recheckListings(ids, trigger, ports.nowMs());
    ports.kickOutbox();
  };
  await recheck(await store.listingsFoundWith(markId));
  const { mark } = found;
  if (mark === undefined) return;
  await recheck(await store.listingsResembling(mark.officialTexts.map(({ text }) => sketchOf(text))));
  const index = ports.buildIndex([mark]);
  const candidates = await store.listingsAnswering(queriesOfMark(mark));
  for (let from = 0; from < candidates.length; from += PAGE_SIZE) {
    const listings = await store.listings(candidates.slice(from, from + PAGE_SIZE));
    await recheck(listings.filter((listing) => namesMark(index, listing)).map(({ id }) => id));
  }
  await recheckStores(store, index, recheck);
}

async function recheckStores(
  store: RescanStore,
  index: MarkIndex,
  recheck: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  let afterId = '';
  for (;;) {
    const stores = await store.storeNamesAfter(afterId, STORE_NAMES_READ);
    for (const { sellerId, storeName } of stores) {
      if (index.findMarks(storeName).length === 0) continue;
      await recheck(await store.latestListingsOf(sellerId, LISTINGS_OF_A_STORE));
    }
    const last = stores.at(-1);
    if (last === undefined || stores.length < STORE_NAMES_READ) return;
    afterId = last.sellerId;
  }
}

const namesMark = (index: MarkIndex, listing: Listing): boolean =>
  searchedTexts(listing).some((text) => index.findMarks(text).length > 0);
