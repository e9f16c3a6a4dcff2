import type { Listing } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { RescanStore } from '../../pipeline/rescan-mark.ts';
import { inTransaction, type Database } from './database.ts';
import { insertRechecks } from './recheck.ts';

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
    recheckListings: (listingIds, trigger, nowMs) =>
      inTransaction(database, (tx) => {
        const rechecks = listingIds.map((subjectId) => ({ subjectKind: 'LISTING' as const, subjectId, trigger }));
        return insertRechecks(tx, ids, rechecks, new Date(nowMs));
      }),
  };
}
