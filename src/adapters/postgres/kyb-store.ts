import { createHash } from 'node:crypto';
import type { InformSettings } from '../../credit/kyb-settings.ts';
import type { Seller } from '../../domain/seller.ts';
import type { KybStore, KybSubject } from '../../pipeline/remind-kyb.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';

interface KybRow {
  readonly id: string;
  readonly payload: Seller;
  readonly sales: readonly { day: string; sales: number; value: Readonly<Record<string, number>> }[] | null;
}

/** Months of sales that INFORM looks at. */
const MONTHS = 24;

/** Whether an order is a sale that INFORM counts: not cancelled, to one of its countries, of goods that are new. */
const counts = ({
  countries,
  conditions,
  exceptCategories,
  countsUnknownDestination,
}: InformSettings): Prisma.Sql => Prisma.sql`
  NOT EXISTS (SELECT 1 FROM order_event e WHERE e."orderId" = o.id AND e.type = 'CANCELLED')
  AND CASE WHEN o.payload->>'destination' IS NOT NULL THEN o.payload->>'destination' = ANY(${countries})
    ELSE ${countsUnknownDestination} AND (coalesce(jsonb_array_length(s.payload->'destinations'), 0) = 0
      OR jsonb_exists_any(s.payload->'destinations', ${countries})) END
  AND coalesce(l.payload->>'condition', 'UNKNOWN') = ANY(${conditions})
  AND NOT EXISTS (SELECT 1 FROM unnest(${exceptCategories}::text[]) c WHERE starts_with(l.payload->>'category', c))`;

/** Sellers with their sales by day, as the rules count them. */
export function postgresKybStore(database: Database, inform: () => InformSettings): KybStore {
  const read = async (where: Prisma.Sql, limit: number, nowMs: number): Promise<KybSubject[]> => {
    const since = new Date(nowMs);
    since.setUTCMonth(since.getUTCMonth() - MONTHS);
    const settings = inform();
    const rows = await database.$queryRaw<KybRow[]>`
      SELECT s.id, s.payload, m.sales FROM (
        SELECT id, payload FROM seller WHERE ${where} AND NOT "isPlaceholder" ORDER BY id LIMIT ${limit}) s
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('day', g.day, 'sales', g.sales, 'value', g.value)) AS sales FROM (
          SELECT c.day, sum(c.sales)::int AS sales, json_object_agg(c.currency, c.value) AS value FROM (
            SELECT date_trunc('day', o."placedAt", 'UTC') AS day, o.payload->>'currency' AS currency,
              count(*) AS sales, sum((o.payload->>'valueMinor')::bigint) AS value
            FROM "order" o LEFT JOIN listing l ON l.id = o."listingId"
            WHERE o."sellerId" = s.id AND o."placedAt" >= ${since} AND ${counts(settings)} GROUP BY 1, 2) c
          GROUP BY c.day) g) m ON true
      ORDER BY s.id`;
    return rows.map((row) => toSubject(row, settings.usdCentsPpm));
  };
  return {
    sellersAfter: (id, limit, nowMs) => read(Prisma.sql`id > ${id}`, limit, nowMs),
    seller: async (id, nowMs) => (await read(Prisma.sql`id = ${id}`, 1, nowMs))[0],
    async tellOnce(events, nowMs) {
      const data = events.map(({ key, type, subject, data: told }) => ({
        // An id of the key: a second telling meets the first.
        id: createHash('sha256').update(key).digest('hex').slice(0, 32),
        type,
        subject,
        data: told as object,
        time: new Date(nowMs),
      }));
      return (await database.event.createMany({ data, skipDuplicates: true })).count;
    },
  };
}

const toSubject = ({ id, payload, sales }: KybRow, centsPpm: Readonly<Record<string, number>>): KybSubject => {
  const { kyb, identity = {}, destinations = [] } = payload;
  const at = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  const [collectedAtMs, verifiedAtMs, certifiedAtMs] = [
    at(identity.collectedAt),
    at(identity.verifiedAt),
    at(identity.certifiedAt),
  ];
  return {
    sellerId: id,
    facts: {
      kyb,
      destinations,
      isDisclosed: identity.isDisclosed ?? false,
      isTrader: identity.isTrader ?? true,
      dailySales: (sales ?? []).map(({ day, sales: count, value }) => ({
        atMs: Date.parse(day),
        sales: count,
        isValueKnown: Object.keys(value).every((currency) => centsPpm[currency] !== undefined),
        valueUsdMinor: Object.entries(value).reduce(
          (sum, [currency, minor]) => sum + Math.floor((minor * (centsPpm[currency] ?? 0)) / 1_000_000),
          0,
        ),
      })),
      ...(collectedAtMs === undefined ? {} : { collectedAtMs }),
      ...(verifiedAtMs === undefined ? {} : { verifiedAtMs }),
      ...(certifiedAtMs === undefined ? {} : { certifiedAtMs }),
    },
  };
};
