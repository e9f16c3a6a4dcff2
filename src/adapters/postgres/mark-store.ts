import { sketchOf } from '../../detectors/brand/text-sketch.ts';
import type { Mark } from '../../domain/mark.ts';
import { contentDigest } from '../../pipeline/content-digest.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { MarkStore } from '../../pipeline/submit-mark.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { requestRescans } from './request-rescans.ts';

/** Keeps marks and rights holders. */
export function postgresMarkStore(database: Database, ids: IdSource): MarkStore {
  return {
    saveMarks: (marks, nowMs) => inTransaction(database, (tx) => saveMarks(tx, ids, { marks, nowMs })),
    saveRightsHolders: (holders, nowMs) =>
      inTransaction(database, async (tx) => {
        const changed = await tx.$queryRaw<{ id: string }[]>`
          INSERT INTO rights_holder AS h (id, name, email, country, "createdAt")
          SELECT r.id, r.name, r.email, r.country, ${new Date(nowMs)}
          FROM jsonb_to_recordset(${JSON.stringify(sortedById(holders))}::jsonb)
            AS r(id text, name text, email text, country text)
          ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, email = EXCLUDED.email, country = EXCLUDED.country
          WHERE (h.name, h.email, h.country) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.email, EXCLUDED.country)
          RETURNING h.id`;
        const ofChanged = new Set(changed.map(({ id }) => id));
        return holders.map(({ id }) => (ofChanged.has(id) ? 'accepted' : 'unchanged'));
      }),
    async missingRightsHolders(wanted) {
      if (wanted.length === 0) return new Set();
      const found = await database.rightsHolder.findMany({ where: { id: { in: [...wanted] } }, select: { id: true } });
      const present = new Set(found.map(({ id }) => id));
      return new Set(wanted.filter((id) => !present.has(id)));
    },
    withdraw: (id, nowMs) =>
      inTransaction(database, async (tx) => {
        const now = new Date(nowMs);
        const { count } = await tx.mark.updateMany({
          where: { id, isWithdrawn: false },
          data: { isWithdrawn: true, updatedAt: now },
        });
        if (count === 0) return (await tx.mark.count({ where: { id } })) > 0 ? 'withdrawn' : 'missing';
        // What was held because of the mark is judged without it.
        await requestRescans(tx, ids, { markIds: [id], now });
        return 'withdrawn';
      }),
  };
}

async function saveMarks(
  tx: Transaction,
  ids: IdSource,
  { marks, nowMs }: { readonly marks: readonly Mark[]; readonly nowMs: number },
): Promise<readonly ('accepted' | 'unchanged')[]> {
  const now = new Date(nowMs);
  const stored = await tx.mark.findMany({ where: { id: { in: marks.map(({ id }) => id) } } });
  const digests = new Map(
    stored.map(({ id, payload, isWithdrawn }) => [id, isWithdrawn ? '' : contentDigest(payload)]),
  );
  const changed = marks.filter((mark) => digests.get(mark.id) !== contentDigest(mark));
  if (changed.length > 0) {
    const rows = sortedById(changed).map((mark) => ({ id: mark.id, holder: mark.rightsHolderId, payload: mark }));
    await tx.$executeRaw`
      INSERT INTO mark (id, "rightsHolderId", payload, "isWithdrawn", "updatedAt")
      SELECT r.id, r.holder, r.payload, false, ${now}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, holder text, payload jsonb)
      ON CONFLICT (id) DO UPDATE SET "rightsHolderId" = EXCLUDED."rightsHolderId", payload = EXCLUDED.payload,
        "isWithdrawn" = false, "updatedAt" = EXCLUDED."updatedAt"`;
    await fileTexts(tx, changed);
    await requestRescans(tx, ids, { markIds: changed.map(({ id }) => id), now });
  }
  const ofChanged = new Set(changed.map(({ id }) => id));
  return marks.map(({ id }) => (ofChanged.has(id) ? 'accepted' : 'unchanged'));
}

/** Files the texts that came with the marks in place of those that came before. */
async function fileTexts(tx: Transaction, marks: readonly Mark[]): Promise<void> {
  await tx.markText.deleteMany({ where: { markId: { in: marks.map(({ id }) => id) } } });
  const data = marks.flatMap(({ id: markId, officialTexts }) =>
    officialTexts.map(({ text }, position) => ({ markId, position, sketch: sketchOf(text) })),
  );
  if (data.length > 0) await tx.markText.createMany({ data });
}

/** In the order of ids, so that two batches never wait for each other in a circle. */
const sortedById = <Item extends { readonly id: string }>(items: readonly Item[]): Item[] =>
  [...items].sort((left, right) => (left.id < right.id ? -1 : 1));
