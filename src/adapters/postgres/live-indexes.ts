import type { Database } from './database.ts';
import type { FeedPosition } from '../feed-position.ts';
import { openChangeFeed, type Change, type FeedTopic, type OpenChangeFeed } from './change-feed.ts';
import { PAGE_ROWS } from './table-pages.ts';

/** Keeps one in-memory index equal to a table. */
export interface IndexMirror {
  readonly topic: FeedTopic;
  /** Reads the whole table into the index. */
  loadAll(): Promise<void>;
  /** Reads these rows again; rows that are gone leave the index. */
  refresh(ids: readonly string[]): Promise<void>;
  /** Loads what was kept by an earlier process, and tells up to which place of the feed it goes; undefined: nothing. */
  restore?(): Promise<FeedPosition | undefined>;
  /** Throws away what was restored: its place is none of this feed. */
  discard?(): Promise<void>;
  /**
   * Keeps what is in the index for `restore`, when that is due or `isLast`. The place is asked for only then.
   */
  keep?(position: () => Promise<FeedPosition | undefined>, isLast: boolean): Promise<void>;
  /** Whether what was in the index is lost, so that the whole table is to be read again. */
  isLost?(): boolean;
  /** Ends what goes on in the background. */
  stop?(): Promise<void>;
}

export interface LiveIndexes {
  /** Resolves when everything that was committed before the call is in the indexes. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

interface LiveIndexOptions {
  readonly onError: (fault: unknown) => void;
  readonly pollMs?: number;
}

/** Loads the indexes from their tables and follows the change feed from there, every `pollMs` and whenever asked. */
export async function startLiveIndexes(
  database: Database,
  mirrors: readonly IndexMirror[],
  { onError, pollMs = 500 }: LiveIndexOptions,
): Promise<LiveIndexes> {
  const feed = openChangeFeed(database);
  // The cursor is taken before the tables are read: what changes meanwhile is read twice, never missed.
  await feed.read();
  for (const mirror of mirrors) await load(mirror, feed);

  const keep = async (isLast: boolean): Promise<void> => {
    for (const mirror of mirrors) await mirror.keep?.(feed.position, isLast);
  };
  /** What was read and is not in the indexes yet: a round that fails leaves it to the next. */
  let due: readonly Change[] = [];
  const follow = async (): Promise<void> => {
    due = [...due, ...(await feed.read())];
    for (const mirror of mirrors) {
      if (mirror.isLost?.() === true) await mirror.loadAll();
      await refreshInPages(mirror, due);
    }
    due = [];
    void keep(false).catch(onError);
  };
  void keep(false).catch(onError);
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const catchUp = (): Promise<void> => {
    // A round that already reads may have missed what the caller waits for: all who come now share the next round.
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        current = follow();
        return current;
      });
    return next;
  };
  const timer = setInterval(() => void catchUp().catch(onError), pollMs);
  return {
    catchUp,
    async stop() {
      clearInterval(timer);
      await next?.catch(() => undefined);
      const isComplete = await current.then(
        () => true,
        () => false,
      );
      if (isComplete) await keep(true).catch(onError);
      for (const mirror of mirrors) await mirror.stop?.();
    },
  };
}

async function load(mirror: IndexMirror, feed: OpenChangeFeed): Promise<void> {
  const position = await mirror.restore?.();
  const changes = position === undefined ? undefined : await feed.since(position);
  if (changes !== undefined) return refreshInPages(mirror, changes);
  if (position !== undefined) await mirror.discard?.();
  await mirror.loadAll();
}

async function refreshInPages(mirror: IndexMirror, changes: readonly Change[]): Promise<void> {
  const ids = changes.filter(({ topic }) => topic === mirror.topic).map(({ entityId }) => entityId);
  for (let i = 0; i < ids.length; i += PAGE_ROWS) await mirror.refresh(ids.slice(i, i + PAGE_ROWS));
}
