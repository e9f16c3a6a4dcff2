import { z } from 'zod';
import type { AppealState } from '../../domain/appeal.ts';
import { moveAppeal } from '../../domain/appeal.ts';
import type { CaseState } from '../../domain/case.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { SellerAppealView } from '../../domain/views/appeal-view.ts';
import type { Severity } from '../../domain/violation.ts';
import type { AppealDraft, AppealStore, AppealTarget, SubmittedAppeal } from '../../pipeline/appeals/appeal-store.ts';
import { decodeCursor, toPage } from '../../pipeline/page-cursor.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { QueueSettings } from '../../policy/queue-settings.ts';
import { toCaseDecisionView } from './case-decision-rows.ts';
import { whereWithinReach } from './case-reach.ts';
import { lockCase } from './change-case.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { openCase } from './open-case.ts';
import { recordEvents } from './record-events.ts';
import { readAppealViews } from './seller-appeal-views.ts';
import { asStored } from './stored-json.ts';

/** Where a page begins: after the appeal of this time and id. */
const appealKey = z.tuple([z.iso.datetime(), z.string()]);

/** Sellers' appeals. `priority` gives the factors of the published rules. */
export function postgresSellerAppealStore(
  database: Database,
  ids: IdSource,
  priority: () => QueueSettings['priority'],
): AppealStore {
  const one = async (client: Database | Transaction, id: string): Promise<SellerAppealView | undefined> =>
    (await readAppealViews(client, { id }))[0];
  return {
    async target(decisionId, sellerId) {
      const seller = await database.seller.findUnique({ where: { id: sellerId }, select: { legalId: true } });
      const decision = await readTarget(database, decisionId);
      return {
        ...(seller === null ? {} : { legalId: seller.legalId }),
        ...(decision === undefined ? {} : { decision }),
      };
    },
    submit: (draft, recheck) =>
      inTransaction(database, async (tx): Promise<SubmittedAppeal> => {
        await lockCase(tx, draft.caseId);
        const liveKey = `${draft.decisionId}/${draft.legalId}`;
        const [known] = await readAppealViews(tx, { liveKey });
        if (known !== undefined) return { kind: 'known', appeal: known };
        recheck((await readTarget(tx, draft.decisionId))!);
        await writeAppeal(tx, ids, draft, { liveKey, priority: priority() });
        return { kind: 'submitted', appeal: (await one(tx, draft.id))! };
      }),
    async find(id, reach) {
      const appeal = await one(database, id);
      if (appeal === undefined) return undefined;
      const bounds = { AND: [{ id: appeal.appealCaseId }, whereWithinReach(reach)] };
      return (await database.case.count({ where: bounds })) === 0 ? undefined : appeal;
    },
    async list(sellerId, { limit, cursor }, reach) {
      const seller = await database.seller.findUnique({ where: { id: sellerId }, select: { id: true } });
      if (seller === null) return undefined;
      const after = cursor === undefined ? undefined : decodeCursor(cursor, appealKey);
      const at = after === undefined ? undefined : new Date(after[0]);
      const views = await readAppealViews(
        database,
        {
          sellerId,
          appealCaseId: { in: await casesWithin(database, sellerId, reach) },
          ...(after === undefined || at === undefined
            ? {}
            : { OR: [{ submittedAt: { lt: at } }, { submittedAt: at, id: { gt: after[1] } }] }),
        },
        limit + 1,
      );
      return toPage(views, limit, { item: (view) => view, key: ({ submittedAt, id }) => [submittedAt, id] });
    },
    goOutOfCourt: (id, outside, nowMs) =>
      inTransaction(database, async (tx) => {
        const row = await lockAppeal(tx, id);
        if (row === undefined) return undefined;
        const move = moveAppeal(toMoment(row), { type: 'GO_OUT_OF_COURT', byId: 'assay' });
        if (move.kind === 'refused') return { refused: move.why };
        const at = new Date(nowMs).toISOString();
        await writeState(tx, row, move.moment.state, at, { outOfCourt: { ...outside, at } });
        await tellEnd(tx, ids, row, 'assay.appeal.out-of-court', outside, nowMs);
        return (await one(tx, id))!;
      }),
    closeSettled: ({ ruledMs, outsideMs }, nowMs, limit) =>
      inTransaction(database, async (tx) => {
        const rows = await tx.$queryRaw<LockedAppeal[]>`
          SELECT id, "sellerId", "caseDecisionId", state, "priorReviewerIds", history FROM seller_appeal
          WHERE (state = 'NOTIFIED' AND "ruledAt" < ${new Date(ruledMs)})
            OR (state = 'OUT_OF_COURT' AND ("outOfCourt"->>'at')::timestamptz < ${new Date(outsideMs)})
          ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
        for (const row of rows) {
          const move = moveAppeal(toMoment(row), { type: 'CLOSE', byId: 'assay' });
          if (move.kind === 'refused') continue;
          await writeState(tx, row, move.moment.state, new Date(nowMs).toISOString());
          await tellEnd(tx, ids, row, 'assay.appeal.closed', {}, nowMs);
        }
        return rows.length;
      }),
  };
}

/** Cases of a seller's appeals that are within reach: these are few, however many sellers there are. */
async function casesWithin(
  database: Database,
  sellerId: string,
  reach: Parameters<AppealStore['find']>[1],
): Promise<string[]> {
  const rows = await database.case.findMany({
    where: { AND: [{ sellerId, violationType: 'SYS_SELLER_APPEAL' }, whereWithinReach(reach)] },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

interface LockedAppeal {
  readonly id: string;
  readonly sellerId: string;
  readonly caseDecisionId: string;
  readonly state: string;
  readonly priorReviewerIds: string[];
  readonly history: unknown;
}

const toMoment = ({ state, priorReviewerIds }: LockedAppeal) => ({ state: state as AppealState, priorReviewerIds });

async function lockAppeal(tx: Transaction, id: string): Promise<LockedAppeal | undefined> {
  const [row] = await tx.$queryRaw<LockedAppeal[]>`
    SELECT id, "sellerId", "caseDecisionId", state, "priorReviewerIds", history FROM seller_appeal
    WHERE id = ${id} FOR UPDATE`;
  return row;
}

async function writeState(
  tx: Transaction,
  { id, history }: LockedAppeal,
  state: AppealState,
  at: string,
  rest: { readonly outOfCourt?: object } = {},
): Promise<void> {
  const states = [...asStored<SellerAppealView['history']>(history), { state, at }];
  await tx.sellerAppeal.update({ where: { id }, data: { state, history: states, ...rest } });
}

async function tellEnd(
  tx: Transaction,
  ids: IdSource,
  { id, sellerId, caseDecisionId }: LockedAppeal,
  type: string,
  rest: object,
  nowMs: number,
): Promise<void> {
  const data = { appealId: id, sellerId, decisionId: caseDecisionId, ...rest };
  await recordEvents(tx, ids, [{ type, subject: `APPEAL/${id}`, data }], new Date(nowMs));
}

/** A decision with whom it concerns and who had a hand in it. */
async function readTarget(client: Database | Transaction, decisionId: string): Promise<AppealTarget | undefined> {
  const row = await client.caseDecision.findUnique({ where: { id: decisionId }, include: { case: true } });
  if (row === null) return undefined;
  const { state, reason, ruling } = toCaseDecisionView(row);
  const concerned = await client.$queryRaw<{ legalId: string }[]>`
    SELECT s."legalId" FROM seller s WHERE s.id = ${row.case.sellerId}
      OR s.id IN (SELECT d."sellerId" FROM decision d WHERE d."caseDecisionId" = ${decisionId})
    UNION SELECT e."legalId" FROM credit_entry e
      WHERE e."subjectRef" = ${`${row.case.subjectKind}/${row.case.subjectId}`}
        AND e.kind IN ('PENALTY', 'STRIKE') AND e.payload->>'decisionId' = ${decisionId}`;
  // Whoever decided the case before, or took such a decision back, has a view of it as well.
  const decisions = await client.caseDecision.findMany({
    where: { caseId: row.caseId },
    select: { decidedBy: true, secondBy: true, reversedBy: true },
  });
  const hands = decisions.flatMap(({ decidedBy, secondBy, reversedBy }) => [decidedBy, secondBy, reversedBy]);
  return {
    caseId: row.caseId,
    state,
    reason,
    isRuling: ruling !== undefined,
    ...(row.enforcedAt === null ? {} : { enforcedAtMs: row.enforcedAt.getTime() }),
    caseState: row.case.state as CaseState,
    legalIds: concerned.map(({ legalId }) => legalId),
    handIds: [...new Set([...(row.case.priorReviewers ?? []), ...hands.filter((id) => id !== null)])],
  };
}

/** Writes an appeal and the case in which it is heard, which holds what the appealed case holds. */
async function writeAppeal(
  tx: Transaction,
  ids: IdSource,
  draft: AppealDraft,
  { liveKey, priority }: { readonly liveKey: string; readonly priority: QueueSettings['priority'] },
): Promise<void> {
  const { id, sellerId, caseId, nowMs } = draft;
  const now = new Date(nowMs);
  const appealed = await tx.case.findUniqueOrThrow({ where: { id: caseId } });
  const { id: appealCaseId } = await openCase(
    tx,
    ids,
    {
      caseKey: `APPEAL/${id}`,
      queue: appealed.queue,
      neededSkills: appealed.neededSkills ?? [],
      ...(appealed.language === null ? {} : { language: appealed.language }),
      severity: appealed.severity as Severity,
      violationType: 'SYS_SELLER_APPEAL',
      // Somebody says that a decision in force is wrong: no doubt makes it less urgent.
      confidence01: 1,
      subjectKind: appealed.subjectKind as SubjectKind,
      subjectId: appealed.subjectId,
      sellerId,
      ...(appealed.markId === null ? {} : { markId: appealed.markId }),
      // An appeal is never decided together with others.
      pictureKeys: [],
      summary: draft.summary,
      dueAtMs: draft.dueAtMs,
    },
    { nowMs, priority },
  );
  await tx.$executeRaw`
    INSERT INTO case_item ("caseId", "checkId", "addedAt")
    SELECT ${appealCaseId}, "checkId", "addedAt" FROM case_item WHERE "caseId" = ${caseId}`;
  await tx.case.update({ where: { id: appealCaseId }, data: { barredIds: [...draft.handIds] } });
  const admitted = moveAppeal({ state: 'SUBMITTED', priorReviewerIds: [] }, { type: 'ADMIT', byId: 'assay' });
  const state = admitted.kind === 'moved' ? admitted.moment.state : 'SUBMITTED';
  const at = now.toISOString();
  await tx.sellerAppeal.create({
    data: {
      id,
      sellerId,
      legalId: draft.legalId,
      caseDecisionId: draft.decisionId,
      caseId,
      appealCaseId,
      liveKey,
      state,
      statement: draft.statement,
      documents: draft.documents,
      campaigns: draft.campaigns,
      priorReviewerIds: [...draft.handIds],
      submittedBy: draft.submittedBy,
      submittedAt: now,
      dueAt: new Date(draft.dueAtMs),
      history: [
        { state: 'SUBMITTED', at },
        { state, at },
      ],
    },
  });
  const data = {
    appealId: id,
    sellerId,
    decisionId: draft.decisionId,
    caseId: appealCaseId,
    state,
    dueAt: new Date(draft.dueAtMs).toISOString(),
  };
  await recordEvents(tx, ids, [{ type: 'assay.appeal.submitted', subject: `APPEAL/${id}`, data }], now);
}
