import type { BulkStore } from '../../pipeline/casework/bulk-decision.ts';
import { toCaseSummary, WITH_COUNT } from './case-queries.ts';
import { type CaseClock, momentOf } from './case-clock.ts';
import { whereWithinReach } from './case-reach.ts';
import type { Database } from './database.ts';

/** What bulk decisions read. */
export const postgresBulkStore = (database: Database, clock: CaseClock): BulkStore => ({
  async summaries(ids, reach = { markets: [], queues: [] }) {
    const rows = await database.case.findMany({
      where: { AND: [{ id: { in: [...ids] } }, whereWithinReach(reach)] },
      include: WITH_COUNT,
    });
    const moment = momentOf(clock);
    return rows.map((row) => toCaseSummary(row, moment, new Map()));
  },
  undoable: (bulkId, personId) =>
    database.caseDecision.findMany({
      where: { bulkId, decidedBy: personId, state: { in: ['PENDING', 'PROPOSED'] } },
      select: { id: true, caseId: true },
    }),
});
