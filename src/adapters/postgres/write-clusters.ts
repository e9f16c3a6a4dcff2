import type { CheckEffects } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';
import { insertRechecks } from './recheck.ts';

/** Begins the trigger of checks that a change of a cluster brought about; such a check brings about no more of them. */
const OF_A_CLUSTER = 'cluster:';

/**
 * Writes which accounts the scan found together, and that the scanned account has left the cluster in which it stood and
 * is not found any more. Whoever stood with it and is not found with it either is looked at again by itself.
 */
export async function writeClusters(
  tx: Transaction,
  ids: IdSource,
  { check, clusters, scannedAccountId, nowMs }: CheckEffects,
): Promise<void> {
  const now = new Date(nowMs);
  const scanned =
    scannedAccountId === undefined
      ? null
      : await tx.account.findUnique({ where: { id: scannedAccountId }, select: { clusterId: true } });
  for (const { clusterId, accountIds } of clusters) {
    // A person may have let one of them go while the check ran.
    const isLetGo = { some: { clusterId, clearedAt: { gt: now } } };
    await tx.account.updateMany({
      where: { id: { in: [...accountIds] }, NOT: { cleared: isLetGo } },
      data: { clusterId },
    });
  }
  if (scannedAccountId === undefined) return;
  const found = clusters.filter(({ accountIds }) => accountIds.includes(scannedAccountId));
  if (found.length === 0) await leaveCluster(tx, scannedAccountId);
  const before = scanned?.clusterId ?? undefined;
  if (before === undefined || check.trigger.startsWith(OF_A_CLUSTER)) return;
  const together = [scannedAccountId, ...found.flatMap(({ accountIds }) => accountIds)];
  const left = await tx.account.findMany({
    where: { clusterId: before, id: { notIn: together } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  const trigger = `${OF_A_CLUSTER}${check.id}`;
  await insertRechecks(
    tx,
    ids,
    left.map(({ id }) => ({ subjectKind: 'ACCOUNT' as const, subjectId: id, trigger })),
    now,
  );
}

/** Takes an account out of its cluster, unless people found it to be of it. */
async function leaveCluster(tx: Transaction, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE account a SET "clusterId" = NULL WHERE a.id = ${accountId} AND a."clusterId" IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM decision d
      WHERE d."subjectKind" = 'CLUSTER' AND d."subjectId" = a."clusterId" AND d."reversedAt" IS NULL
        AND d."memberAccountIds" @> ARRAY[a.id])`;
}
