import type { SubjectKind } from '../../domain/finding.ts';
import type { CheckStart, CheckStore } from '../../pipeline/check-store.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';

/** Version of the subject that is stored now; undefined for subjects that have none. */
async function currentVersion(tx: Transaction, kind: SubjectKind, id: string): Promise<number | undefined> {
  const select = { version: true } as const;
  const where = { id };
  switch (kind) {
    case 'LISTING':
      return (await tx.listing.findUnique({ where, select }))?.version;
    case 'REVIEW':
      return (await tx.review.findUnique({ where, select }))?.version;
    case 'ACCOUNT':
      return (await tx.account.findUnique({ where, select }))?.version;
    case 'ORDER':
      return (await tx.order.findUnique({ where, select }))?.version;
    case 'SELLER':
    case 'RING':
    case 'CLUSTER':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** States of checks in Postgres. */
export function postgresCheckStore(database: Database): CheckStore {
  return {
    begin: (checkId, nowMs) => inTransaction(database, (tx) => beginCheck(tx, checkId, nowMs)),
    async fail(checkId, { code, detail }, nowMs) {
      await database.check.updateMany({
        where: { id: checkId, state: { notIn: ['DONE', 'SUPERSEDED'] } },
        data: { state: 'FAILED', errorCode: code, errorDetail: detail.slice(0, 4_000), finishedAt: new Date(nowMs) },
      });
    },
  };
}

async function beginCheck(tx: Transaction, checkId: string, nowMs: number): Promise<CheckStart> {
  const check = await tx.check.findUnique({ where: { id: checkId } });
  if (check === null) return { kind: 'missing' };
  if (check.state === 'DONE' || check.state === 'SUPERSEDED') return { kind: 'finished' };
  const kind = check.subjectKind as SubjectKind;
  const version = await currentVersion(tx, kind, check.subjectId);
  if (version !== undefined && version > check.subjectVersion) {
    await tx.check.update({
      where: { id: checkId },
      data: { state: 'SUPERSEDED', finishedAt: new Date(nowMs) },
    });
    return { kind: 'finished' };
  }
  await tx.check.update({
    where: { id: checkId },
    data: { state: 'RUNNING', attempts: { increment: 1 }, errorCode: null, errorDetail: null },
  });
  const { id, subjectId, subjectVersion, trigger } = check;
  return { kind: 'ready', check: { id, subjectKind: kind, subjectId, subjectVersion, trigger } };
}
