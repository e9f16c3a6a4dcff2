import type { CaseStore } from '../../pipeline/casework/case-store.ts';
import type { QueueSettings } from '../../policy/queue-settings.ts';
import type { Database } from './database.ts';

type Maintenance = Pick<CaseStore, 'releaseLapsed' | 'endAssignments' | 'refreshPriorities' | 'closeAppealed'>;

/** Priorities that have moved less than this share are left as they are: the order hardly changes, the table would. */
const WORTH_WRITING_01 = 0.05;

/** What happens to cases by themselves as time passes; each call is one statement and may run in several workers. */
export function maintainCases(database: Database, priority: () => QueueSettings['priority']): Maintenance {
  return {
    async releaseLapsed(nowMs, limit) {
      const now = new Date(nowMs);
      const rows = await database.$queryRaw<{ id: string }[]>`
        WITH lapsed AS (
          SELECT id, "leaseHolder" AS holder FROM "case"
          WHERE "leaseUntil" < ${now} AND state IN ('CLAIMED', 'AWAITING_INFO', 'SECOND_REVIEW', 'ADJUDICATION')
          ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED),
        freed AS (
          UPDATE "case" AS c SET
            state = CASE c.state WHEN 'SECOND_REVIEW' THEN 'PROPOSED' WHEN 'ADJUDICATION' THEN c.state ELSE 'QUEUED' END,
            "leaseHolder" = NULL, "leaseUntil" = NULL, "holdReason" = NULL
          FROM lapsed l WHERE c.id = l.id RETURNING c.id, l.holder),
        told AS (
          INSERT INTO case_event ("caseId", seq, at, actor, type, payload)
          SELECT id, (SELECT COALESCE(max(seq), 0) + 1 FROM case_event e WHERE e."caseId" = freed.id), ${now}, 'assay',
            'LEASE_LAPSED', jsonb_build_object('holder', holder) FROM freed)
        SELECT id FROM freed`;
      return rows.length;
    },
    async endAssignments(nowMs) {
      return database.$executeRaw`
        UPDATE "case" SET "assigneeId" = NULL, "assignedUntil" = NULL
        WHERE "assignedUntil" < ${new Date(nowMs)} AND "assigneeId" IS NOT NULL`;
    },
    refreshPriorities: (nowMs, limit) => refreshPriorities(database, priority(), nowMs, limit),
    async closeAppealed(nowMs, limit) {
      const now = new Date(nowMs);
      const rows = await database.$queryRaw<{ id: string }[]>`
        WITH over AS (
          SELECT id FROM "case" WHERE state = 'APPEALABLE' AND "appealUntil" < ${now}
          ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED),
        closed AS (
          UPDATE "case" AS c SET state = 'CLOSED', "closedAt" = ${now} FROM over o WHERE c.id = o.id RETURNING c.id),
        told AS (
          INSERT INTO case_event ("caseId", seq, at, actor, type, payload)
          SELECT id, (SELECT COALESCE(max(seq), 0) + 1 FROM case_event e WHERE e."caseId" = closed.id), ${now}, 'assay',
            'CLOSE', '{}'::jsonb FROM closed)
        SELECT id FROM closed`;
      return rows.length;
    },
  };
}

/** The formula of src/policy/queue-priority.ts over the table; a test holds the two equal. */
function refreshPriorities(
  database: Database,
  settings: QueueSettings['priority'],
  nowMs: number,
  limit: number,
): Promise<number> {
  const now = new Date(nowMs);
  const { severity } = settings;
  return database.$executeRaw`
    WITH fresh AS (
      SELECT id, priority,
        (CASE severity WHEN 'S0' THEN ${severity.S0}::float8 WHEN 'S1' THEN ${severity.S1}::float8
          WHEN 'S2' THEN ${severity.S2}::float8 WHEN 'S3' THEN ${severity.S3}::float8 ELSE ${severity.S4}::float8 END)
        * LEAST(${settings.exposureMaxFactor}::float8,
            1 + ln(1 + GREATEST(0, exposure)) / ln(1 + ${settings.exposureDoublesAt}::float8))
        * (CASE WHEN ${now}::timestamptz > "dueAt" THEN ${settings.overdueFactor}::float8
            ELSE 1 + (${settings.dueFactor}::float8 - 1) * LEAST(1, GREATEST(0,
              extract(epoch FROM ${now}::timestamptz - "openedAt")::float8
                / GREATEST(0.001, extract(epoch FROM "dueAt" - "openedAt")::float8))) END)
        * (${settings.doubtFactor01}::float8 + (1 - ${settings.doubtFactor01}::float8) * "confidence01") AS wanted
      FROM "case" WHERE state IN ('QUEUED', 'PROPOSED', 'ADJUDICATION')),
    moved AS (
      SELECT c.id, f.wanted FROM "case" c JOIN fresh f ON f.id = c.id
      WHERE abs(f.wanted - c.priority) > ${WORTH_WRITING_01}::float8 * GREATEST(0.000001, abs(c.priority))
      ORDER BY c.id LIMIT ${limit} FOR UPDATE OF c SKIP LOCKED)
    UPDATE "case" AS c SET priority = m.wanted FROM moved m WHERE c.id = m.id`;
}
