import type { Database } from './database.ts';

/** What the triggers of the migrations write into the feed. */
export const FEED_TOPICS = ['mark', 'bank_picture', 'bank_hash', 'review', 'account', 'ruleset'] as const;
export type FeedTopic = (typeof FEED_TOPICS)[number];

export interface Change {
  readonly topic: FeedTopic;
  readonly entityId: string;
}

interface FeedRow {
  readonly seq: bigint | null;
  readonly topic: string | null;
  readonly entityId: string | null;
  readonly floor: bigint;
}

/**
 * Reads what changed since the last read; every committed change is given at least once.
 *
 * Sequence numbers alone would lose changes: a transaction may commit after one with a higher number. So the cursor is
 * the oldest transaction that was still running at the last read, and rows above it are remembered by number.
 */
export function openChangeFeed(database: Database): { read(): Promise<readonly Change[]> } {
  let cursor: bigint | undefined;
  let seen = new Set<bigint>();
  return {
    async read() {
      // The left join gives one row with the floor even when nothing changed.
      const rows = await database.$queryRaw<FeedRow[]>`
        SELECT f.seq, f.topic, f."entityId", s.floor
        FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS floor) s
        LEFT JOIN change_feed f ON f.xid >= ${cursor ?? null}::bigint
        ORDER BY f.seq`;
      cursor = rows[0]?.floor ?? cursor;
      const present = rows.filter(({ seq }) => seq !== null);
      const fresh = present.filter(({ seq }) => !seen.has(seq!));
      seen = new Set(present.map(({ seq }) => seq!));
      const distinct = new Map(fresh.map(({ topic, entityId }) => [`${topic}/${entityId}`, { topic, entityId }]));
      return [...distinct.values()].map(({ topic, entityId }) => ({ topic: topic as FeedTopic, entityId: entityId! }));
    },
  };
}
