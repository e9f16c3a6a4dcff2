import type { DashboardView } from '../../domain/views/dashboard-view.ts';
import type { DashboardScope } from '../../pipeline/casework/reviewer.ts';
import { WAITING_STATES } from '../../pipeline/queries.ts';
import { readAppealFigures } from './dashboard-appeals.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { readNames } from './read-names.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Alarms of a kind that a dashboard shows. */
const SHOWN_ALARMS = 50;

interface Period extends Omit<DashboardScope, 'days'> {
  readonly from: Date;
  readonly to: Date;
}

interface NamedCount {
  readonly name: string;
  readonly count: number;
}

interface NamedShare {
  readonly key: string;
  readonly hits: number;
  readonly of: number;
}

/** The cases of the scope, as a condition on `c`. */
function within({ reach: { markets, queues }, queue, market }: Omit<DashboardScope, 'days'>): Prisma.Sql {
  const parts = [
    queues.length === 0 ? undefined : Prisma.sql`c.queue = ANY(${[...queues]})`,
    markets.length === 0 ? undefined : Prisma.sql`(c.market IS NULL OR c.market = ANY(${[...markets]}))`,
    queue === undefined ? undefined : Prisma.sql`c.queue = ${queue}`,
    market === undefined ? undefined : Prisma.sql`c.market = ${market}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? Prisma.sql`true` : Prisma.join(parts, ' AND ');
}

/** Decisions of the period that count: not undone, not turned down. */
const counted = ({ from, to }: Period): Prisma.Sql =>
  Prisma.sql`d.state IN ('PENDING', 'IN_FORCE', 'REVERSED') AND d."decidedAt" >= ${from} AND d."decidedAt" < ${to}`;

/** A ruling that leaves or undoes what was decided is no second decision about it. */
const DECIDES_ANEW = Prisma.sql`(d."appealRuling" IS NULL OR d."appealRuling" = 'MODIFIED')`;

const toRecord = (rows: readonly NamedCount[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, count }) => [name, count]));

/** Figures of the work of the last days; every table is read by an index on time. */
export async function readDashboard(
  database: Database,
  given: DashboardScope & { readonly nowMs: number },
  titles: ReadonlyMap<string, string>,
): Promise<DashboardView> {
  const period = {
    from: new Date(given.nowMs - given.days * DAY_MS),
    to: new Date(given.nowMs + 1),
    reach: given.reach,
    queue: given.queue,
    market: given.market,
  };
  const { from, to } = period;
  const decisions = Prisma.sql`case_decision d JOIN "case" c ON c.id = d."caseId"
    WHERE ${counted(period)} AND ${within(period)}`;
  const count = (column: Prisma.Sql) =>
    database.$queryRaw<NamedCount[]>`SELECT ${column} AS name, count(*)::int AS count
      FROM ${decisions} AND ${DECIDES_ANEW} GROUP BY 1`;
  const overturned = (key: Prisma.Sql) =>
    database.$queryRaw<NamedShare[]>`
      SELECT ${key} AS key, (count(*) FILTER (WHERE d.state = 'REVERSED'))::int AS hits, count(*)::int AS of
      FROM ${decisions} AND d.reason = 'CONFIRMED' AND d.state <> 'PENDING'
        AND ${DECIDES_ANEW} GROUP BY 1 ORDER BY 1`;
  const byType = await overturned(Prisma.sql`COALESCE(d."violationType", '')`);
  const byReviewer = await overturned(Prisma.sql`d."decidedBy"`);
  const reviewers = await database.$queryRaw<{ personId: string; decided: number; seconds: number | null }[]>`
    SELECT d."decidedBy" AS "personId", count(*)::int AS decided,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY d."handlingMs") / 1000 AS seconds
    FROM ${decisions} GROUP BY 1 ORDER BY 2 DESC LIMIT 200`;
  const names = await readNames(database, [
    ...byReviewer.map(({ key }) => key),
    ...reviewers.map((one) => one.personId),
  ]);
  const times = await readTimes(database, decisions);
  const [sla] = await database.$queryRaw<{ hits: number; of: number }[]>`
    SELECT (count(*) FILTER (WHERE d."decidedAt" <= c."dueAt"))::int AS hits, count(*)::int AS of FROM ${decisions}`;
  const [done] = await database.$queryRaw<{ checks: number }[]>`
    SELECT count(*)::int AS checks FROM "check" WHERE outcome IS NOT NULL AND "finishedAt" >= ${from} AND "finishedAt" < ${to}`;
  const hours = (given.days * DAY_MS) / HOUR_MS;
  const of = sla?.of ?? 0;
  return {
    from: from.toISOString(),
    to: new Date(given.nowMs).toISOString(),
    markets: await readMarkets(database, period),
    backlog: await readBacklog(database, given.nowMs, period, titles),
    sla: sla ?? { hits: 0, of: 0 },
    timeToAction: {
      all: times.get('') ?? { count: 0 },
      byQueue: [...times].filter(([queue]) => queue !== '').map(([queue, figures]) => ({ queue, ...figures })),
    },
    days: await readDays(database, period),
    decisionsByReason: toRecord(await count(Prisma.sql`d.reason`)),
    decisionsByAction: toRecord(await count(Prisma.sql`unnest(d.actions)`)),
    decisionsByType: toRecord(await count(Prisma.sql`COALESCE(d."violationType", 'NONE')`)),
    overturned: {
      all: {
        hits: byType.reduce((sum, { hits }) => sum + hits, 0),
        of: byType.reduce((sum, one) => sum + one.of, 0),
      },
      byViolationType: byType,
      byReviewer: byReviewer.map((one) => ({ ...one, name: names.get(one.key) ?? one.key })),
    },
    appeals: await readAppealFigures(database, period, within(period)),
    ...(await readPrecision(database, period)),
    breakers: await readAlarms(database, period, { contains: 'breaker' }),
    creditAlarms: await readAlarms(database, period, { equals: 'assay.credit.replay-differs' }),
    reviewers: reviewers.map(({ personId, decided, seconds }) => ({
      personId,
      name: names.get(personId) ?? personId,
      decided,
      ...(seconds === null ? {} : { medianHandlingSeconds: seconds }),
    })),
    throughput: {
      checksDone: done?.checks ?? 0,
      checksPerHour: (done?.checks ?? 0) / hours,
      casesPerHour: of / hours,
    },
  };
}

interface Times {
  readonly count: number;
  readonly medianHours?: number;
  readonly p95Hours?: number;
}

/** From opening to decision, by queue; the empty name is all queues together. */
async function readTimes(database: Database, decisions: Prisma.Sql): Promise<ReadonlyMap<string, Times>> {
  const rows = await database.$queryRaw<
    { queue: string | null; count: number; median: number | null; p95: number | null }[]
  >`
    SELECT c.queue, count(*)::int AS count,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d."decidedAt" - c."openedAt")::float8) / 3600 AS median,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM d."decidedAt" - c."openedAt")::float8) / 3600 AS p95
    FROM ${decisions} GROUP BY GROUPING SETS ((c.queue), ()) ORDER BY 1`;
  return new Map(
    rows.map(({ queue, count, median, p95 }) => [
      queue ?? '',
      {
        count,
        ...(median === null ? {} : { medianHours: Math.max(0, median) }),
        ...(p95 === null ? {} : { p95Hours: Math.max(0, p95) }),
      },
    ]),
  );
}

/** Markets to choose from: those of what waits or was opened in the period. */
async function readMarkets(database: Database, { from, reach }: Period): Promise<string[]> {
  const rows = await database.$queryRaw<{ market: string }[]>`
    SELECT DISTINCT c.market FROM "case" c
    WHERE c.market IS NOT NULL AND (c."openedAt" >= ${from} OR c.state IN (${Prisma.join([...WAITING_STATES])}))
      AND ${within({ reach })} ORDER BY 1`;
  return rows.map(({ market }) => market);
}

async function readBacklog(
  database: Database,
  nowMs: number,
  scope: Period,
  titles: ReadonlyMap<string, string>,
): Promise<DashboardView['backlog']> {
  const now = new Date(nowMs);
  const older = (hours: number) => new Date(nowMs - hours * HOUR_MS);
  const rows = await database.$queryRaw<
    (Record<'waiting' | 'overdue' | 'dueSoon' | 'a' | 'b' | 'c' | 'd' | 'e', number> & { queue: string })[]
  >`
    SELECT c.queue, count(*)::int AS waiting, (count(*) FILTER (WHERE "dueAt" < ${now}))::int AS overdue,
      (count(*) FILTER (WHERE "dueAt" >= ${now}
        AND ${now}::timestamptz - "openedAt" >= 0.75 * ("dueAt" - "openedAt")))::int AS "dueSoon",
      (count(*) FILTER (WHERE "openedAt" > ${older(4)}))::int AS a,
      (count(*) FILTER (WHERE "openedAt" <= ${older(4)} AND "openedAt" > ${older(24)}))::int AS b,
      (count(*) FILTER (WHERE "openedAt" <= ${older(24)} AND "openedAt" > ${older(72)}))::int AS c,
      (count(*) FILTER (WHERE "openedAt" <= ${older(72)} AND "openedAt" > ${older(168)}))::int AS d,
      (count(*) FILTER (WHERE "openedAt" <= ${older(168)}))::int AS e
    FROM "case" c WHERE c.state IN (${Prisma.join([...WAITING_STATES])}) AND ${within(scope)}
    GROUP BY c.queue ORDER BY 2 DESC`;
  return rows.map(({ queue, waiting, overdue, dueSoon, a, b, c, d, e }) => ({
    queue,
    title: titles.get(queue) ?? queue,
    waiting,
    overdue,
    dueSoon,
    ages: [a, b, c, d, e],
  }));
}

/** Each UTC day of the period, the empty ones too. */
async function readDays(database: Database, period: Period): Promise<DashboardView['days']> {
  const { from, to } = period;
  const rows = await database.$queryRaw<{ what: string; day: string; count: number }[]>`
    SELECT 'opened' AS what, to_char("openedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*)::int AS count
      FROM "case" c WHERE "openedAt" >= ${from} AND "openedAt" < ${to} AND ${within(period)} GROUP BY 2
    UNION ALL SELECT CASE d.state WHEN 'UNDONE' THEN 'undone' ELSE 'decided' END,
      to_char(d."decidedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD'), count(*)::int
      FROM case_decision d JOIN "case" c ON c.id = d."caseId" WHERE d."decidedAt" >= ${from} AND d."decidedAt" < ${to}
        AND d.state IN ('PENDING', 'IN_FORCE', 'REVERSED', 'UNDONE') AND ${within(period)} GROUP BY 1, 2
    UNION ALL SELECT 'reversed', to_char(d."reversedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD'), count(*)::int
      FROM case_decision d JOIN "case" c ON c.id = d."caseId" WHERE d."reversedAt" >= ${from} AND d."reversedAt" < ${to}
        AND ${within(period)} GROUP BY 2`;
  const days: DashboardView['days'] = [];
  for (let ms = from.getTime(); ms < to.getTime(); ms += DAY_MS) {
    const day = new Date(ms).toISOString().slice(0, 10);
    const figure = (what: string) => rows.find((row) => row.what === what && row.day === day)?.count ?? 0;
    days.push({
      day,
      opened: figure('opened'),
      decided: figure('decided'),
      reversed: figure('reversed'),
      undone: figure('undone'),
    });
  }
  return days;
}

/** What people made of what rules and detectors said. Ends that leave it open, such as a duplicate, count for nothing. */
async function readPrecision(
  database: Database,
  period: Period,
): Promise<Pick<DashboardView, 'precisionByRule' | 'precisionByType'>> {
  const { from, to } = period;
  const judged = (list: string) =>
    database.$queryRaw<NamedShare[]>`
      SELECT named.key, (count(*) FILTER (WHERE d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL))::int AS hits,
        count(*)::int AS of
      FROM decision d JOIN "case" c ON c.id = d."caseId"
        CROSS JOIN LATERAL jsonb_array_elements_text(d.payload->${list}) AS named(key)
      WHERE ${within(period)} AND d."caseDecisionId" IS NOT NULL AND d."decidedAt" >= ${from} AND d."decidedAt" < ${to}
        AND d.reason NOT IN ('DUPLICATE', 'WITHDRAWN')
      GROUP BY named.key ORDER BY named.key`;
  const rules = await judged('firedRuleIds');
  const types = await judged('findingTypes');
  return {
    precisionByRule: rules.map(({ key, hits, of }) => ({ ruleId: key, hits, of })),
    precisionByType: types.map(({ key, hits, of }) => ({ violationType: key, hits, of })),
  };
}

async function readAlarms(
  database: Database,
  { from, to }: Period,
  type: Prisma.StringFilter<'Event'>,
): Promise<DashboardView['breakers']> {
  const rows = await database.event.findMany({
    where: { type, time: { gte: from, lt: to } },
    orderBy: { seq: 'desc' },
    take: SHOWN_ALARMS,
  });
  return rows.map(({ subject, time, data }) => ({
    key: subject,
    at: time.toISOString(),
    detail: JSON.stringify(data).slice(0, 500),
  }));
}
