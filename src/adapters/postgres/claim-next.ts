import { CASE_LEASE_MS } from '../../domain/case.ts';
import type { NextAnswer, NextWish } from '../../pipeline/casework/case-store.ts';
import { WAITING_STATES } from '../../pipeline/queries.ts';
import type { CaseMoment } from './case-clock.ts';
import { isNotOwnAppeal } from './case-hands.ts';
import { whereWithinReach, withinReach } from './case-reach.ts';
import { toStoredCase } from './case-row.ts';
import { toCaseSummary } from './case-queries.ts';
import type { Database } from './database.ts';
import { type Case, Prisma } from './generated/client.ts';
import { PLANNED_ONCE } from './named-statements.ts';
import { readNames } from './read-names.ts';

/** By name and not `*`: a statement that is planned once fails when a migration adds a column to what it gives. */
const CASE_COLUMNS = Prisma.raw(
  Object.values(Prisma.CaseScalarFieldEnum)
    .map((name) => `c."${name}"`)
    .join(', '),
);

type ClaimedRow = Case & { readonly itemCount: number; readonly upcomingId: string | null };

/** States from which a reviewer may claim, and what the case becomes. The same moves as in src/domain/case.ts. */
const claimable = ({ reviewer: { isLead }, without }: NextWish): readonly Prisma.Sql[] => [
  Prisma.sql`state = 'QUEUED'`,
  ...(without?.secondReviews === true
    ? []
    : [
        Prisma.sql`state = 'PROPOSED'`,
        ...(isLead ? [Prisma.sql`state = 'ADJUDICATION' AND "leaseHolder" IS NULL`] : []),
      ]),
];

function conditions(wish: NextWish, nowMs: number, isLanguageKept: boolean): Prisma.Sql {
  const { reviewer, queue, skipIds } = wish;
  const { languages, skills } = reviewer.reach;
  const now = new Date(nowMs);
  const parts = [
    Prisma.sql`("assigneeId" IS NULL OR "assigneeId" = ${reviewer.id} OR "assignedUntil" < ${now})`,
    Prisma.sql`"proposedBy" IS DISTINCT FROM ${reviewer.id} AND "disagreedBy" IS DISTINCT FROM ${reviewer.id}`,
    isNotOwnAppeal(reviewer.id),
    ...(wish.without?.appeals === true
      ? [Prisma.sql`"violationType" NOT IN ('SYS_STANDING_APPEAL', 'SYS_SELLER_APPEAL')`]
      : []),
    ...(queue === undefined ? [] : [Prisma.sql`queue = ${queue}`]),
    ...(reviewer.isLead ? [] : [Prisma.sql`level = 1`]),
    withinReach(reviewer.reach),
    ...(skills.length === 0
      ? []
      : [
          Prisma.sql`("violationType" = ANY(${[...skills]}) OR COALESCE("neededSkills", '{}') <@ ${[...skills]}::text[])`,
        ]),
    ...(languages.length === 0 || !isLanguageKept
      ? []
      : [Prisma.sql`(language IS NULL OR language = ANY(${[...languages]}))`]),
    ...(skipIds.length === 0 ? [] : [Prisma.sql`id <> ALL(${[...skipIds]})`]),
  ];
  return Prisma.join(parts, ' AND ');
}

/**
 * Claims in one statement: candidates that another transaction has locked are skipped, so two claims at one moment never
 * meet, neither on a server nor on the one session of the embedded engine.
 */
