import type { Clock } from '../../pipeline/ports.ts';
import type { BulkStore } from '../../pipeline/casework/bulk-decision.ts';
import { toCaseSummary, WITH_COUNT } from './case-queries.ts';
import type { Database } from './database.ts';

/** What bulk decisions read. */
export const postgresBulkStore = (database: Database, clock: Pick<Clock, 'nowMs'>): BulkStore => ({
  async summaries(ids, { markets = [], queues = [] } = { markets: [], queues: [] }) {
    const rows = await database.case.findMany({
      where: {
        id: { in: [...ids] },
        AND: [
          queues.length === 0 ? {} : { queue: { in: [...queues] } },
          markets.length === 0 ? {} : { OR: [{ market: null }, { market: { in: [...markets] } }] },
        ],
      },
      include: WITH_COUNT,
    });
    const nowMs = clock.nowMs();
    return rows.map((row) => toCaseSummary(row, nowMs, new Map()));
  },
  undoable: (bulkId, personId) =>
    database.caseDecision.findMany({
      where: { bulkId, decidedBy: personId, state: { in: ['PENDING', 'PROPOSED'] } },
      select: { id: true, caseId: true },
    }),
});
