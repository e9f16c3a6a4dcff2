import type { CaseState } from '../../domain/case.ts';
import type { Severity, ViolationType } from '../../domain/violation.ts';
import { type CaseFeed, streamTypeOf } from '../../pipeline/casework/case-stream.ts';
import type { Database } from './database.ts';
import { unlessNull } from './stored-json.ts';

const PLACE = /^(\d{1,19})-(\d{1,19})$/;

interface FeedRow {
  readonly feedXid: bigint;
  readonly feedSeq: bigint;
  readonly type: string;
  readonly actor: string;
  readonly at: Date;
  readonly caseId: string;
  readonly queue: string;
  readonly state: string;
  readonly severity: string;
  readonly violationType: string;
  readonly priority: number;
  readonly leaseHolder: string | null;
  readonly leaseUntil: Date | null;
  readonly market: string | null;
}

/** What happens to cases, in an order in which a reader misses nothing: see `events` of operation-queries.ts. */
export function postgresCaseFeed(database: Database): CaseFeed {
  return {
    async head() {
      const [row] = await database.$queryRaw<{ xmin: bigint }[]>`
        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin`;
      return `${row!.xmin}-0`;
    },
    async read(after, limit) {
      const [, xid, seq] = PLACE.exec(after) ?? [];
      if (xid === undefined || seq === undefined) return undefined;
      const rows = await database.$queryRaw<FeedRow[]>`
        SELECT e."feedXid", e."feedSeq", e.type, e.actor, e.at, e."caseId", c.queue, c.state, c.severity,
          c."violationType", c.priority, c."leaseHolder", c."leaseUntil", c.market
        FROM case_event e JOIN "case" c ON c.id = e."caseId"
        WHERE (e."feedXid", e."feedSeq") > (${BigInt(xid)}, ${BigInt(seq)})
          AND e."feedXid" < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        ORDER BY e."feedXid", e."feedSeq" LIMIT ${limit}`;
      const placeOf = (row: FeedRow): string => `${row.feedXid}-${row.feedSeq}`;
      const last = rows.at(-1);
      return {
        place: last === undefined ? after : placeOf(last),
        events: rows.flatMap((row) => {
          const type = streamTypeOf(row.type);
          if (type === undefined) return [];
          const event = {
            caseId: row.caseId,
            at: row.at.toISOString(),
            queue: row.queue,
            state: row.state as CaseState,
            severity: row.severity as Severity,
            violationType: row.violationType as ViolationType,
            priority: row.priority,
            by: row.actor,
            ...unlessNull('leaseHolder', row.leaseHolder),
            ...unlessNull('leaseUntil', row.leaseUntil?.toISOString() ?? null),
          };
          return [{ place: placeOf(row), type, ...unlessNull('market', row.market), event }];
        }),
      };
    },
  };
}
