import type { AppealState } from '../../domain/appeal.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { AppealFacts } from '../../pipeline/appeals/appeal-store.ts';
import { toCaseDecisionView } from './case-decision-rows.ts';
import type { Database } from './database.ts';
import { decidedStatusOf } from './decided-status.ts';
import { asStored } from './stored-json.ts';

/** Campaigns as the marketplace sent them. */
interface StoredCampaign {
  readonly id: string;
  readonly from: string;
  readonly until: string;
}

/** What is appealed in this case. */
export async function readAppealFacts(database: Database, appealCaseId: string): Promise<AppealFacts | undefined> {
  const row = await database.sellerAppeal.findUnique({ where: { appealCaseId } });
  if (row === null) return undefined;
  const decision = await database.caseDecision.findUniqueOrThrow({ where: { id: row.caseDecisionId } });
  const rows = await database.decision.findMany({
    where: { caseDecisionId: row.caseDecisionId },
    orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }],
  });
  const request = asStored<DecisionRequest>(decision.request);
  const { state, reason, actions, violationType } = toCaseDecisionView(decision);
  const { durationDays, keepMemberIds, penalisedSellerId } = request;
  return {
    id: row.id,
    state: row.state as AppealState,
    sellerId: row.sellerId,
    campaigns: asStored<StoredCampaign[]>(row.campaigns).map(({ id, from, until }) => ({
      id,
      fromMs: Date.parse(from),
      untilMs: Date.parse(until),
    })),
    decision: {
      id: decision.id,
      caseId: decision.caseId,
      state,
      reason,
      ...(violationType === undefined ? {} : { violationType }),
      actions,
      isSerious: request.isSerious,
      ...(durationDays === undefined ? {} : { durationDays }),
      ...(keepMemberIds === undefined ? {} : { keepMemberIds }),
      ...(penalisedSellerId === undefined ? {} : { penalisedSellerId }),
      enforcedAtMs: (decision.enforcedAt ?? decision.decidedAt).getTime(),
      subjects: rows.map(decidedStatusOf),
    },
  };
}
