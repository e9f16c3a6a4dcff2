import type { CreditContext } from '../../credit/score-ledger.ts';
import type { CreditEntryDraft } from '../../domain/credit.ts';
import type { DomainEvent } from '../effects.ts';
import type { DecisionPorts, PreparedDecision } from '../casework/prepare-decision.ts';
import type { AppealSettlement } from './appeal-store.ts';
import { asRestored } from './rule-appeal.ts';

/** What a ruling settles beside the decision that it is; undefined of a decision that is none. */
export async function settlementOf(
  ports: Pick<DecisionPorts, 'lostByDecision'>,
  { facts, request, plan }: PreparedDecision,
  given: { readonly reviewerId: string; readonly instead: readonly CreditEntryDraft[]; readonly nowMs: number },
): Promise<AppealSettlement | undefined> {
  const { appeal } = facts;
  const { ruling } = request;
  if (appeal === undefined || ruling === undefined) return undefined;
  const common = { appealId: appeal.id, ruling, reviewerId: given.reviewerId };
  if (ruling === 'UPHELD' || ruling === 'INADMISSIBLE') return common;
  const { decision } = appeal;
  const decided = decision.subjects.find(({ kind, id }) => kind === 'SELLER' && id === appeal.sellerId);
  const planned = plan.subjects.find(({ kind, id }) => kind === 'SELLER' && id === appeal.sellerId);
  const lost = await ports.lostByDecision({
    sellerId: appeal.sellerId,
    decisionId: decision.id,
    fromMs: decision.enforcedAtMs,
    instead: given.instead,
    standing: {
      was: (decided?.statusAfter ?? facts.seller?.standing) as CreditContext['standing'],
      right: (planned?.statusAfter ?? asRestored(facts).seller?.standing) as CreditContext['standing'],
    },
    campaigns: appeal.campaigns,
    nowMs: given.nowMs,
  });
  // Somebody may have reversed it meanwhile, before the appeal came.
  const undoes = decision.state === 'IN_FORCE' ? { caseId: decision.caseId, decisionId: decision.id } : undefined;
  return { ...common, ...(undoes === undefined ? {} : { undoes }), lost };
}

/** What the marketplace is told of a ruling, to tell the seller. */
export function appealEvent(
  { facts, request, plan }: PreparedDecision,
  { appealId, ruling, lost }: AppealSettlement,
  rulingDecisionId: string,
): DomainEvent {
  const { appeal } = facts;
  return {
    type: 'assay.appeal.decided',
    subject: `APPEAL/${appealId}`,
    data: {
      appealId,
      ruling,
      caseId: facts.case.id,
      ...(appeal === undefined ? {} : { sellerId: appeal.sellerId, decisionId: appeal.decision.id }),
      rulingDecisionId,
      reason: request.reason,
      ...(request.violationType === undefined ? {} : { violationType: request.violationType }),
      explanation: request.explanation,
      ...(plan.penalty === undefined ? {} : { points: plan.penalty.points, strikes: plan.penalty.strikes }),
      ...(lost === undefined ? {} : { lost }),
    },
  };
}
