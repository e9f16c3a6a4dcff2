import type { MarkIndex } from '../detectors/brand/mark-index.ts';
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
  /** The mark as it is now, with when it was last changed; undefined when it is withdrawn or unknown. */
  mark(id: string): Promise<{ readonly mark: Mark; readonly updatedAtMs: number } | undefined>;
  /** Stored listings after an id, in the order of their ids. */
  listingsAfter(id: string, limit: number): Promise<readonly Listing[]>;
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

/** Listings that are read at once. */
const PAGE_SIZE = 500;

/** Has every stored listing checked again that names the mark, in whatever spelling the matcher knows. */
export async function rescanMark(ports: MarkRescanPorts, markId: string): Promise<void> {
  const found = await ports.store.mark(markId);
  if (found === undefined) return;
  const index = ports.buildIndex([found.mark]);
  const trigger = `mark:${markId}@${found.updatedAtMs}`;
  let afterId = '';
  for (;;) {
    const listings = await ports.store.listingsAfter(afterId, PAGE_SIZE);
    const hits = listings.filter((listing) => namesMark(index, listing)).map(({ id }) => id);
    if (hits.length > 0) {
      await ports.store.recheckListings(hits, trigger, ports.nowMs());
      ports.kickOutbox();
    }
    const last = listings.at(-1);
    if (last === undefined || listings.length < PAGE_SIZE) return;
    afterId = last.id;
  }
}

const namesMark = (index: MarkIndex, { title, description, brand, attributes }: Listing): boolean =>
  [title, description, brand ?? '', ...Object.values(attributes)].some((text) => index.findMarks(text).length > 0);
