import { z } from 'zod';
import type { TimelineEntry } from '../../domain/views/search-view.ts';
import { decodeCursor, toPage, type Page, type PageRequest } from '../../pipeline/page-cursor.ts';
import type { Reach } from '../../pipeline/casework/reviewer.ts';
import { readGists } from './case-gists.ts';
import { whereWithinReach, withinReach } from './case-reach.ts';
import type { Database } from './database.ts';
import type { EntityRef } from './entity-queries.ts';
import { Prisma } from './generated/client.ts';
import { readNames } from './read-names.ts';

/** Where a page of a history begins: after this time and key. */
const timelineKey = z.tuple([z.iso.datetime(), z.string()]);

type Facts = NonNullable<TimelineEntry['facts']>;

interface TimelineRow {
  readonly at: Date;
  readonly key: string;
  readonly type: string;
  readonly title: string;
  readonly detail: string | null;
  readonly refKind: string | null;
  readonly refId: string | null;
  readonly by: string | null;
  readonly facts: Facts | null;
}

/** Without what the database does not know. */
const withoutNulls = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));

/** Which rows of each table tell of an entity, of cases those within reach. */
function conditionsOf({ kind, id }: EntityRef, reach: Reach): Readonly<Record<string, Prisma.Sql>> {
  const none = Prisma.sql`false`;
  const subject = Prisma.sql`"subjectKind" = ${kind} AND "subjectId" = ${id}`;
  const isSeller = kind === 'SELLER';
  const isSeen = withinReach(reach);
  return {
    check: kind === 'MARK' || kind === 'CASE' ? none : subject,
    case: Prisma.sql`${isSeen} AND ${
      isSeller
        ? Prisma.sql`"sellerId" = ${id}`
        : kind === 'MARK'
          ? Prisma.sql`"markId" = ${id}`
          : kind === 'CASE'
            ? Prisma.sql`id = ${id}`
            : Prisma.sql`((${subject}) OR id IN (SELECT i."caseId" FROM case_item i JOIN "check" k ON k.id = i."checkId"
                WHERE k."subjectKind" = ${kind} AND k."subjectId" = ${id}))`
    }`,
    // What the rules decided of an item without a case is no case's business.
    decision: Prisma.sql`("caseId" IS NULL OR EXISTS (SELECT 1 FROM "case" WHERE "case".id = decision."caseId" AND ${isSeen})) AND ${
      isSeller
        ? Prisma.sql`"sellerId" = ${id} AND "caseDecisionId" IS NOT NULL`
        : kind === 'CASE'
          ? Prisma.sql`"caseId" = ${id} AND "caseDecisionId" IS NOT NULL`
          : subject
    }`,
    caseEvent: kind === 'CASE' ? Prisma.sql`"caseId" = ${id}` : none,
    credit: isSeller
      ? Prisma.sql`"legalId" = (SELECT "legalId" FROM seller WHERE id = ${id}) AND kind <> 'EVIDENCE'`
      : kind === 'LISTING' || kind === 'REVIEW' || kind === 'ORDER'
        ? Prisma.sql`"subjectRef" = ${`${kind}/${id}`}`
        : none,
    listing: isSeller ? Prisma.sql`"sellerId" = ${id}` : none,
    review:
      kind === 'LISTING'
        ? Prisma.sql`"listingId" = ${id}`
        : kind === 'ACCOUNT'
          ? Prisma.sql`"accountId" = ${id}`
          : none,
    order: kind === 'ACCOUNT' ? Prisma.sql`"accountId" = ${id}` : none,
    orderEvent: kind === 'ORDER' ? Prisma.sql`"orderId" = ${id}` : none,
  };
}

/** Whether somebody may see an entity at all: everything but cases out of reach. */
export async function isVisible(database: Database, { kind, id }: EntityRef, reach: Reach): Promise<boolean> {
  if (kind !== 'CASE') return true;
  return (await database.case.count({ where: { AND: [{ id }, whereWithinReach(reach)] } })) > 0;
}

/**
 * The history of an entity, newest first: each table gives what comes next, the newest of all are shown. Undefined where
 * the entity is a case out of reach.
 */
