import type { BuyerRecord, StandingLine } from '../../credit/buyer-standing.ts';
import type { BuyerStore } from '../../pipeline/buyer-reports.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { wasInForce, wasLetGoSince } from './one-hand.ts';

const DAY_MS = 86_400_000;

type RecordRow = Omit<BuyerRecord, 'ageDays' | 'grantedAppeals'> & {
  readonly registeredAt: Date;
  readonly granted: Readonly<Partial<Record<StandingLine, number>>>;
};

/** What orders, reviews and people's decisions settled about buyers. Suspicions are left out. */
export function postgresBuyerStore(database: Database): BuyerStore {
  return {
    async record(accountId, nowMs) {
      const now = new Date(nowMs);
      const [row] = await database.$queryRaw<RecordRow[]>`
        WITH granted AS (
          SELECT unnest(s.about) AS line, max(d."decidedAt") AS until FROM standing_appeal s
          JOIN decision d ON d."subjectKind" = 'ACCOUNT' AND d."subjectId" = s."accountId"
            AND d."violationType" = 'SYS_STANDING_APPEAL' AND d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL
            AND d."decidedAt" >= s."submittedAt"
          WHERE s."accountId" = ${accountId} GROUP BY 1),
        since AS (
          SELECT coalesce(json_object_agg(line, extract(epoch FROM until) * 1000), '{}') AS granted,
            coalesce(max(until) FILTER (WHERE line = 'DISPUTES'), '-infinity') AS disputes,
            coalesce(max(until) FILTER (WHERE line = 'FRAUD'), '-infinity') AS fraud,
            coalesce(max(until) FILTER (WHERE line = 'REVIEWS'), '-infinity') AS reviews,
            coalesce(max(until) FILTER (WHERE line = 'EXTORTION'), '-infinity') AS extortion,
            coalesce(max(until) FILTER (WHERE line = 'CLUSTER'), '-infinity') AS cluster FROM granted)
        SELECT a."registeredAt", since.granted,
          (SELECT count(*)::int FROM "order" o WHERE o."accountId" = a.id AND EXISTS (SELECT 1 FROM order_event e
            WHERE e."orderId" = o.id AND e.type IN ('DELIVERED', 'RETURNED', 'LOST', 'REFUSED', 'DISPUTE_RULED'))) AS orders,
          (SELECT count(*)::int FROM "order" o WHERE o."accountId" = a.id AND EXISTS (SELECT 1 FROM order_event e
            WHERE e."orderId" = o.id AND e.type = 'DISPUTE_RULED' AND e.payload->>'responsible' = 'BUYER'
              AND e.at > since.disputes)) AS "disputesLost",
          (SELECT count(*)::int FROM decision d WHERE d."subjectKind" = 'ACCOUNT' AND d."subjectId" = a.id
            AND d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL
            AND d."decidedAt" > since.fraud AND d."violationType" IN ('TRD_REFUND_FRAUD', 'TRD_PROMO_ABUSE')) AS "refundFrauds",
          (SELECT count(*)::int FROM review r WHERE r."accountId" = a.id) AS reviews,
          (SELECT count(*)::int FROM review r WHERE r."accountId" = a.id
            AND r.authenticity = 'CONFIRMED_INAUTHENTIC' AND r."createdAt" > since.reviews) AS "reviewsRemoved",
          (SELECT count(*)::int FROM decision d WHERE d."subjectKind" = 'ACCOUNT' AND d."subjectId" = a.id
            AND d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL
            AND d."decidedAt" > since.extortion AND d."violationType" = 'REV_BUYER_EXTORTION') AS extortions,
          coalesce(hand.accounts,
            greatest(1, (SELECT count(*)::int FROM account o WHERE o."clusterId" = a."clusterId"))) AS "clusterSize",
          hand.accounts IS NOT NULL AS "isClusterConfirmed"
        FROM account a CROSS JOIN since CROSS JOIN LATERAL (
          SELECT max(cardinality(d."memberAccountIds")) AS accounts FROM decision d
          WHERE d."memberAccountIds" @> ARRAY[a.id] AND ${wasInForce(now)} AND d."decidedAt" > since.cluster
            AND NOT ${wasLetGoSince(Prisma.sql`ARRAY[a.id]`, now)}) hand
        WHERE a.id = ${accountId}`;
      if (row === undefined) return undefined;
      const { registeredAt, granted, ...counts } = row;
      const grantedAppeals = Object.entries(granted)
        .map(([line, atMs]) => ({ line: line as StandingLine, atMs: Math.round(atMs) }))
        .toSorted((left, right) => (left.line < right.line ? -1 : 1));
      return { ...counts, grantedAppeals, ageDays: Math.max(0, Math.floor((nowMs - registeredAt.getTime()) / DAY_MS)) };
    },
  };
}
