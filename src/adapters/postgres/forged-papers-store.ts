import type { ForgedPapersStore } from '../../pipeline/open-forged-cases.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { QueueSettings } from '../../policy/queue-settings.ts';
import { inTransaction, type Database } from './database.ts';
import { openCase } from './open-case.ts';
import { recordEvents } from './record-events.ts';
import { unlessNull } from './stored-json.ts';

/** Sellers whose papers the marketplace holds for forged. `priority` gives the factors of the published rules. */
export function postgresForgedPapersStore(
  database: Database,
  ids: IdSource,
  priority: () => QueueSettings['priority'],
): ForgedPapersStore {
  return {
    async waiting(limit) {
      // Of papers about which something else was said since nobody has to decide any more.
      const rows = await database.$queryRaw<{ sellerId: string; version: number; market: string | null }[]>`
        SELECT k."sellerId", k.version, s.payload->>'country' AS market FROM seller_kyb k JOIN seller s ON s.id = k."sellerId"
        WHERE k.kyb = 'FORGED' AND k."caseId" IS NULL AND s.payload->>'kyb' = 'FORGED' AND NOT EXISTS (
          SELECT 1 FROM seller_kyb later WHERE later."sellerId" = k."sellerId" AND later.version > k.version)
        ORDER BY k."sellerId" LIMIT ${limit}`;
      return rows.map(({ market, ...row }) => ({ ...row, ...unlessNull('market', market) }));
    },
    open: ({ sellerId, version }, draft, nowMs) =>
      inTransaction(database, async (tx) => {
        const [row] = await tx.$queryRaw<{ caseId: string | null }[]>`
          SELECT "caseId" FROM seller_kyb WHERE "sellerId" = ${sellerId} AND version = ${version} FOR UPDATE`;
        if (row === undefined || row.caseId !== null) return 'known';
        const { id, isNew } = await openCase(tx, ids, draft, { nowMs, priority: priority() });
        await tx.sellerKyb.update({ where: { sellerId_version: { sellerId, version } }, data: { caseId: id } });
        const data = { caseId: id, ...draft };
        if (isNew)
          await recordEvents(tx, ids, [{ type: 'assay.case.opened', subject: `CASE/${id}`, data }], new Date(nowMs));
        return 'opened';
      }),
  };
}
