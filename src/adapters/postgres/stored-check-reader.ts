import type { Decision, DecisionReason } from '../../domain/decision.ts';
import type { Finding, SubjectKind } from '../../domain/finding.ts';
import type { StoredCheckReader } from '../../pipeline/stored-checks.ts';
import type { StoredCheck } from '../../policy/stored-check.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { unlessNull } from './stored-json.ts';

/** Checks that are read at once. */
const PAGE_SIZE = 2_000;

type FindingRow = Omit<Finding, 'markId'> & { readonly markId: string | null };

interface CheckRow {
  readonly id: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly sellerId: string | null;
  readonly finishedAt: Date;
  readonly context: StoredCheck['context'] | null;
  readonly decision: Decision;
  readonly findings: readonly FindingRow[] | null;
  readonly reason: string | null;
  readonly isReversed: boolean | null;
}

/** Stored checks as a backtest, a scoreboard and an explanation ask for them. */
export function postgresStoredCheckReader(database: Database): StoredCheckReader {
  const readPage = (where: Prisma.Sql, limit: number) => database.$queryRaw<CheckRow[]>(selectChecks(where, limit));
  return {
    async *read({ fromMs, untilMs, limit }) {
      const [from, until] = [new Date(fromMs), new Date(untilMs)];
      let left = limit;
      let before: Pick<CheckRow, 'finishedAt' | 'id'> | undefined;
      while (left > 0) {
        const place =
          before === undefined
            ? Prisma.empty
            : Prisma.sql`AND (c."finishedAt", c.id) < (${before.finishedAt}, ${before.id})`;
        const where = Prisma.sql`c."finishedAt" >= ${from} AND c."finishedAt" < ${until} AND c.state = 'DONE' ${place}`;
        const wanted = Math.min(PAGE_SIZE, left);
        const rows = await readPage(where, wanted);
        if (rows.length > 0) yield rows.map(toStoredCheck);
        if (rows.length < wanted) return;
        left -= rows.length;
        before = rows.at(-1);
      }
    },
    async one(checkId) {
      const [row] = await readPage(Prisma.sql`c.id = ${checkId} AND c.state = 'DONE'`, 1);
      return row === undefined ? undefined : { check: toStoredCheck(row), decision: row.decision };
    },
  };
}

/**
 * What people made of a check: the decision about this very check, else about its subject or its ring or cluster in a
 * case that holds the check.
 */
const selectChecks = (where: Prisma.Sql, limit: number): Prisma.Sql => Prisma.sql`
  SELECT c.id, c."subjectKind", c."subjectId", c."finishedAt", c.context, c.decision, own."sellerId", f.findings,
    coalesce(said.reason, casewise.reason) AS reason, coalesce(said."isReversed", casewise."isReversed") AS "isReversed"
  FROM (SELECT * FROM "check" c WHERE ${where} ORDER BY c."finishedAt" DESC, c.id DESC LIMIT ${limit}) c
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('detector', f.detector, 'detectorVersion', f."detectorVersion", 'violationType',
      f."violationType", 'probability', f.probability, 'summary', f.summary, 'evidence', '[]'::json, 'about', f.about,
      'markId', f."markId", 'signals', f.signals) ORDER BY f.id) AS findings
    FROM finding f WHERE f."checkId" = c.id) f ON true
  LEFT JOIN LATERAL (
    SELECT d."sellerId" FROM decision d WHERE d."checkId" = c.id AND d.reason IS NULL
    ORDER BY d."decidedAt" LIMIT 1) own ON true
  LEFT JOIN LATERAL (
    SELECT d.reason, d."reversedAt" IS NOT NULL AS "isReversed" FROM decision d
    WHERE d."checkId" = c.id AND d.reason IS NOT NULL ORDER BY d."decidedAt" DESC LIMIT 1) said ON true
  LEFT JOIN LATERAL (
    SELECT d.reason, d."reversedAt" IS NOT NULL AS "isReversed"
    FROM case_item i JOIN decision d ON d."caseId" = i."caseId"
    WHERE said.reason IS NULL AND i."checkId" = c.id AND d.reason IS NOT NULL
      AND ((d."subjectKind" = c."subjectKind" AND d."subjectId" = c."subjectId") OR d."subjectKind" IN ('RING', 'CLUSTER'))
    ORDER BY (d."subjectId" = c."subjectId") DESC, d."decidedAt" DESC LIMIT 1) casewise ON true
  ORDER BY c."finishedAt" DESC, c.id DESC`;

const toStoredCheck = (row: CheckRow): StoredCheck => {
  const { decision } = row;
  return {
    checkId: row.id,
    subject: { kind: row.subjectKind as SubjectKind, id: row.subjectId, ...unlessNull('sellerId', row.sellerId) },
    findings: (row.findings ?? []).map(withoutNullMark),
    context: row.context ?? unknownContext(row.finishedAt.getTime()),
    decided: {
      step: decision.step,
      outcome: decision.outcome,
      needsPerson: decision.needsPerson,
      firedRuleIds: decision.firedRules.map(({ ruleId }) => ruleId),
    },
    ...unlessNull('verdict', row.reason as DecisionReason | null),
    isOverturned: row.isReversed ?? false,
  };
};

const withoutNullMark = ({ markId, ...finding }: FindingRow): Finding => ({
  ...finding,
  ...unlessNull('markId', markId),
});

/** Checks of releases that did not keep the context. */
const unknownContext = (nowMs: number): StoredCheck['context'] => ({
  sellerTier: 'STANDARD',
  sellerPoints: 0,
  isLive: false,
  exposure: 0,
  nowMs,
  preCheckShare01: 0,
  postCheckShare01: 0,
  sampleRoll01: 1,
});
