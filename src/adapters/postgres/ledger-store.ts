import { canonicalJson } from '../../credit/hash-chain.ts';
import type { CreditEntry, CreditReport } from '../../domain/credit.ts';
import type { Seller } from '../../domain/seller.ts';
import type { CreditLinks, CreditSubject, LedgerStore } from '../../pipeline/credit-reports.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { inTransaction, type Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { wasInForce, wasLetGoSince } from './one-hand.ts';
import { kybAt } from './kyb-history.ts';
import { recordEvents } from './record-events.ts';
import { asStored } from './stored-json.ts';

interface SellerRow {
  readonly id: string;
  readonly legalId: string;
  readonly payload: unknown;
  readonly standing: string;
  readonly registeredAt: Date;
}

const toSubject = ({ id, legalId, payload, standing, registeredAt }: SellerRow): CreditSubject => ({
  sellerId: id,
  legalId,
  context: {
    registeredAtMs: registeredAt.getTime(),
    kyb: (payload as Seller).kyb,
    standing: standing as NonNullable<CreditSubject['context']['standing']>,
  },
});

/** The ledger and the snapshots taken of it. */
export function postgresLedgerStore(database: Database, ids: IdSource): LedgerStore {
  return {
    async subject(sellerId, atMs) {
      const row = await database.seller.findUnique({ where: { id: sellerId } });
      if (row === null) return undefined;
      const subject = toSubject(row);
      const kyb = atMs === undefined ? undefined : await kybAt(database, sellerId, atMs);
      return kyb === undefined ? subject : { ...subject, context: { ...subject.context, kyb } };
    },
    async entries(legalId) {
      const rows = await database.creditEntry.findMany({
        where: { legalId },
        orderBy: { seq: 'asc' },
        select: { payload: true },
      });
      return rows.map(({ payload }) => payload as unknown as CreditEntry);
    },
    async lastSeq(legalId) {
      return (await database.creditHead.findUnique({ where: { legalId }, select: { lastSeq: true } }))?.lastSeq ?? 0;
    },
    links: async (legalId, knownAtMs) => readLinks(database, await linkedEntities(database, legalId, knownAtMs)),
    entriesOf: (legalIds) => readLinks(database, legalIds),
    entitiesAfter: (legalId, limit) => database.$queryRaw`
      SELECT "legalId", "lastSeq", "snapshotSeq" < "lastSeq" AS "isStale" FROM credit_head
      WHERE "legalId" > ${legalId} ORDER BY "legalId" LIMIT ${limit}`,
    async snapshots(legalId) {
      const sellers = await database.seller.findMany({ where: { legalId }, orderBy: { id: 'asc' } });
      const rows = await database.creditSnapshot.findMany({ where: { sellerId: { in: sellers.map(({ id }) => id) } } });
      const reports = new Map(rows.map(({ sellerId, report }) => [sellerId, report as unknown as CreditReport]));
      return sellers.flatMap((seller) => {
        const report = reports.get(seller.id);
        return report === undefined ? [] : [{ subject: toSubject(seller), report }];
      });
    },
    useCreditRules: (creditFileSha256) =>
      inTransaction(database, async (tx) => {
        const key = 'credit.rules';
        const before = await tx.setting.findUnique({ where: { key } });
        if (before?.value === creditFileSha256) return;
        await tx.$executeRaw`UPDATE credit_head SET "snapshotSeq" = -1`;
        const data = { value: creditFileSha256, updatedAt: new Date(Date.now()) };
        await tx.setting.upsert({ where: { key }, create: { key, ...data }, update: data });
      }),
    raiseAlarm: (data, nowMs) =>
      inTransaction(database, (tx) =>
        recordEvents(tx, ids, [{ type: 'assay.credit.replay-differs', subject: 'CREDIT/all', data }], new Date(nowMs)),
      ),
    staleEntities: (limit) => database.$queryRaw`
      SELECT "legalId", "lastSeq" FROM credit_head WHERE "snapshotSeq" < "lastSeq" ORDER BY "legalId" LIMIT ${limit}`,
    async stores(legalId) {
      return (await database.seller.findMany({ where: { legalId }, orderBy: { id: 'asc' } })).map(toSubject);
    },
    saveSnapshots: ({ legalId, lastSeq }, reports, nowMs) =>
      inTransaction(database, async (tx) => {
        const now = new Date(nowMs);
        for (const { sellerId, report } of reports) {
          const before = await tx.creditSnapshot.findUnique({
            where: { sellerId },
            select: { tier: true, report: true },
          });
          const isMoved = before?.tier !== report.tier;
          const eligibilityBefore = before === null ? undefined : asStored<CreditReport>(before.report).eligibility;
          const { eligibility } = report;
          const isOtherwise = canonicalJson(eligibilityBefore) !== canonicalJson(eligibility);
          const snapshot = {
            score: report.score,
            tier: report.tier,
            report,
            inputsSha256: report.inputsSha256,
            asOf: now,
            ...(isMoved ? { tierSince: now } : {}),
          };
          await tx.creditSnapshot.upsert({
            where: { sellerId },
            create: { sellerId, ...snapshot, tierSince: now },
            update: snapshot,
          });
          if (before !== null) {
            const subject = `SELLER/${sellerId}`;
            const tiers = { sellerId, from: before.tier, to: report.tier, score: report.score };
            const rights = { sellerId, tier: report.tier, before: eligibilityBefore, after: eligibility };
            const events = [
              ...(isMoved ? [{ type: 'assay.credit.tier-changed', subject, data: tiers }] : []),
              ...(isOtherwise ? [{ type: 'assay.credit.eligibility-changed', subject, data: rights }] : []),
            ];
            await recordEvents(tx, ids, events, now);
          }
        }
        await tx.$executeRaw`
          UPDATE credit_head SET "snapshotSeq" = GREATEST("snapshotSeq", ${lastSeq}) WHERE "legalId" = ${legalId}`;
      }),
  };
}