export async function readTimeline(
  database: Database,
  ref: EntityRef,
  { limit, cursor }: PageRequest,
  reach: Reach,
): Promise<Page<TimelineEntry> | undefined> {
  if (!(await isVisible(database, ref, reach))) return undefined;
  const [at, key] = cursor === undefined ? ['9999-12-31T00:00:00.000Z', ''] : decodeCursor(cursor, timelineKey);
  const of = conditionsOf(ref, reach);
  const before = new Date(at);
  const most = limit + 1;
  /** Rows of one table; `key` tells rows of one moment apart. */
  const part = (columns: Prisma.Sql, from: Prisma.Sql, where: Prisma.Sql | undefined, time: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`(SELECT * FROM (SELECT ${time} AS at, ${columns} FROM ${from} WHERE ${where ?? Prisma.sql`false`}
      AND ${time} <= ${before})
      AS told(at, key, type, title, detail, "refKind", "refId", by, facts) WHERE (at < ${before} OR key > ${key}) ORDER BY at DESC, key LIMIT ${most})`;
  const rows = await database.$queryRaw<TimelineRow[]>`
    SELECT * FROM (
      ${Prisma.join(
        [
          part(
            Prisma.sql`'check/' || id AS key, 'CHECK' AS type, 'Checked: ' || COALESCE(outcome, state) AS title,
              trigger AS detail, NULL AS "refKind", NULL AS "refId", NULL AS by,
              jsonb_build_object('outcome', COALESCE(outcome, state), 'trigger', trigger) AS facts`,
            Prisma.sql`"check"`,
            of['check'],
            Prisma.sql`"acceptedAt"`,
          ),
          part(
            Prisma.sql`'case/' || id, 'CASE', 'Case opened: ' || "violationType", summary, 'CASE', id, NULL,
              jsonb_build_object('violationType', "violationType")`,
            Prisma.sql`"case"`,
            of['case'],
            Prisma.sql`"openedAt"`,
          ),
          part(
            Prisma.sql`'decision/' || id, 'DECISION', 'Decided: ' || array_to_string(actions, ', '),
              COALESCE(reason, "violationType"), 'CASE', "caseId", "decidedBy",
              jsonb_build_object('actions', actions, 'reason', reason, 'violationType', "violationType")`,
            Prisma.sql`decision`,
            of['decision'],
            Prisma.sql`"decidedAt"`,
          ),
          part(
            Prisma.sql`'event/' || lpad(seq::text, 9, '0'), 'CASE_EVENT', type,
              left(COALESCE(payload->>'text', payload->>'question', payload->>'reason', payload->>'note'), 200),
              'CASE', "caseId", actor, jsonb_build_object('event', type)`,
            Prisma.sql`case_event`,
            of['caseEvent'],
            Prisma.sql`at`,
          ),
          part(
            Prisma.sql`'credit/' || id, 'CREDIT', kind || COALESCE(' ' || (payload->>'points'), ''), payload->>'why',
              split_part("subjectRef", '/', 1), substr("subjectRef", strpos("subjectRef", '/') + 1), NULL,
              jsonb_build_object('entry', kind, 'points', payload->'points', 'credit', payload->'gist')`,
            Prisma.sql`credit_entry`,
            of['credit'],
            Prisma.sql`"recordedAt"`,
          ),
          part(
            Prisma.sql`'listing/' || id, 'LISTING', title, publication, 'LISTING', id, NULL,
              jsonb_build_object('publication', publication)`,
            Prisma.sql`listing`,
            of['listing'],
            Prisma.sql`"createdAt"`,
          ),
          part(
            Prisma.sql`'review/' || id, 'REVIEW', stars::text || ' ★', left(payload->>'text', 200), 'REVIEW', id, "accountId",
              jsonb_build_object('stars', stars)`,
            Prisma.sql`review`,
            of['review'],
            Prisma.sql`"createdAt"`,
          ),
          part(
            Prisma.sql`'order/' || id, 'ORDER', 'Ordered ' || "listingId", NULL, 'ORDER', id, NULL,
              jsonb_build_object('listingId', "listingId")`,
            Prisma.sql`"order"`,
            of['order'],
            Prisma.sql`"placedAt"`,
          ),
          part(
            Prisma.sql`'order-event/' || id, 'ORDER', type, NULL, NULL, NULL, NULL, jsonb_build_object('event', type)`,
            Prisma.sql`order_event`,
            of['orderEvent'],
            Prisma.sql`at`,
          ),
        ],
        ' UNION ALL ',
      )}) AS everything ORDER BY at DESC, key LIMIT ${most}`;
  const names = await readNames(
    database,
    rows.flatMap(({ by }) => (by === null ? [] : [by])),
  );
  const gists = await readGists(
    database,
    rows.flatMap(({ type, refId }) => (type === 'CASE' && refId !== null ? [refId] : [])),
  );
  return toPage(rows, limit, {
    item: (row) => {
      const found = row.type === 'CASE' ? gists.get(row.refId ?? '') : undefined;
      const facts = found === undefined ? row.facts : { ...row.facts, found };
      return toEntry({ ...row, facts, by: row.by === null ? null : (names.get(row.by) ?? row.by) });
    },
    key: (row) => [row.at.toISOString(), row.key],
  });
}

const toEntry = ({ at, type, title, detail, refKind, refId, by, facts }: TimelineRow): TimelineEntry => ({
  at: at.toISOString(),
  type: type as TimelineEntry['type'],
  title,
  ...(detail === null ? {} : { detail }),
  ...(refKind === null || refId === null
    ? {}
    : { ref: { kind: refKind, id: refId } as NonNullable<TimelineEntry['ref']> }),
  ...(by === null ? {} : { by }),
  ...(facts === null ? {} : { facts: withoutNulls(facts) }),
});
