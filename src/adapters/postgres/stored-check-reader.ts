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

/** A check as the database writes it into the page's JSON. */
interface CheckRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly sellerId: string | null;
  readonly nowMs: number;
  readonly context: StoredCheck['context'] | null;
  readonly decided: StoredCheck['decided'];
  readonly findings: readonly FindingRow[] | null;
  readonly reason: string | null;
  readonly isReversed: boolean | null;
}

/** One text for a page: the client makes nothing of single columns, and the runtime's own parser reads it at once. */
interface PageRow {
  readonly checks: string | null;
  /** The last check of the page, with the database's full precision of time. */
  readonly lastAt: string | null;
  readonly lastId: string | null;
}

/** Stored checks as a backtest, a scoreboard and an explanation ask for them. */
export function postgresStoredCheckReader(database: Database): StoredCheckReader {
  const readPage = async (where: Prisma.Sql, limit: number) => {
    const [row] = await database.$queryRaw<PageRow[]>(selectPage(where, limit));
    return row ?? { checks: null, lastAt: null, lastId: null };
  };
  const parsePage = ({ checks }: PageRow): readonly StoredCheck[] =>
    (JSON.parse(checks ?? '[]') as CheckRow[]).map(toStoredCheck);
  return {
    async *read({ fromMs, untilMs, limit }) {
      const [from, until] = [new Date(fromMs), new Date(untilMs)];
      const within = Prisma.sql`c."finishedAt" >= ${from} AND c."finishedAt" < ${until} AND c.state = 'DONE'`;
      const after = ({ lastAt, lastId }: PageRow): Prisma.Sql =>
        Prisma.sql`${within} AND (c."finishedAt", c.id) < (${lastAt}::timestamptz, ${lastId})`;
      let left = limit;
      let coming: Promise<PageRow> | undefined = readPage(within, Math.min(PAGE_SIZE, left));
      while (coming !== undefined) {
        const page: PageRow = await coming;
        left -= PAGE_SIZE;
        // The database works on the next page while the caller works on this one.
        coming =
          page.lastId === null || left <= 0 ? undefined : quietly(readPage(after(page), Math.min(PAGE_SIZE, left)));
        if (page.lastId !== null) yield parsePage(page);
      }
    },
    async one(checkId) {
      const [check] = parsePage(await readPage(Prisma.sql`c.id = ${checkId} AND c.state = 'DONE'`, 1));
      if (check === undefined) return undefined;
      const { decision } = await database.check.findUniqueOrThrow({
        where: { id: checkId },
        select: { decision: true },
      });
      return { check, decision: decision as unknown as Decision };
    },
  };
}

/** A page that nobody waits for any more may fail unheard; whoever waits for it still hears of it. */
function quietly(page: Promise<PageRow>): Promise<PageRow> {
  page.catch(() => undefined);
  return page;
}

/**
 * A page, newest first. What people made of a check: the decision about this very check, else about its subject or its
 * ring or cluster in a case that holds the check. What no rule reads stays in the database: evidence and sentences.
 */
const selectPage = (where: Prisma.Sql, limit: number): Prisma.Sql => Prisma.sql`
  WITH page AS MATERIALIZED (
    SELECT c.id, c."subjectKind", c."subjectId", c."finishedAt", c.context, c.decision FROM "check" c WHERE ${where}
    ORDER BY c."finishedAt" DESC, c.id DESC LIMIT ${limit}),
  found AS (
    SELECT f."checkId", json_agg(json_build_object('detector', f.detector, 'detectorVersion', f."detectorVersion",
      'violationType', f."violationType", 'probability', f.probability, 'summary', '', 'evidence', '[]'::json,
      'about', f.about, 'markId', f."markId", 'signals', f.signals) ORDER BY f.id) AS findings
    FROM finding f WHERE f."checkId" IN (SELECT id FROM page) GROUP BY f."checkId"),
  own AS (
    SELECT DISTINCT ON (d."checkId") d."checkId", d."sellerId" FROM decision d
    WHERE d."checkId" IN (SELECT id FROM page) AND d.reason IS NULL ORDER BY d."checkId", d."decidedAt"),
  said AS (
    SELECT DISTINCT ON (d."checkId") d."checkId", d.reason, d."reversedAt" IS NOT NULL AS "isReversed" FROM decision d
    WHERE d."checkId" IN (SELECT id FROM page) AND d.reason IS NOT NULL ORDER BY d."checkId", d."decidedAt" DESC),
  casewise AS (
    SELECT DISTINCT ON (c.id) c.id AS "checkId", d.reason, d."reversedAt" IS NOT NULL AS "isReversed"
    FROM page c JOIN case_item i ON i."checkId" = c.id JOIN decision d ON d."caseId" = i."caseId"
    WHERE d.reason IS NOT NULL
      AND ((d."subjectKind" = c."subjectKind" AND d."subjectId" = c."subjectId") OR d."subjectKind" IN ('RING', 'CLUSTER'))
    ORDER BY c.id, (d."subjectId" = c."subjectId") DESC, d."decidedAt" DESC)
  SELECT json_agg(json_build_object('id', c.id, 'kind', c."subjectKind", 'subjectId', c."subjectId",
      'sellerId', own."sellerId", 'nowMs', floor(extract(epoch FROM c."finishedAt") * 1000), 'context', c.context,
      'decided', json_build_object('step', c.decision->'step', 'outcome', c.decision->'outcome',
        'needsPerson', c.decision->'needsPerson',
        'firedRuleIds', jsonb_path_query_array(c.decision, '$.firedRules[*].ruleId')),
      'findings', found.findings, 'reason', coalesce(said.reason, casewise.reason),
      'isReversed', coalesce(said."isReversed", casewise."isReversed"))
    ORDER BY c."finishedAt" DESC, c.id DESC)::text AS checks,
    (array_agg(c."finishedAt"::text ORDER BY c."finishedAt", c.id))[1] AS "lastAt",
    (array_agg(c.id ORDER BY c."finishedAt", c.id))[1] AS "lastId"
  FROM page c LEFT JOIN found ON found."checkId" = c.id LEFT JOIN own ON own."checkId" = c.id
    LEFT JOIN said ON said."checkId" = c.id LEFT JOIN casewise ON casewise."checkId" = c.id`;

const toStoredCheck = (row: CheckRow): StoredCheck => ({
  checkId: row.id,
  subject: { kind: row.kind as SubjectKind, id: row.subjectId, ...unlessNull('sellerId', row.sellerId) },
  findings: (row.findings ?? []).map(withoutNullMark),
  context: row.context ?? unknownContext(row.nowMs),
  ...(row.decided === undefined ? {} : { decided: row.decided }),
  ...unlessNull('verdict', row.reason as DecisionReason | null),
  isOverturned: row.isReversed ?? false,
});

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