/**
 * Legal entities of which people found that one hand runs an account of theirs and one of this entity, where nobody has
 * taken that back or let one of the two go since. Who came to stand in the cluster later, by suspicion alone, is not bound.
 */
async function linkedEntities(database: Database, legalId: string, knownAtMs: number): Promise<readonly string[]> {
  const knownAt = new Date(knownAtMs);
  const rows = await database.$queryRaw<{ legalId: string }[]>`
    SELECT DISTINCT other."legalId" FROM seller own
    JOIN account mine ON mine."sellerId" = own.id
    JOIN decision d ON d."memberAccountIds" @> ARRAY[mine.id] AND ${wasInForce(knownAt)}
    JOIN account theirs ON theirs.id = ANY(d."memberAccountIds") AND theirs."sellerId" IS NOT NULL
    JOIN seller other ON other.id = theirs."sellerId"
    WHERE own."legalId" = ${legalId} AND other."legalId" <> ${legalId}
      AND NOT ${wasLetGoSince(Prisma.sql`ARRAY[mine.id, theirs.id]`, knownAt)}
    ORDER BY other."legalId"`;
  return rows.map((row) => row.legalId);
}

/** What of their ledgers binds others: never their evidence. */
async function readLinks(database: Database, legalIds: readonly string[]): Promise<CreditLinks> {
  if (legalIds.length === 0) return { legalIds, entries: [] };
  const rows = await database.creditEntry.findMany({
    where: { legalId: { in: [...legalIds] }, kind: { in: ['PENALTY', 'STRIKE', 'REVERSAL'] } },
    orderBy: [{ legalId: 'asc' }, { seq: 'asc' }],
    select: { payload: true },
  });
  return { legalIds, entries: rows.map(({ payload }) => payload as unknown as CreditEntry) };
}
