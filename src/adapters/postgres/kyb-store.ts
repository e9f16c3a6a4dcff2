import { createHash } from 'node:crypto';
import type { Seller } from '../../domain/seller.ts';
import type { KybStore, KybSubject } from '../../pipeline/remind-kyb.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';

interface KybRow {
  readonly id: string;
  readonly payload: Seller;
  readonly sales: readonly { month: string; sales: number; value: Readonly<Record<string, number>> }[] | null;
}

/** Months of sales that INFORM looks at. */
const MONTHS = 24;

/**
 * Sellers with their sales by month. `centsPpm` turns minor units of a currency into US cents, millionths; sales in a
 * currency without one have no value there, but are counted.
 */
export function postgresKybStore(database: Database, centsPpm: () => Readonly<Record<string, number>>): KybStore {
  const read = async (where: Prisma.Sql, limit: number, nowMs: number): Promise<KybSubject[]> => {
    const since = new Date(nowMs);
    since.setUTCMonth(since.getUTCMonth() - MONTHS);
    const rows = await database.$queryRaw<KybRow[]>`
      SELECT s.id, s.payload, m.sales FROM (
        SELECT id, payload FROM seller WHERE ${where} AND NOT "isPlaceholder" ORDER BY id LIMIT ${limit}) s
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('month', g.month, 'sales', g.sales, 'value', g.value)) AS sales FROM (
          SELECT c.month, sum(c.sales)::int AS sales, json_object_agg(c.currency, c.value) AS value FROM (
            SELECT date_trunc('month', o."placedAt", 'UTC') AS month, o.payload->>'currency' AS currency,
              count(*) AS sales, sum((o.payload->>'valueMinor')::bigint) AS value
            FROM "order" o WHERE o."sellerId" = s.id AND o."placedAt" >= ${since} GROUP BY 1, 2) c
          GROUP BY c.month) g) m ON true
      ORDER BY s.id`;
    return rows.map((row) => toSubject(row, centsPpm()));
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
      monthlySales: (sales ?? []).map(({ month, sales: count, value }) => ({
        atMs: Date.parse(month),
        sales: count,
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
