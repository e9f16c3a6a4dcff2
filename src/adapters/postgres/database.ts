import type { PrismaClient } from './generated/client.ts';

/** The Prisma client of the process. */
export type Database = PrismaClient;

/** A client inside an interactive transaction. Never use the outer client while one is open: PGlite has one session. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** Limits of an interactive transaction; generous, because the embedded engine shares a machine with everything else. */
const TRANSACTION_LIMITS = { maxWait: 30_000, timeout: 60_000 };

/** Runs `work` in one transaction that commits when it resolves and rolls back when it rejects. */
export function inTransaction<Result>(database: Database, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return database.$transaction(work, TRANSACTION_LIMITS);
}
