import type { Recheck } from '../../pipeline/effects.ts';
import { CHECK_QUEUE, type IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';

/** Has stored subjects checked again; a subject's version once for each trigger. */
export async function insertRechecks(
  tx: Transaction,
  ids: IdSource,
  rechecks: readonly Recheck[],
  now: Date,
): Promise<void> {
  for (const { subjectKind, subjectId, trigger } of rechecks) {
    const queue = CHECK_QUEUE[subjectKind];
    const latest = await tx.check.findFirst({
      where: { subjectKind, subjectId },
      orderBy: { subjectVersion: 'desc' },
      select: { subjectVersion: true, contentSha256: true },
    });
    if (queue === undefined || latest === null) continue;
    const id = ids.next();
    const { count } = await tx.check.createMany({
      data: [{ id, subjectKind, subjectId, ...latest, trigger, acceptedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) continue;
    await tx.outboxMessage.create({
      data: { kind: 'JOB', topic: queue, key: id, payload: { checkId: id }, createdAt: now },
    });
  }
}
