import type { AppealState } from '../../domain/appeal.ts';
import type { SellerAppealView } from '../../domain/views/appeal-view.ts';
import type { CaseView } from '../../domain/views/case-view.ts';
import { toCaseDecisionView } from './case-decision-rows.ts';
import type { Database, Transaction } from './database.ts';
import type { Prisma, SellerAppeal } from './generated/client.ts';
import { asStored } from './stored-json.ts';

/** Appeals of one decision or case that are shown. */
const MAX_SHOWN = 50;

/** Appeals that meet a condition, latest first, each with its ruling. */
export async function readAppealViews(
  client: Database | Transaction,
  where: Prisma.SellerAppealWhereInput,
  limit = MAX_SHOWN,
): Promise<SellerAppealView[]> {
  const rows = await client.sellerAppeal.findMany({
    where,
    orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });
  const held = await client.case.findMany({
    where: { id: { in: rows.map(({ appealCaseId }) => appealCaseId) }, state: { not: 'QUEUED' } },
    select: { id: true },
  });
  const inHand = new Set(held.map(({ id }) => id));
  const rulings = await decisionsOf(
    client,
    rows.flatMap(({ rulingDecisionId }) => rulingDecisionId ?? []),
  );
  return rows.map((row) => {
    const decided = row.rulingDecisionId === null ? undefined : rulings.get(row.rulingDecisionId);
    const { lost, outOfCourt } = row;
    return {
      id: row.id,
      sellerId: row.sellerId,
      decisionId: row.caseDecisionId,
      caseId: row.caseId,
      appealCaseId: row.appealCaseId,
      state: stateOf(row, inHand),
      statement: row.statement,
      documents: asStored<SellerAppealView['documents']>(row.documents),
      submittedAt: row.submittedAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      history: asStored<SellerAppealView['history']>(row.history),
      ...(decided?.ruling === undefined || row.ruledAt === null
        ? {}
        : {
            ruling: {
              ruling: decided.ruling,
              at: row.ruledAt.toISOString(),
              decisionId: decided.id,
              reason: decided.reason,
              ...(decided.violationType === undefined ? {} : { violationType: decided.violationType }),
              actions: decided.actions,
              explanation: decided.explanation,
            },
          }),
      ...(lost === null ? {} : { lost: asStored<NonNullable<SellerAppealView['lost']>>(lost) }),
      ...(outOfCourt === null ? {} : { outOfCourt: asStored<NonNullable<SellerAppealView['outOfCourt']>>(outOfCourt) }),
    };
  });
}

/** An admissible appeal is assigned as long as somebody has its case in hand. */
const stateOf = ({ state, appealCaseId }: SellerAppeal, inHand: ReadonlySet<string>): AppealState =>
  state === 'ADMISSIBLE' && inHand.has(appealCaseId) ? 'ASSIGNED' : (state as AppealState);

async function decisionsOf(client: Database | Transaction, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await client.caseDecision.findMany({ where: { id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, toCaseDecisionView(row)]));
}

/** The appeal that is heard in a case, or those against its decisions, each beside what it is against. */
export async function readCaseAppeals(database: Database, caseId: string): Promise<CaseView['appeals']> {
  const appeals = await readAppealViews(database, { OR: [{ appealCaseId: caseId }, { caseId }] });
  const decisions = await decisionsOf(
    database,
    appeals.map(({ decisionId }) => decisionId),
  );
  return appeals.flatMap((appeal) => {
    const decision = decisions.get(appeal.decisionId);
    return decision === undefined ? [] : [{ appeal, decision }];
  });
}
