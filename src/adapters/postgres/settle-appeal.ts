import { type AppealEventType, type AppealState, moveAppeal, settleAppeal } from '../../domain/appeal.ts';
import type { SellerAppealView } from '../../domain/views/appeal-view.ts';
import type { AppealSettlement } from '../../pipeline/appeals/appeal-store.ts';
import type { Transaction } from './database.ts';
import { NotDue } from './move-on.ts';
import { asStored } from './stored-json.ts';

/** Writes what became of an appeal. Its case is locked. */
export async function writeSettlement(
  tx: Transaction,
  { appealId, ruling, reviewerId, lost }: AppealSettlement,
  { decisionId, now }: { readonly decisionId: string; readonly now: Date },
): Promise<void> {
  const row = await tx.sellerAppeal.findUniqueOrThrow({ where: { id: appealId } });
  const { priorReviewerIds } = row;
  const passage = settleAppeal({ state: row.state as AppealState, priorReviewerIds }, { reviewerId, ruling });
  if (passage.kind === 'refused') throw new NotDue();
  const at = now.toISOString();
  await tx.sellerAppeal.update({
    where: { id: appealId },
    data: {
      state: passage.moment.state,
      reviewerId,
      ruledAt: now,
      rulingDecisionId: decisionId,
      history: [
        ...asStored<SellerAppealView['history']>(row.history),
        ...passage.states.map((state) => ({ state, at })),
      ],
      // What was not to be heard may be handed in anew, in time and in order.
      ...(ruling === 'INADMISSIBLE' ? { liveKey: null } : {}),
      ...(lost === undefined ? {} : { lost }),
    },
  });
}

/** A decision that a lead takes back after its seller went outside: the appeal is won after all. */
export async function settleOutside(tx: Transaction, caseDecisionId: string, now: Date): Promise<void> {
  const rows = await tx.sellerAppeal.findMany({ where: { caseDecisionId, state: 'OUT_OF_COURT' } });
  const at = now.toISOString();
  for (const row of rows) {
    const { priorReviewerIds } = row;
    const states: AppealState[] = [];
    for (const type of ['OVERTURN', 'REINSTATE', 'NOTIFY'] satisfies AppealEventType[]) {
      const state = states.at(-1) ?? (row.state as AppealState);
      const move = moveAppeal({ state, priorReviewerIds }, { type, byId: 'assay' });
      if (move.kind === 'moved') states.push(move.moment.state);
    }
    await tx.sellerAppeal.update({
      where: { id: row.id },
      data: {
        state: states.at(-1) ?? row.state,
        history: [...asStored<SellerAppealView['history']>(row.history), ...states.map((state) => ({ state, at }))],
      },
    });
  }
}
