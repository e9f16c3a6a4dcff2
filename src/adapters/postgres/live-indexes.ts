import type { Database } from './database.ts';
import { openChangeFeed, type FeedTopic } from './change-feed.ts';

/** Keeps one in-memory index equal to a table. */
export interface IndexMirror {
  readonly topic: FeedTopic;
  /** Reads the whole table into the index. */
  loadAll(): Promise<void>;
  /** Reads these rows again; rows that are gone leave the index. */
  refresh(ids: readonly string[]): Promise<void>;
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
  for (const mirror of mirrors) await mirror.loadAll();

  const follow = async (): Promise<void> => {
    const changes = await feed.read();
    for (const mirror of mirrors) {
      if (mirror.isLost?.() === true) await mirror.loadAll();
      const ids = changes.filter(({ topic }) => topic === mirror.topic).map(({ entityId }) => entityId);
      if (ids.length > 0) await mirror.refresh(ids);
    }
  };
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
      await current.catch(() => undefined);
      for (const mirror of mirrors) await mirror.stop?.();
    },
  };
}
