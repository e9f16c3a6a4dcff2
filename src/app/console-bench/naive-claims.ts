import { CASE_LEASE_MS } from '../../domain/case.ts';
import { inTransaction, type Database } from '../../adapters/postgres/database.ts';

/** Gives the id of the case that a reviewer has claimed; undefined where none waits. */
export type ClaimWay = (reviewerId: string) => Promise<string | undefined>;

interface IdRow {
  readonly id: string;
}

/**
 * What somebody would write first, for comparison: the most urgent case is locked by `FOR UPDATE` alone, so that all
 * who come meanwhile wait for the same row.
 */
export const waitForTheRow =
  (database: Database): ClaimWay =>
  (reviewerId) =>
    inTransaction(database, async (tx) => {
      const [row] = await tx.$queryRaw<IdRow[]>`
        SELECT id FROM "case" WHERE state = 'QUEUED' ORDER BY priority DESC, "openedAt", id LIMIT 1 FOR UPDATE`;
      if (row === undefined) return undefined;
      await tx.$executeRaw`
        UPDATE "case" SET state = 'CLAIMED', "leaseHolder" = ${reviewerId}, "leaseUntil" = ${leaseEnd()},
          "fencingToken" = "fencingToken" + 1 WHERE id = ${row.id}`;
      return row.id;
    });

/** For comparison, too: reads the most urgent case and then writes it, without any lock. Two may get the same case. */
export const readThenWrite =
  (database: Database): ClaimWay =>
  async (reviewerId) => {
    const [row] = await database.$queryRaw<IdRow[]>`
      SELECT id FROM "case" WHERE state = 'QUEUED' ORDER BY priority DESC, "openedAt", id LIMIT 1`;
    if (row === undefined) return undefined;
    await database.$executeRaw`
      UPDATE "case" SET state = 'CLAIMED', "leaseHolder" = ${reviewerId}, "leaseUntil" = ${leaseEnd()},
        "fencingToken" = "fencingToken" + 1 WHERE id = ${row.id}`;
    return row.id;
  };

const leaseEnd = (): Date => new Date(Date.now() + CASE_LEASE_MS);
