import type { FeedPosition } from '../feed-position.ts';
import type { BankEntry, BankMatch, PictureSearch } from '../../detectors/image/picture-index.ts';
import type { PictureKeys } from '../../detectors/image/picture-keys.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';

/** What the thread of the picture index is started with. */
export interface PictureIndexThreadData {
  readonly settings: ImageSettings;
  /** Where the index keeps its files, this process alone; in memory where absent. */
  readonly folder?: string;
  /** Whether to begin anew whatever is in the folder. */
  readonly isFresh?: boolean;
}

/** To the thread, which takes one after the other: what was put before a search is searched. */
export type ToPictureIndex =
  | { readonly kind: 'put'; readonly entry: BankEntry; readonly keys: Uint8Array }
  | { readonly kind: 'remove'; readonly bankPictureId: string }
  | ({ readonly id: number } & PictureIndexQuestion);

/** What the thread answers, each under the number of the question. */
export type PictureIndexQuestion =
  | { readonly kind: 'search'; readonly keys: PictureKeys; readonly search: PictureSearch }
  | { readonly kind: 'search-like'; readonly bankPictureId: string; readonly search: PictureSearch }
  | { readonly kind: 'flush' }
  /** Writes what the index is now, which is what the database was at this place of its feed. */
  | { readonly kind: 'save'; readonly position: FeedPosition };

export type FromPictureIndex =
  /** First of all, with a folder: what was loaded from it, or why nothing was. */
  | { readonly kind: 'loaded'; readonly position: FeedPosition; readonly pictures: number }
  | { readonly kind: 'empty'; readonly why: string }
  | { readonly kind: 'matches'; readonly id: number; readonly matches: readonly BankMatch[] }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: string }
  /** Keys that cannot be read: the picture is not in the index. */
  | { readonly kind: 'left-out'; readonly bankPictureId: string; readonly why: string };
