import type {
  EntityKind,
  EntityView,
  LinkGraph,
  PictureHit,
  SearchHit,
  TimelineEntry,
} from '../../domain/views/search-view.ts';
import type { Page, PageRequest } from '../page-cursor.ts';
import type { Reach } from './reviewer.ts';

/** Reads everything that a search and the page of an entity show. */
export interface SearchStore {
  /** Exact ids first, then words, then likeness; at most `limit` of each kind. */
  search(
    wish: { readonly text: string; readonly kinds: readonly EntityKind[]; readonly limit: number },
    reach: Reach,
  ): Promise<readonly SearchHit[]>;
  entity(kind: EntityKind, id: string, reach: Reach): Promise<EntityView | undefined>;
  /** Newest first; of cases those within reach. Undefined where the entity itself is out of reach. */
  timeline(kind: EntityKind, id: string, page: PageRequest, reach: Reach): Promise<Page<TimelineEntry> | undefined>;
  /** What is linked by cases out of reach is left out. Undefined where the entity itself is out of reach. */
  links(kind: EntityKind, id: string, reach: Reach): Promise<LinkGraph | undefined>;
}

/** Finds the nearest pictures of every bank; needs a process that holds the index. */
export type PictureSearcher = (
  bytes: Uint8Array,
) => Promise<{ readonly contentSha256: string; readonly items: readonly PictureHit[] }>;
