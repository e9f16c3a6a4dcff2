import { Prisma } from './generated/client.ts';

/** Whether the decision `d` held for one hand, as known at a moment, the accounts that it names. */
export const wasInForce = (knownAt: Date): Prisma.Sql => Prisma.sql`(d."subjectKind" = 'CLUSTER'
  AND d.reason = 'CONFIRMED' AND d."decidedAt" <= ${knownAt}
  AND (d."reversedAt" IS NULL OR d."reversedAt" > ${knownAt}))`;

/**
 * Whether a person let one of these accounts go, as known at a moment, after the decision `d`: kept it as somebody else's,
 * or found that the cluster is no violation at all.
 */
export const wasLetGoSince = (accountIds: Prisma.Sql, knownAt: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM decision later LEFT JOIN case_decision said ON said.id = later."caseDecisionId"
  WHERE later."subjectKind" = 'CLUSTER' AND later."decidedAt" > d."decidedAt" AND later."decidedAt" <= ${knownAt}
    AND (later."reversedAt" IS NULL OR later."reversedAt" > ${knownAt})
    AND (later.reason = 'NOT_VIOLATION' AND later."subjectId" = d."subjectId"
      OR coalesce(jsonb_exists_any(said.request->'keepMemberIds', ${accountIds}), false)))`;