async function claimOne(database: Database, where: Prisma.Sql, wish: NextWish, nowMs: number): Promise<ClaimedRow[]> {
  const { reviewer } = wish;
  const now = new Date(nowMs);
  const until = new Date(nowMs + CASE_LEASE_MS);
  const pools = claimable(wish).map((state, i) => ({
    name: Prisma.raw(`pool_${i}`),
    sql: Prisma.sql`SELECT id, state, priority, "openedAt" FROM "case" WHERE ${state} AND ${where}
      ORDER BY priority DESC, "openedAt", id LIMIT 2 FOR UPDATE SKIP LOCKED`,
  }));
  return database.$queryRaw<ClaimedRow[]>`${PLANNED_ONCE}
    WITH ${Prisma.join(pools.map(({ name, sql }) => Prisma.sql`${name} AS (${sql})`))},
    ranked AS (
      SELECT id, state, row_number() OVER (ORDER BY priority DESC, "openedAt", id) AS rank
      FROM (${Prisma.join(
        pools.map(({ name }) => Prisma.sql`SELECT * FROM ${name}`),
        ' UNION ALL ',
      )}) AS pooled),
    taken AS (
      UPDATE "case" AS c SET
        state = CASE r.state WHEN 'QUEUED' THEN 'CLAIMED' WHEN 'PROPOSED' THEN 'SECOND_REVIEW' ELSE r.state END,
        "fencingToken" = c."fencingToken" + 1, "leaseHolder" = ${reviewer.id}, "leaseUntil" = ${until},
        "claimedAt" = ${now}, "holdReason" = NULL
      FROM ranked r WHERE r.rank = 1 AND c.id = r.id RETURNING ${CASE_COLUMNS}, r.state AS "stateBefore"),
    told AS (
      INSERT INTO case_event ("caseId", seq, at, actor, type, payload)
      SELECT id, (SELECT COALESCE(max(seq), 0) + 1 FROM case_event e WHERE e."caseId" = taken.id), ${now}, ${reviewer.id},
        CASE "stateBefore" WHEN 'PROPOSED' THEN 'BEGIN_SECOND_REVIEW' ELSE 'CLAIM' END,
        jsonb_build_object('fencingToken', "fencingToken") FROM taken)
    SELECT taken.*, (SELECT count(*)::int FROM case_item i WHERE i."caseId" = taken.id) AS "itemCount",
      (SELECT id FROM ranked WHERE rank = 2) AS "upcomingId" FROM taken`;
}

/** Claims the case that the page has loaded ahead, or the most urgent one that waits for the reviewer. */
export async function claimNextCase(database: Database, wish: NextWish, moment: CaseMoment): Promise<NextAnswer> {
  const { reviewer, preferId } = wish;
  const { nowMs } = moment;
  const open = conditions(wish, nowMs, true);
  let rows: ClaimedRow[] = [];
  if (preferId !== undefined) {
    rows = await claimOne(database, Prisma.sql`id = ${preferId} AND ${open}`, wish, nowMs);
    const [first] = rows;
    if (first !== undefined) rows = [{ ...first, upcomingId: await findUpcoming(database, open, wish) }];
  }
  if (rows.length === 0) rows = await claimOne(database, open, wish, nowMs);
  if (rows.length === 0 && reviewer.reach.languages.length > 0)
    rows = await claimOne(database, conditions(wish, nowMs, false), wish, nowMs);
  const [row] = rows;
  if (row === undefined) return { kind: 'empty', withOthers: await countWithOthers(database, wish) };
  const names = new Map([[reviewer.id, reviewer.name]]);
  if (row.assigneeId !== null && row.assigneeId !== reviewer.id)
    for (const [id, name] of await readNames(database, [row.assigneeId])) names.set(id, name);
  const summary = toCaseSummary({ ...row, _count: { items: row.itemCount } }, moment, names);
  return {
    kind: 'claimed',
    changed: { summary, stored: toStoredCase(row) },
    ...(row.upcomingId === null ? {} : { upcomingId: row.upcomingId }),
  };
}

async function findUpcoming(database: Database, where: Prisma.Sql, wish: NextWish): Promise<string | null> {
  const pools = claimable(wish).map(
    (state) => Prisma.sql`(SELECT id, priority, "openedAt" FROM "case" WHERE ${state} AND ${where}
      ORDER BY priority DESC, "openedAt", id LIMIT 1)`,
  );
  const [row] = await database.$queryRaw<{ id: string }[]>`${PLANNED_ONCE}
    SELECT id FROM (${Prisma.join(pools, ' UNION ALL ')}) AS pooled ORDER BY priority DESC, "openedAt", id LIMIT 1`;
  return row?.id ?? null;
}

/** Waiting cases of the queue that were not offered: with others, or a reviewer's own proposals. */
async function countWithOthers(database: Database, { queue, reviewer }: NextWish): Promise<number> {
  return database.case.count({
    where: {
      state: { in: [...WAITING_STATES] },
      ...(queue === undefined ? {} : { queue }),
      ...whereWithinReach(reviewer.reach),
    },
  });
}
