import { z } from 'zod';
import type { BacklogView, StatsView } from '../../domain/views/operation-view.ts';
import { decodeCursor, encodeCursor } from '../../pipeline/page-cursor.ts';
import { WAITING_STATES, type Queries } from '../../pipeline/queries.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { rememberCostly } from './remember-costly.ts';

/** Where a page of events begins: after this transaction and number. */
const eventKey = z.tuple([z.string().regex(/^\d{1,19}$/), z.string().regex(/^\d{1,19}$/)]);

const START: readonly [string, string] = ['0', '0'];

interface EventRow {
  readonly xid: bigint;
  readonly seq: bigint;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
  readonly time: Date;
}

/** Reads figures of the installation and the log of events. */
export function operationQueries(database: Database): Pick<Queries, 'stats' | 'backlog' | 'events'> {
  const stats = rememberCostly(() => readStats(database));
  return {
    stats: () => stats(''),
    async backlog() {
      const [backlog] = await database.$queryRaw<[BacklogView]>`
        SELECT (SELECT count(*)::int FROM "check" WHERE state IN ('QUEUED', 'RUNNING')) AS checks,
          (SELECT count(*)::int FROM credit_head WHERE "snapshotSeq" < "lastSeq") AS "creditBehind"`;
      return backlog;
    },
    async events({ types }, { limit, cursor }) {
      const [xid, seq] = cursor === undefined ? START : decodeCursor(cursor, eventKey);
      const ofType = types === undefined ? Prisma.empty : Prisma.sql`AND type IN (${Prisma.join([...types])})`;
      // By number alone a reader would skip events of a transaction that commits after one with higher numbers. By
      // transaction, and only below the oldest one that still runs, nothing can come before what was read.
      const rows = await database.$queryRaw<EventRow[]>`
        SELECT xid, seq, id, type, subject, data, time FROM event
        WHERE (xid, seq) > (${BigInt(xid)}, ${BigInt(seq)})
          AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ${ofType}
        ORDER BY xid, seq LIMIT ${limit + 1}`;
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        events: shown.map(({ id, type, subject, data, time }) => ({
          id,
          type,
          subject,
          data,
          time: time.toISOString(),
        })),
        nextCursor: encodeCursor(last === undefined ? [xid, seq] : [String(last.xid), String(last.seq)]),
        hasMore: rows.length > limit,
      };
    },
  };
}

interface CountRow {
  readonly figure: string;
  readonly name: string;
  readonly count: number;
}

async function readStats(database: Database): Promise<StatsView> {
  const waiting = Prisma.join([...WAITING_STATES]);
  const rows = await database.$queryRaw<CountRow[]>`
    SELECT 'subjects' AS figure, 'sellers' AS name, count(*)::int AS count FROM seller WHERE NOT "isPlaceholder"
    UNION ALL SELECT 'subjects', 'listings', count(*)::int FROM listing
    UNION ALL SELECT 'subjects', 'reviews', count(*)::int FROM review
    UNION ALL SELECT 'subjects', 'accounts', count(*)::int FROM account
    UNION ALL SELECT 'subjects', 'orders', count(*)::int FROM "order"
    UNION ALL SELECT 'subjects', 'marks', count(*)::int FROM mark WHERE NOT "isWithdrawn"
    UNION ALL SELECT 'subjects', 'bankPictures', count(*)::int FROM bank_picture WHERE "isEnabled" AND bank <> 'SELLERS'
    UNION ALL SELECT 'checksByState', state, count(*)::int FROM "check" GROUP BY state
    UNION ALL SELECT 'checksByOutcome', outcome, count(*)::int FROM "check" WHERE outcome IS NOT NULL GROUP BY outcome
    UNION ALL SELECT 'findingsByType', "violationType", count(*)::int FROM finding GROUP BY "violationType"
    UNION ALL SELECT 'openCasesByQueue', queue, count(*)::int FROM "case"
      WHERE state IN (${waiting}) GROUP BY queue
    UNION ALL SELECT 'openCasesByType', "violationType", count(*)::int FROM "case"
      WHERE state IN (${waiting}) GROUP BY "violationType"
    UNION ALL SELECT 'openCasesByOutcome', k.outcome, count(DISTINCT c.id)::int FROM "case" c
      JOIN case_item i ON i."caseId" = c.id JOIN "check" k ON k.id = i."checkId"
      WHERE c.state IN (${waiting}) AND k.outcome IS NOT NULL GROUP BY k.outcome
    UNION ALL SELECT 'openCasesByTier', s.tier, count(*)::int FROM "case" c
      JOIN credit_snapshot s ON s."sellerId" = c."sellerId"
      WHERE c.state IN (${waiting}) GROUP BY s.tier
    UNION ALL SELECT 'casesByState', state, count(*)::int FROM "case" GROUP BY state
    UNION ALL SELECT 'listingsByPublication', publication, count(*)::int FROM listing GROUP BY publication
    UNION ALL SELECT 'reviewsByAuthenticity', authenticity, count(*)::int FROM review GROUP BY authenticity
    UNION ALL SELECT 'sellersByTier', tier, count(*)::int FROM credit_snapshot GROUP BY tier
    UNION ALL SELECT 'credit', 'behind', count(*)::int FROM credit_head WHERE "snapshotSeq" < "lastSeq"`;
  const figure = (wanted: string): Record<string, number> =>
    Object.fromEntries(rows.filter((row) => row.figure === wanted).map(({ name, count }) => [name, count]));
  const {
    sellers = 0,
    listings = 0,
    reviews = 0,
    accounts = 0,
    orders = 0,
    marks = 0,
    bankPictures = 0,
  } = figure('subjects');
  return {
    subjects: { sellers, listings, reviews, accounts, orders, marks, bankPictures },
    checksByState: figure('checksByState'),
    checksByOutcome: figure('checksByOutcome'),
    findingsByType: figure('findingsByType'),
    openCasesByQueue: figure('openCasesByQueue'),
    openCasesByType: figure('openCasesByType'),
    openCasesByOutcome: figure('openCasesByOutcome'),
    openCasesByTier: figure('openCasesByTier'),
    casesByState: figure('casesByState'),
    listingsByPublication: figure('listingsByPublication'),
    reviewsByAuthenticity: figure('reviewsByAuthenticity'),
    sellersByTier: figure('sellersByTier'),
    creditBehind: figure('credit')['behind'] ?? 0,
  };
}
