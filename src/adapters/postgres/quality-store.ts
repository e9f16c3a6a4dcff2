import type { Judgement } from '../../domain/views/quality-view.ts';
import type { QualityStore, StoredLook } from '../../pipeline/casework/quality-store.ts';
import type { Database } from './database.ts';
import { Prisma, type QualityLook } from './generated/client.ts';
import { readNames } from './read-names.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** A look that was taken and not answered within this time goes to somebody else. */
const TAKEN_MS = 60 * 60_000;

const toLook = (row: QualityLook): StoredLook => ({
  id: row.id,
  caseId: row.caseId,
  kind: row.kind as StoredLook['kind'],
  state: row.state as StoredLook['state'],
  ...unlessNull('goldenId', row.goldenId),
  violationType: row.violationType,
  firstBy: row.firstBy,
  first: asStored<Judgement>(row.first),
  ...unlessNull('secondBy', row.secondBy),
  ...unlessNull('second', asStored<Judgement | null>(row.second)),
  note: row.note ?? '',
  dueAtMs: row.dueAt.getTime(),
  ...unlessNull('answeredAtMs', row.answeredAt?.getTime() ?? null),
});

/** Second judgements and golden cases. */
export function postgresQualityStore(database: Database): QualityStore {
  const { qualityLook, goldenCase } = database;
  const byId = async (id: string): Promise<StoredLook | undefined> => {
    const row = await qualityLook.findUnique({ where: { id } });
    return row === null ? undefined : toLook(row);
  };
  return {
    async take({ id: by, queues }, nowMs) {
      const now = new Date(nowMs);
      const queue = queues.length === 0 ? Prisma.sql`true` : Prisma.sql`l.queue = ANY(${[...queues]})`;
      const rows = await database.$queryRaw<{ id: string }[]>`
        UPDATE quality_look SET state = 'TAKEN', "secondBy" = ${by}, "takenUntil" = ${new Date(nowMs + TAKEN_MS)}
        WHERE id = (
          SELECT l.id FROM quality_look l JOIN "case" c ON c.id = l."caseId"
          WHERE (l.state = 'SAMPLED' OR (l.state = 'TAKEN' AND (l."takenUntil" < ${now} OR l."secondBy" = ${by})))
            AND l."firstBy" <> ${by} AND NOT (${by} = ANY(COALESCE(c."priorReviewers", '{}'))) AND ${queue}
          ORDER BY (l."secondBy" = ${by}) DESC NULLS LAST, l."dueAt", l.id LIMIT 1 FOR UPDATE OF l SKIP LOCKED)
        RETURNING id`;
      return rows[0] === undefined ? undefined : byId(rows[0].id);
    },
    async takeGolden(by, { id, nowMs, dueAtMs }) {
      const rows = await database.$queryRaw<{ id: string }[]>`
        INSERT INTO quality_look (id, "caseId", "goldenId", kind, state, why, queue, "violationType", "firstBy", first,
          "secondBy", "takenUntil", "createdAt", "dueAt")
        SELECT ${id}, g."caseId", g.id, 'GOLDEN', 'TAKEN', g.why, c.queue, c."violationType", g."madeBy", g.expected,
          ${by}, ${new Date(nowMs + TAKEN_MS)}, ${new Date(nowMs)}, ${new Date(dueAtMs)}
        FROM golden_case g JOIN "case" c ON c.id = g."caseId"
        WHERE g."madeBy" <> ${by} AND NOT (${by} = ANY(COALESCE(c."priorReviewers", '{}')))
          AND NOT EXISTS (SELECT 1 FROM quality_look q WHERE q."goldenId" = g.id AND q."secondBy" = ${by})
        ORDER BY g.id LIMIT 1 RETURNING id`;
      return rows[0] === undefined ? undefined : byId(rows[0].id);
    },
    find: byId,
    async answer(id, by, { second, note, state, nowMs }) {
      const { count } = await qualityLook.updateMany({
        where: { id, secondBy: by, state: 'TAKEN' },
        data: { state, second, note, answeredAt: new Date(nowMs) },
      });
      return count === 1;
    },
    async settle(id, by, holds) {
      const { count } = await qualityLook.updateMany({
        where: { id, state: 'DISAGREE' },
        data: { state: 'ADJUDICATED', settledBy: by, holds },
      });
      return count === 1;
    },
    answered: async (sinceMs) =>
      (await qualityLook.findMany({ where: { answeredAt: { gte: new Date(sinceMs) } }, take: 100_000 })).map(toLook),
    disputed: async (limit) =>
      (
        await qualityLook.findMany({
          where: { state: 'DISAGREE', kind: 'SAMPLE' },
          orderBy: { answeredAt: 'asc' },
          take: limit,
        })
      ).map(toLook),
    countWaiting: () => qualityLook.count({ where: { state: { in: ['SAMPLED', 'TAKEN'] } } }),
    async addGolden({ id, caseId, expected, why, madeBy }, nowMs) {
      const row = { id, caseId, expected, why, madeBy, createdAt: new Date(nowMs) };
      const { count } = await goldenCase.createMany({ data: [row], skipDuplicates: true });
      return count === 1 ? 'added' : 'there-is-one';
    },
    async golden() {
      const rows = await goldenCase.findMany({ orderBy: { createdAt: 'desc' }, take: 1_000 });
      const counts = await qualityLook.groupBy({
        by: ['goldenId', 'state'],
        where: { goldenId: { not: null }, answeredAt: { not: null } },
        _count: { _all: true },
      });
      return rows.map(({ id, caseId, expected, why, madeBy }) => {
        const own = counts.filter(({ goldenId }) => goldenId === id);
        const sum = (of: typeof own): number => of.reduce((all, { _count }) => all + _count._all, 0);
        const correct = sum(own.filter(({ state }) => state === 'AGREE'));
        return { id, caseId, expected: asStored<Judgement>(expected), why, madeBy, looks: sum(own), correct };
      });
    },
    deleteGolden: async (id) => void (await goldenCase.deleteMany({ where: { id } })),
    names: (ids) => readNames(database, ids),
  };
}
