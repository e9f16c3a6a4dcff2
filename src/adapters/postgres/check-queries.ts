import { z } from 'zod';
import type { Decision, Outcome } from '../../domain/decision.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { CheckState, CheckSummary, CheckView, FindingView } from '../../domain/views/check-view.ts';
import { decodeCursor, toPage } from '../../pipeline/page-cursor.ts';
import type { Queries } from '../../pipeline/queries.ts';
import type { Database } from './database.ts';
import type { Check, Finding, Prisma } from './generated/client.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** Where a page of checks begins: after this time and id. */
const checkKey = z.tuple([z.iso.datetime(), z.string()]);

/** What a check is shown with. */
export const CHECK_PARTS = {
  findings: { orderBy: [{ probability: 'desc' }, { id: 'asc' }] },
  caseItems: { select: { caseId: true }, orderBy: { addedAt: 'asc' } },
} as const satisfies Prisma.CheckInclude;

export type CheckWithParts = Prisma.CheckGetPayload<{ include: typeof CHECK_PARTS }>;

function toCheckSummary(row: Omit<Check, 'decision'>): CheckSummary {
  return {
    id: row.id,
    subject: { kind: row.subjectKind as SubjectKind, id: row.subjectId, version: row.subjectVersion },
    trigger: row.trigger,
    state: row.state as CheckState,
    ...unlessNull('outcome', row.outcome as Outcome | null),
    acceptedAt: row.acceptedAt.toISOString(),
    ...unlessNull('finishedAt', row.finishedAt?.toISOString() ?? null),
  };
}

export function toCheckView(row: CheckWithParts): CheckView {
  return {
    ...toCheckSummary(row),
    attempts: row.attempts,
    ...(row.errorCode === null ? {} : { error: { code: row.errorCode, detail: row.errorDetail ?? '' } }),
    findings: row.findings.map(toFindingView),
    ...unlessNull('decision', asStored<Decision | null>(row.decision)),
    caseIds: row.caseItems.map(({ caseId }) => caseId),
  };
}

function toFindingView(row: Finding): FindingView {
  return {
    id: row.id,
    detector: row.detector,
    detectorVersion: row.detectorVersion,
    violationType: row.violationType as ViolationType,
    probability: row.probability,
    summary: row.summary,
    evidence: asStored<Evidence[]>(row.evidence),
    about: row.about,
    ...unlessNull('markId', row.markId),
    signals: asStored<FindingView['signals']>(row.signals),
  };
}

/** Reads checks with what came of them. */
export function checkQueries(database: Database): Pick<Queries, 'check' | 'checks'> {
  return {
    async check(id) {
      const row = await database.check.findUnique({ where: { id }, include: CHECK_PARTS });
      return row === null ? undefined : toCheckView(row);
    },
    async checks(filter, { limit, cursor }) {
      const [acceptedAt, id] = cursor === undefined ? [] : decodeCursor(cursor, checkKey);
      const after =
        acceptedAt === undefined || id === undefined
          ? {}
          : { OR: [{ acceptedAt: { lt: acceptedAt } }, { acceptedAt, id: { lt: id } }] };
      const rows = await database.check.findMany({
        where: { ...filter, ...after },
        omit: { decision: true },
        orderBy: [{ acceptedAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      return toPage(rows, limit, { item: toCheckSummary, key: (row) => [row.acceptedAt.toISOString(), row.id] });
    },
  };
}

/** The latest check of a subject, by acceptance. */
export async function latestCheck(
  database: Database,
  subjectKind: SubjectKind,
  subjectId: string,
): Promise<CheckSummary | undefined> {
  const row = await database.check.findFirst({
    where: { subjectKind, subjectId },
    omit: { decision: true },
    orderBy: [{ acceptedAt: 'desc' }, { id: 'desc' }],
  });
  return row === null ? undefined : toCheckSummary(row);
}
