import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FeedPosition } from '../feed-position.ts';
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

/** Reads the feed from now on, and tells places in it for what is kept elsewhere. */
export interface OpenChangeFeed {
  /** What changed since the last read, the first time nothing; every committed change is given at least once. */
  read(): Promise<readonly Change[]>;
  /** The place up to which changes were read; undefined before the first change of all. */
  position(): Promise<FeedPosition | undefined>;
  /**
   * What changed since a place that an earlier process was told; undefined where it is none of this feed: of another
   * database, or of one that was restored from a backup since.
   */
  since(position: FeedPosition): Promise<readonly Change[] | undefined>;
}

/**
 * Opens the feed of a database.
 *
 * Sequence numbers alone would lose changes: a transaction may commit after one with a higher number. So the cursor is
 * the oldest transaction that was still running at the last read, and rows above it are remembered by number.
 */
export function openChangeFeed(database: Database): OpenChangeFeed {
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
      return distinct(fresh);
    },
    async position() {
      const floor = cursor;
      if (floor === undefined) return undefined;
      const last = await database.changeFeed.findFirst({ orderBy: { seq: 'desc' } });
      if (last === null) return undefined;
      const { seq, xid, topic, entityId } = last;
      const mark = { seq: seq.toString(), xid: xid.toString(), topic, entityId };
      return { databaseId: await readDatabaseId(database), floor: floor.toString(), mark };
    },
    async since({ databaseId, floor, mark }) {
      if ((await readDatabaseId(database)) !== databaseId) return undefined;
      const seq = BigInt(mark.seq);
      const found = await database.changeFeed.findUnique({ where: { seq } });
      const isSame =
        found?.xid.toString() === mark.xid && found.topic === mark.topic && found.entityId === mark.entityId;
      if (!isSame) return undefined;
      // After a crash of an engine that does not force its writes, transactions may get numbers that were used before.
      const rows = await database.changeFeed.findMany({
        where: { OR: [{ xid: { gte: BigInt(floor) } }, { seq: { gt: seq } }] },
        orderBy: { seq: 'asc' },
        select: { topic: true, entityId: true },
      });
      return distinct(rows);
    },
  };
}

function distinct(rows: readonly Pick<FeedRow, 'topic' | 'entityId'>[]): readonly Change[] {
  const changes = new Map(rows.map(({ topic, entityId }) => [`${topic}/${entityId}`, { topic, entityId }]));
  return [...changes.values()].map(({ topic, entityId }) => ({ topic: topic as FeedTopic, entityId: entityId! }));
}

/** Drawn when it is first asked for. */
async function readDatabaseId(database: Database): Promise<string> {
  const key = 'database-id';
  await database.setting.createMany({
    data: [{ key, value: randomUUID(), updatedAt: new Date() }],
    skipDuplicates: true,
  });
  const { value } = await database.setting.findUniqueOrThrow({ where: { key } });
  return z.string().parse(value);
}
