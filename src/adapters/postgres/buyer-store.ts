import type { BuyerRecord } from '../../credit/buyer-standing.ts';
import type { BuyerStore } from '../../pipeline/buyer-reports.ts';
import type { Database } from './database.ts';

const DAY_MS = 86_400_000;

type RecordRow = Omit<BuyerRecord, 'ageDays'> & { readonly registeredAt: Date };

/** What orders, reviews and people's decisions settled about buyers. Suspicions are left out. */
export function postgresBuyerStore(database: Database): BuyerStore {
  return {
    async record(accountId, nowMs) {
      const [row] = await database.$queryRaw<RecordRow[]>`
        SELECT a."registeredAt",
          (SELECT count(*)::int FROM "order" o WHERE o."accountId" = a.id AND EXISTS (SELECT 1 FROM order_event e
            WHERE e."orderId" = o.id AND e.type IN ('DELIVERED', 'RETURNED', 'LOST', 'REFUSED', 'DISPUTE_RULED'))) AS orders,
          (SELECT count(*)::int FROM "order" o WHERE o."accountId" = a.id AND EXISTS (SELECT 1 FROM order_event e
            WHERE e."orderId" = o.id AND e.type = 'DISPUTE_RULED' AND e.payload->>'responsible' = 'BUYER')) AS "disputesLost",
          (SELECT count(*)::int FROM decision d WHERE d."subjectKind" = 'ACCOUNT' AND d."subjectId" = a.id
            AND d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL
            AND d."violationType" IN ('TRD_REFUND_FRAUD', 'TRD_PROMO_ABUSE')) AS "refundFrauds",
          (SELECT count(*)::int FROM review r WHERE r."accountId" = a.id) AS reviews,
          (SELECT count(*)::int FROM review r WHERE r."accountId" = a.id
            AND r.authenticity = 'CONFIRMED_INAUTHENTIC') AS "reviewsRemoved",
          (SELECT count(*)::int FROM decision d WHERE d."subjectKind" = 'ACCOUNT' AND d."subjectId" = a.id
            AND d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL
            AND d."violationType" = 'REV_BUYER_EXTORTION') AS extortions,
          greatest(1, (SELECT count(*)::int FROM account o WHERE o."clusterId" = a."clusterId")) AS "clusterSize",
          EXISTS (SELECT 1 FROM decision d LEFT JOIN case_decision c ON c.id = d."caseDecisionId"
            WHERE d."subjectKind" = 'CLUSTER' AND d."subjectId" = a."clusterId"
            AND d.reason = 'CONFIRMED' AND d."reversedAt" IS NULL
            AND NOT coalesce(jsonb_exists(c.request->'keepMemberIds', a.id), false)) AS "isClusterConfirmed"
        FROM account a WHERE a.id = ${accountId}`;
      if (row === undefined) return undefined;
      const { registeredAt, ...counts } = row;
      return { ...counts, ageDays: Math.max(0, Math.floor((nowMs - registeredAt.getTime()) / DAY_MS)) };
    },
  };
}
