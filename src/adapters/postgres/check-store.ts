import type { SubjectKind } from '../../domain/finding.ts';
import type { BegunCheck, CheckStart, CheckStore } from '../../pipeline/check-store.ts';
import { CHECK_QUEUE, type IdSource } from '../../pipeline/ports.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';

/** Table in which the version of a subject stands; rings and clusters are no stored subjects. */
const SUBJECT_TABLES: Partial<Record<SubjectKind, string>> = {
  SELLER: 'seller',
  LISTING: 'listing',
  REVIEW: 'review',
  ACCOUNT: 'account',
  ORDER: '"order"',
};

/** Finds the version of the subject that is stored now, in the statement that begins the check: one trip for both. */
const CURRENT_VERSION = `CASE c."subjectKind" ${Object.entries(SUBJECT_TABLES)
  .map(([kind, table]) => `WHEN '${kind}' THEN (SELECT s.version FROM ${table} s WHERE s.id = c."subjectId")`)
  .join(' ')} END`;

/** States of checks in Postgres. */
export function postgresCheckStore(database: Database, ids: IdSource): CheckStore {
  return {
    begin: (checkId, nowMs) => beginCheck(database, checkId, nowMs),
    beginFound: (found, nowMs) => inTransaction(database, (tx) => beginFound(tx, ids, found, nowMs)),
    requeueWaiting: (beforeMs, nowMs) => requeueWaiting(database, beforeMs, nowMs),
    async fail(checkId, { code, detail }, nowMs) {
      await database.check.updateMany({
        where: { id: checkId, state: { notIn: ['DONE', 'SUPERSEDED'] } },
        data: { state: 'FAILED', errorCode: code, errorDetail: detail.slice(0, 4_000), finishedAt: new Date(nowMs) },
      });
    },
  };
}

/** Checks that are put back at once; the next round takes the next ones. */
const REQUEUE_LIMIT = 5_000;

async function requeueWaiting(database: Database, beforeMs: number, nowMs: number): Promise<number> {
  const checks = await database.check.findMany({
    where: { state: { in: ['QUEUED', 'RUNNING'] }, acceptedAt: { lt: new Date(beforeMs) } },
    orderBy: { acceptedAt: 'asc' },
    take: REQUEUE_LIMIT,
    select: { id: true, subjectKind: true },
  });
  const messages = checks.flatMap(({ id, subjectKind }) => {
    const queue = CHECK_QUEUE[subjectKind as SubjectKind];
    const createdAt = new Date(nowMs);
    return queue === undefined ? [] : [{ topic: queue, key: id, payload: { checkId: id }, createdAt }];
  });
  if (messages.length > 0) await database.outboxMessage.createMany({ data: messages });
  return messages.length;
}

async function beginFound(
  tx: Transaction,
  ids: IdSource,
  { subjectKind, subjectId, contentSha256, isAnew = false }: Parameters<CheckStore['beginFound']>[0],
  nowMs: number,
): Promise<BegunCheck | undefined> {
  const latest = await tx.check.findFirst({ where: { subjectKind, subjectId }, orderBy: { subjectVersion: 'desc' } });
  const isSame = latest?.contentSha256 === contentSha256 && !(isAnew && latest.state === 'DONE');
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

async function beginCheck(database: Database, checkId: string, nowMs: number): Promise<CheckStart> {
  const [row] = await database.$queryRawUnsafe<(BegunCheck & { readonly state: string })[]>(
    `UPDATE "check" c SET
       state = CASE WHEN c."subjectVersion" < ${CURRENT_VERSION} THEN 'SUPERSEDED' ELSE 'RUNNING' END,
       "finishedAt" = CASE WHEN c."subjectVersion" < ${CURRENT_VERSION} THEN $2::timestamptz END,
       attempts = c.attempts + 1, "errorCode" = NULL, "errorDetail" = NULL
     WHERE c.id = $1 AND c.state NOT IN ('DONE', 'SUPERSEDED')
     RETURNING c.id, c.state, c."subjectKind", c."subjectId", c."subjectVersion", c.trigger`,
    checkId,
    new Date(nowMs).toISOString(),
  );
  if (row === undefined) {
    return (await database.check.count({ where: { id: checkId } })) === 0 ? { kind: 'missing' } : { kind: 'finished' };
  }
  const { state, ...check } = row;
  return state === 'SUPERSEDED' ? { kind: 'finished' } : { kind: 'ready', check };
}
