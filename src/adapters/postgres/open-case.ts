import type { CaseDraft } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';

/** The case that a check was gathered into, and whether this check opened it. */
export interface OpenedCase {
  readonly id: string;
  readonly isNew: boolean;
}

/**
 * Opens a case, or gathers the check into the open case with the same key: its severity and priority only rise, its
 * due time only comes nearer, and its summary is the latest.
 */
export async function openCase(
  tx: Transaction,
  ids: IdSource,
  draft: CaseDraft,
  { checkId, nowMs }: { readonly checkId: string; readonly nowMs: number },
): Promise<OpenedCase> {
  const now = new Date(nowMs);
  const [row] = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
    INSERT INTO "case" AS c (id, "openKey", "caseKey", state, queue, severity, "violationType", priority, "subjectKind",
      "subjectId", "sellerId", "markId", summary, "openedAt", "dueAt")
    VALUES (${ids.next()}, ${draft.caseKey}, ${draft.caseKey}, 'QUEUED', ${draft.queue}, ${draft.severity},
      ${draft.violationType}, ${draft.priority}, ${draft.subjectKind}, ${draft.subjectId}, ${draft.sellerId ?? null},
      ${draft.markId ?? null}, ${draft.summary}, ${now}, ${new Date(draft.dueAtMs)})
    ON CONFLICT ("openKey") DO UPDATE SET
      queue = CASE WHEN EXCLUDED.severity > c.severity THEN EXCLUDED.queue ELSE c.queue END,
      "violationType" = CASE WHEN EXCLUDED.severity > c.severity THEN EXCLUDED."violationType" ELSE c."violationType" END,
      severity = GREATEST(c.severity, EXCLUDED.severity),
      priority = GREATEST(c.priority, EXCLUDED.priority),
      "dueAt" = LEAST(c."dueAt", EXCLUDED."dueAt"),
      summary = EXCLUDED.summary
    RETURNING id, (xmax = 0) AS "isNew"`;
  const { id, isNew } = row!;
  await tx.caseItem.createMany({ data: [{ caseId: id, checkId, addedAt: now }], skipDuplicates: true });
  const last = await tx.caseEvent.aggregate({ where: { caseId: id }, _max: { seq: true } });
  const seq = (last._max.seq ?? 0) + 1;
  const event = { caseId: id, at: now, actor: 'assay' };
  await tx.caseEvent.createMany({
    data: isNew
      ? [
          { ...event, seq, type: 'OPEN', payload: { checkId } },
          { ...event, seq: seq + 1, type: 'TRIAGE', payload: { severity: draft.severity, priority: draft.priority } },
          { ...event, seq: seq + 2, type: 'ENQUEUE', payload: { queue: draft.queue } },
        ]
      : [{ ...event, seq, type: 'ITEM_ADDED', payload: { checkId } }],
  });
  return { id, isNew };
}
