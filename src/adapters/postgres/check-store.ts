import type { SubjectKind } from '../../domain/finding.ts';
import type { BegunCheck, CheckStart, CheckStore } from '../../pipeline/check-store.ts';
import type { IdSource } from '../../pipeline/ports.ts';
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
export function postgresCheckStore(database: Database, ids: IdSource): CheckStore {
  return {
    begin: (checkId, nowMs) => inTransaction(database, (tx) => beginCheck(tx, checkId, nowMs)),
    beginFound: (found, nowMs) => inTransaction(database, (tx) => beginFound(tx, ids, found, nowMs)),
    async fail(checkId, { code, detail }, nowMs) {
      await database.check.updateMany({
        where: { id: checkId, state: { notIn: ['DONE', 'SUPERSEDED'] } },
        data: { state: 'FAILED', errorCode: code, errorDetail: detail.slice(0, 4_000), finishedAt: new Date(nowMs) },
      });
    },
  };
}

async function beginFound(
  tx: Transaction,
  ids: IdSource,
  { subjectKind, subjectId, contentSha256 }: Parameters<CheckStore['beginFound']>[0],
  nowMs: number,
): Promise<BegunCheck | undefined> {
  const latest = await tx.check.findFirst({ where: { subjectKind, subjectId }, orderBy: { subjectVersion: 'desc' } });
  const isSame = latest?.contentSha256 === contentSha256;
  if (isSame && latest.state === 'DONE') return undefined;
  const subjectVersion = isSame ? latest.subjectVersion : (latest?.subjectVersion ?? 0) + 1;
  const id = isSame ? latest.id : ids.next();
  const data = { state: 'RUNNING', attempts: { increment: 1 } };
  if (isSame) await tx.check.update({ where: { id }, data });
  else {
    const acceptedAt = new Date(nowMs);
    await tx.check.create({
      data: {
        id,
        subjectKind,
        subjectId,
        subjectVersion,
        contentSha256,
        trigger: 'SWEEP',
        state: 'RUNNING',
        attempts: 1,
        acceptedAt,
      },
    });
  }
  return { id, subjectKind, subjectId, subjectVersion, trigger: 'SWEEP' };
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
