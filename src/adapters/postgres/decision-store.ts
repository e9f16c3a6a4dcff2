import type { DecisionStore } from '../../pipeline/casework/decision-store.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { toCaseDecisionView } from './case-decision-rows.ts';
import { inTransaction, type Database } from './database.ts';
import { readDecisionFacts } from './decision-facts.ts';
import { writeDecision } from './enforce-decision.ts';
import { skippedWhenNotDue } from './move-on.ts';
import { writeReversal } from './reverse-decision.ts';

/** Decisions of people: what they are about, and what they bring about. */
export function postgresDecisionStore(database: Database, ids: IdSource): DecisionStore {
  return {
    facts: (caseId, subjects) => readDecisionFacts(database, caseId, subjects),
    async due(nowMs, limit) {
      const rows = await database.case.findMany({
        where: { enforceAt: { lte: new Date(nowMs) }, state: 'DECIDED' },
        orderBy: { enforceAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    enforce: (effects) => inTransaction(database, (tx) => writeDecision(tx, ids, effects)).catch(skippedWhenNotDue),
    reverse: (reversal) =>
      inTransaction(database, (tx) => writeReversal(tx, ids, reversal)).catch((fault: unknown) => {
        skippedWhenNotDue(fault);
        return 'not-in-force' as const;
      }),
    async decision(id) {
      const row = await database.caseDecision.findUnique({ where: { id } });
      return row === null ? undefined : toCaseDecisionView(row);
    },
    async decisions(caseId) {
      const rows = await database.caseDecision.findMany({ where: { caseId }, orderBy: { decidedAt: 'desc' } });
      return rows.map(toCaseDecisionView);
    },
    countOf: (personId) => database.caseDecision.count({ where: { decidedBy: personId, state: { not: 'UNDONE' } } }),
  };
}
