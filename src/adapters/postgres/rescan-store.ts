import { hashFromHex } from '../../detectors/image/hash256.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { RescanStore } from '../../pipeline/rescan-mark.ts';
import { inTransaction, type Database } from './database.ts';
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
      if (row === null || row.isWithdrawn) return undefined;
      return { mark: row.payload as unknown as Mark, updatedAtMs: row.updatedAt.getTime() };
    },
    async listingsAfter(id, limit) {
      const rows = await database.listing.findMany({
        where: { id: { gt: id } },
        orderBy: { id: 'asc' },
        take: limit,
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
    recheckListings: (listingIds, trigger, nowMs) =>
      inTransaction(database, (tx) => {
        const rechecks = listingIds.map((subjectId) => ({ subjectKind: 'LISTING' as const, subjectId, trigger }));
        return insertRechecks(tx, ids, rechecks, new Date(nowMs));
      }),
  };
}
