import type { CaseHappening, CaseStore, QueueLoad } from '../../pipeline/casework/case-store.ts';
import type { Reach } from '../../pipeline/casework/reviewer.ts';
import type { QueueSettings } from '../../policy/queue-settings.ts';
import { WAITING_STATES } from '../../pipeline/queries.ts';
import type { CaseClock, CaseMoment } from './case-clock.ts';
import { withinReach } from './case-reach.ts';
import { readChanged, lockCase, writeChange } from './change-case.ts';
import { claimNextCase } from './claim-next.ts';
import { inTransaction, type Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { maintainCases } from './maintain-cases.ts';
import { rememberCostly } from './remember-costly.ts';
import { readNames } from './read-names.ts';
import { asStored } from './stored-json.ts';

/** Cases as they are worked. `priority` gives the factors of the published rules. */
export function postgresCaseStore(
  database: Database,
  clock: Pick<CaseClock, 'warnAt01'>,
  priority: () => QueueSettings['priority'],
): CaseStore {
  const momentAt = (nowMs: number): CaseMoment => ({ nowMs, warnAt01: clock.warnAt01() });
  // Figures of a moment: of several who ask at one, the latest is as good as any.
  let loadsAtMs = 0;
  const loads = rememberCostly((bounds) => readLoads(database, JSON.parse(bounds) as Reach, momentAt(loadsAtMs)));
  return {
    claimNext: (wish, nowMs) => claimNextCase(database, wish, momentAt(nowMs)),
    change: (id, work, nowMs) =>
      inTransaction(database, async (tx) => {
        const current = await lockCase(tx, id);
        if (current === undefined) return undefined;
        await writeChange(tx, current, work(current), nowMs);
        return readChanged(tx, id, momentAt(nowMs));
      }),
    merge: ({ fromId, intoId }, work, nowMs) =>
      inTransaction(database, async (tx) => {
        // By id, as all writers of cases do, so that none waits for another in a circle.
        const locked = new Map<string, Awaited<ReturnType<typeof lockCase>>>();
        for (const id of [fromId, intoId].toSorted()) locked.set(id, await lockCase(tx, id));
        const from = locked.get(fromId);
        const into = locked.get(intoId);
        if (from === undefined || into === undefined) return undefined;
        const change = work(from, into);
        await tx.$executeRaw`
          INSERT INTO case_item ("caseId", "checkId", "addedAt")
          SELECT ${intoId}, "checkId", "addedAt" FROM case_item WHERE "caseId" = ${fromId} ON CONFLICT DO NOTHING`;
        await tx.$executeRaw`
          UPDATE "case" AS c SET severity = GREATEST(c.severity, f.severity), priority = GREATEST(c.priority, f.priority),
            "dueAt" = LEAST(c."dueAt", f."dueAt") FROM "case" f WHERE c.id = ${intoId} AND f.id = ${fromId}`;
        await writeChange(tx, from, change.from, nowMs);
        await writeChange(tx, into, change.into, nowMs);
        await tx.case.update({ where: { id: fromId }, data: { mergedIntoId: intoId } });
        return readChanged(tx, fromId, momentAt(nowMs));
      }),
    since: (id, fencingToken) => readSince(database, id, fencingToken),
    ...maintainCases(database, priority),
    loads: ({ markets, queues }, nowMs) => {
      loadsAtMs = nowMs;
      return loads(JSON.stringify({ markets, queues }));
    },
    async arePeopleKnown() {
      return (await database.person.findFirst({ where: { disabledAt: null }, select: { id: true } })) !== null;
    },
    async nameOf(id) {
      const person = await database.person.findUnique({ where: { id } });
      if (person !== null) return person.disabledAt === null ? person.name : undefined;
      return (await readNames(database, [id])).get(id);
    },
    async colleagues() {
      const rows = await database.person.findMany({
        where: { disabledAt: null, role: { in: ['MODERATOR', 'LEAD', 'ADMIN'] } },
        orderBy: { name: 'asc' },
      });
      return rows.map(({ id, name, role }) => ({ id, name, role }));
    },
  };
}

/** What happened after the claim that gave a token: all of it where there was no such claim. */
async function readSince(database: Database, caseId: string, fencingToken: number): Promise<readonly CaseHappening[]> {
  const rows = await database.caseEvent.findMany({ where: { caseId }, orderBy: { seq: 'asc' } });
  const own = rows.findLastIndex(
    ({ payload }) => asStored<{ fencingToken?: number }>(payload).fencingToken === fencingToken,
  );
  return rows.slice(own + 1).map(({ type, actor, at, payload }) => ({
    type,
    actor,
    payload: { ...asStored<Record<string, unknown>>(payload), at: at.toISOString() },
  }));
}

/** What waits in each queue within reach. */
async function readLoads(
  database: Database,
  reach: Pick<Reach, 'markets' | 'queues'>,
  { nowMs, warnAt01 }: CaseMoment,
): Promise<readonly QueueLoad[]> {
  const now = new Date(nowMs);
  const rows = await database.$queryRaw<
    (Record<'waiting' | 'claimed' | 'overdue' | 'dueSoon' | 'secondReview', number> & {
      queue: string;
      oldest: Date;
    })[]
  >`
    SELECT queue, count(*)::int AS waiting, count("leaseHolder")::int AS claimed, min("openedAt") AS oldest,
      (count(*) FILTER (WHERE "dueAt" < ${now}))::int AS overdue,
      (count(*) FILTER (WHERE "dueAt" >= ${now}
        AND ${now}::timestamptz - "openedAt" >= ${warnAt01}::float8 * ("dueAt" - "openedAt")))::int AS "dueSoon",
      (count(*) FILTER (WHERE state IN ('PROPOSED', 'SECOND_REVIEW')))::int AS "secondReview"
    FROM "case" WHERE state IN (${Prisma.join([...WAITING_STATES])}) AND ${withinReach(reach)} GROUP BY queue`;
  return rows.map(({ oldest, ...row }) => ({ ...row, oldestAtMs: oldest.getTime() }));
}
