import type { CaseDraft } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { queuePriority } from '../../policy/queue-priority.ts';
import type { QueueSettings } from '../../policy/queue-settings.ts';
import type { Transaction } from './database.ts';

/** Pictures that a gathered case is known by, at most: the index on them stays small. */
const MAX_PICTURE_KEYS = 200;

/** The case that a check was gathered into, and whether this check opened it. */
export interface OpenedCase {
  readonly id: string;
  readonly isNew: boolean;
}

/**
 * Opens a case, or gathers the check into the open case with the same key: its severity and priority only rise, its
 * due time only comes nearer, and its summary is the latest. What no check brought up is opened without one.
 */
export async function openCase(
  tx: Transaction,
  ids: IdSource,
  draft: CaseDraft,
  moment: { readonly checkId?: string; readonly nowMs: number; readonly priority: QueueSettings['priority'] },
): Promise<OpenedCase> {
  const { checkId, nowMs } = moment;
  const now = new Date(nowMs);
  const { market, exposure } = await readSetting(tx, draft, nowMs - moment.priority.exposureDays * DAY_MS);
  const { severity, confidence01, dueAtMs } = draft;
  const priority = queuePriority(
    { severity, confidence01, dueAtMs, exposure, openedAtMs: nowMs, nowMs },
    moment.priority,
  );
  const [row] = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
    INSERT INTO "case" AS c (id, "openKey", "caseKey", state, queue, severity, "violationType", priority, "subjectKind",
      "subjectId", "sellerId", "markId", summary, "openedAt", "dueAt", market, language, exposure, "confidence01",
      "neededSkills", "pictureKeys")
    VALUES (${ids.next()}, ${draft.caseKey}, ${draft.caseKey}, 'QUEUED', ${draft.queue}, ${draft.severity},
      ${draft.violationType}, ${priority}, ${draft.subjectKind}, ${draft.subjectId}, ${draft.sellerId ?? null},
      ${draft.markId ?? null}, ${draft.summary}, ${now}, ${new Date(draft.dueAtMs)}, ${market}, ${draft.language ?? null},
      ${exposure}, ${confidence01}, ${[...draft.neededSkills]}, ${[...draft.pictureKeys]})
    ON CONFLICT ("openKey") DO UPDATE SET
      queue = CASE WHEN EXCLUDED.severity > c.severity THEN EXCLUDED.queue ELSE c.queue END,
      "neededSkills" = CASE WHEN EXCLUDED.severity > c.severity THEN EXCLUDED."neededSkills" ELSE c."neededSkills" END,
      "violationType" = CASE WHEN EXCLUDED.severity > c.severity THEN EXCLUDED."violationType" ELSE c."violationType" END,
      severity = GREATEST(c.severity, EXCLUDED.severity),
      priority = GREATEST(c.priority, EXCLUDED.priority),
      "confidence01" = GREATEST(c."confidence01", EXCLUDED."confidence01"),
      "dueAt" = LEAST(c."dueAt", EXCLUDED."dueAt"),
      "pictureKeys" = (c."pictureKeys" ||
        ARRAY(SELECT key FROM unnest(EXCLUDED."pictureKeys") key WHERE key <> ALL(c."pictureKeys")))[1:${MAX_PICTURE_KEYS}],
      summary = EXCLUDED.summary
    RETURNING id, (xmax = 0) AS "isNew"`;
  const { id, isNew } = row!;
  if (checkId !== undefined)
    await tx.caseItem.createMany({ data: [{ caseId: id, checkId, addedAt: now }], skipDuplicates: true });
  const last = await tx.caseEvent.aggregate({ where: { caseId: id }, _max: { seq: true } });
  const seq = (last._max.seq ?? 0) + 1;
  const event = { caseId: id, at: now, actor: 'assay' };
  await tx.caseEvent.createMany({
    data: isNew
      ? [
          { ...event, seq, type: 'OPEN', payload: checkId === undefined ? {} : { checkId } },
          { ...event, seq: seq + 1, type: 'TRIAGE', payload: { severity: draft.severity, priority } },
          { ...event, seq: seq + 2, type: 'ENQUEUE', payload: { queue: draft.queue } },
        ]
      : [{ ...event, seq, type: 'ITEM_ADDED', payload: checkId === undefined ? {} : { checkId } }],
  });
  return { id, isNew };
}

const DAY_MS = 86_400_000;

interface CaseSetting {
  readonly market: string | null;
  /** Orders of the seller of late. */
  readonly exposure: number;
}

/** Whom a case concerns. */
async function readSetting(tx: Transaction, draft: CaseDraft, sinceMs: number): Promise<CaseSetting> {
  const { sellerId = null } = draft;
  const since = new Date(sinceMs);
  const [row] = await tx.$queryRaw<CaseSetting[]>`
    SELECT (SELECT payload->>'country' FROM seller WHERE id = ${sellerId}) AS market,
      (SELECT count(*)::int FROM "order" WHERE "sellerId" = ${sellerId} AND "placedAt" >= ${since}) AS exposure`;
  return row!;
}
