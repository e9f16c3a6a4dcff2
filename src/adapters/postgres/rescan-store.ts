import { groupsOfQuery, type TermQuery } from '../../detectors/brand/catalogue-terms.ts';
import { MIN_COMMON_SKETCH } from '../../detectors/brand/text-sketch.ts';
import { hashFromHex } from '../../detectors/image/hash256.ts';
import type { Listing } from '../../domain/listing.ts';
import { mark as markSchema } from '../../domain/mark.ts';
import type { Seller } from '../../domain/seller.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { RescanStore } from '../../pipeline/rescan-mark.ts';
import { inTransaction, type Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { insertRechecks } from './recheck.ts';

interface ShownRow {
  readonly contentSha256: string;
  readonly pdq: string | null;
  readonly pdqQuality: number | null;
  readonly md5: string | null;
  readonly listingIds: readonly string[];
}

/** The stored catalogue, as a re-scan for a mark reads it. */
export function postgresRescanStore(database: Database, ids: IdSource): RescanStore {
  return {
    async mark(id) {
      const row = await database.mark.findUnique({ where: { id } });
      if (row === null) return undefined;
      const updatedAtMs = row.updatedAt.getTime();
      return row.isWithdrawn ? { updatedAtMs } : { mark: markSchema.parse(row.payload), updatedAtMs };
    },
    async listingsFoundWith(markId) {
      const rows = await database.finding.findMany({
        where: { markId, subjectKind: 'LISTING' },
        distinct: ['subjectId'],
        orderBy: { subjectId: 'asc' },
        select: { subjectId: true },
      });
      return rows.map(({ subjectId }) => subjectId);
    },
    async listingsAnswering(queries) {
      const rows = await database.$queryRaw<{ id: string }[]>`
        SELECT t."listingId" AS id FROM listing_text t WHERE ${answering(queries)}
        UNION
        SELECT l.id FROM listing l WHERE NOT EXISTS (SELECT FROM listing_text t WHERE t."listingId" = l.id)
        ORDER BY id`;
      return rows.map(({ id }) => id);
    },
    async listingsResembling(sketches) {
      const found = new Set<string>();
      for (const sketch of sketches.filter(({ length }) => length > 0)) {
        const sought = [...sketch];
        const rows = await database.$queryRaw<{ id: string }[]>`
          SELECT "listingId" AS id FROM listing_text
          WHERE sketch && ${sought}::int[] AND
            (SELECT count(*) FROM unnest(sketch) hash WHERE hash = ANY(${sought}::int[])) >= ${MIN_COMMON_SKETCH}`;
        for (const { id } of rows) found.add(id);
      }
      return [...found].sort();
    },
    async listings(listingIds) {
      const rows = await database.listing.findMany({
        where: { id: { in: [...listingIds] } },
        select: { payload: true },
      });
      return rows.map(({ payload }) => payload as unknown as Listing);
    },
    async shownHashesAfter(contentSha256, limit) {
      const rows = await database.$queryRaw<ShownRow[]>`
        SELECT p."contentSha256", p.pdq, p."pdqQuality", p.md5, array_agg(b."ownerListingId") AS "listingIds"
        FROM picture p JOIN bank_picture b ON b."contentSha256" = p."contentSha256" AND b.bank = 'SELLERS'
        WHERE p."contentSha256" > ${contentSha256} AND b."ownerListingId" IS NOT NULL
        GROUP BY p."contentSha256" ORDER BY p."contentSha256" LIMIT ${limit}`;
      return rows.map(({ pdq, pdqQuality, md5, ...rest }) => {
        const bits = pdq === null ? undefined : hashFromHex(pdq);
        return {
          ...rest,
          ...(bits === undefined ? {} : { pdq: { bits, quality: pdqQuality ?? 100 } }),
          ...(md5 === null ? {} : { md5 }),
        };
      });
    },
    async storeNamesAfter(sellerId, limit) {
      const rows = await database.seller.findMany({
        where: { id: { gt: sellerId } },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, payload: true },
      });
      return rows.map(({ id, payload }) => ({ sellerId: id, storeName: (payload as unknown as Seller).storeName }));
    },
    async latestListingsOf(sellerId, limit) {
      const rows = await database.listing.findMany({
        where: { sellerId },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    recheckListings: (listingIds, trigger, nowMs) =>
      inTransaction(database, (tx) => {
        const rechecks = listingIds.map((subjectId) => ({ subjectKind: 'LISTING' as const, subjectId, trigger }));
        return insertRechecks(tx, ids, rechecks, new Date(nowMs));
      }),
  };
}

/** The queries as a condition that the inverted index answers: a text must hold one group of terms whole. */
function answering(queries: readonly TermQuery[]): Prisma.Sql {
  const groups = queries.flatMap(groupsOfQuery);
  const single = groups.filter(({ length }) => length === 1).flat();
  const conditions = [
    ...(single.length > 0 ? [Prisma.sql`t.terms && ${single}::int[]`] : []),
    ...groups.filter(({ length }) => length > 1).map((group) => Prisma.sql`t.terms @> ${group}::int[]`),
  ];
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.join(conditions, ' OR ');
}
