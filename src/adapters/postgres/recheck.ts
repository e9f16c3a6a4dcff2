import type { SubjectKind } from '../../domain/finding.ts';
import type { Recheck } from '../../pipeline/effects.ts';
import { CHECK_QUEUE, type IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';

/**
 * Has stored subjects checked again; a subject's version once for each trigger. Subjects that were never checked are
 * left out: their first check is to come.
 */
export async function insertRechecks(
  tx: Transaction,
  ids: IdSource,
  rechecks: readonly Recheck[],
  now: Date,
): Promise<void> {
  const wanted = rechecks.filter(({ subjectKind }) => CHECK_QUEUE[subjectKind] !== undefined);
  if (wanted.length === 0) return;
  const rows = wanted.map((recheck) => ({ ...recheck, id: ids.next() }));
  const inserted = await tx.$queryRaw<{ id: string; subjectKind: SubjectKind }[]>`
    INSERT INTO "check" (id, "subjectKind", "subjectId", "subjectVersion", "contentSha256", trigger, "acceptedAt")
    SELECT r.id, r."subjectKind", r."subjectId", latest."subjectVersion", latest."contentSha256", r.trigger, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id text, "subjectKind" text, "subjectId" text, trigger text)
    CROSS JOIN LATERAL (
      SELECT c."subjectVersion", c."contentSha256" FROM "check" c
      WHERE c."subjectKind" = r."subjectKind" AND c."subjectId" = r."subjectId"
      ORDER BY c."subjectVersion" DESC LIMIT 1) latest
    ORDER BY r."subjectKind", r."subjectId"
    ON CONFLICT DO NOTHING
    RETURNING id, "subjectKind"`;
  if (inserted.length === 0) return;
  await tx.outboxMessage.createMany({
    data: inserted.map(({ id, subjectKind }) => ({
      topic: CHECK_QUEUE[subjectKind]!,
      key: id,
      payload: { checkId: id },
      createdAt: now,
    })),
  });
}
