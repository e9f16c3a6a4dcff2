import type { CreditReport } from '../../domain/credit.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Order, OrderEvent } from '../../domain/order.ts';
import type { Review } from '../../domain/review.ts';
import type { Seller } from '../../domain/seller.ts';
import type { ComparableGoods, FactStore, PriceFigures, StoredRing } from '../../pipeline/check-store.ts';
import { behaviourFacts, type BehaviourOptions } from './behaviour-facts.ts';
import { ACCOUNT_WITH_CLEARED, accountWithoutCleared } from './cleared-identifiers.ts';
import type { Database } from './database.ts';
import { isKeptApart } from './kept-apart.ts';
import { readStandingAppeals } from './standing-appeal-store.ts';
import { readExtortionReports } from './extortion-store.ts';
import { readItemSetting } from './item-setting.ts';

/** Stored payloads were checked by their schema when they were taken in, so they are trusted here. */
export function postgresFactStore(database: Database, behaviour: BehaviourOptions): FactStore {
  return {
    ...behaviourFacts(database, behaviour),
    async listing(id) {
      const row = await database.listing.findUnique({ where: { id } });
      if (row === null) return undefined;
      return {
        listing: row.payload as unknown as Listing,
        version: row.version,
        receivedAtMs: row.receivedAt.getTime(),
        publication: row.publication,
      };
    },
    async seller(id) {
      const row = await database.seller.findUnique({ where: { id }, select: { payload: true } });
      return row === null ? unknownSeller(id) : (row.payload as unknown as Seller);
    },
    async review(id) {
      const row = await database.review.findUnique({ where: { id }, select: { payload: true } });
      return row === null ? undefined : (row.payload as unknown as Review);
    },
    async account(id) {
      const row = await database.account.findUnique({ where: { id }, select: ACCOUNT_WITH_CLEARED });
      return row === null ? undefined : accountWithoutCleared(row);
    },
    async order(id) {
      const row = await database.order.findUnique({ where: { id }, select: ORDER_WITH_EVENTS });
      return row === null ? undefined : toOrder(row);
    },
    async reviewsOfListing(listingId, limit) {
      const rows = await database.review.findMany({
        // What a ring wrote is no evidence against the goods.
        where: { listingId, authenticity: { in: ['NORMAL', 'CLEARED'] } },
        orderBy: { createdAt: 'desc' },
        take: limit,
        select: { id: true, stars: true, payload: true },
      });
      return rows.map(({ id, stars, payload }) => ({ reviewId: id, stars, text: (payload as unknown as Review).text }));
    },
    async messagesAbout(listingId, sellerId, limit) {
      const rows = await database.sellerMessage.findMany({
        where: { listingId, sellerId },
        orderBy: [{ sentAt: 'desc' }, { id: 'asc' }],
        take: limit,
        select: { id: true, text: true },
      });
      return rows.map(({ id, text }) => ({ messageId: id, text }));
    },
    isKeptApart: (accountId) => isKeptApart(database, accountId),
    async ringsSharing(accountIds) {
      const where = { memberAccountIds: { hasSome: [...accountIds] }, mergedIntoId: null };
      return (await database.ring.findMany({ where, orderBy: { id: 'asc' } })).map(toStoredRing);
    },
    async sellerStanding(sellerId) {
      const row = await database.creditSnapshot.findUnique({ where: { sellerId }, select: { report: true } });
      if (row === null) return undefined;
      const { tier, penaltyPoints, eligibility } = row.report as unknown as CreditReport;
      const { preCheckShare01, postCheckShare01 } = eligibility;
      return { tier, penaltyPoints, preCheckShare01, postCheckShare01 };
    },
    async latestTitles(limit) {
      return database.$queryRaw<{ title: string; legalId: string }[]>`
        SELECT l.title, s."legalId" FROM listing l JOIN seller s ON s.id = l."sellerId"
        ORDER BY l."createdAt" DESC LIMIT ${limit}`;
    },
    itemSetting: (subject, sellerId) => readItemSetting(database, subject, sellerId),
    async publication(id) {
      return (await database.listing.findUnique({ where: { id }, select: { publication: true } }))?.publication;
    },
    async countOrders({ sellerId, listingId, sinceMs, limit }) {
      const [row] = await database.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM (
          SELECT 1 FROM "order" WHERE "sellerId" = ${sellerId} AND "placedAt" >= ${new Date(sinceMs)}
            AND (${listingId ?? null}::text IS NULL OR "listingId" = ${listingId ?? null}) LIMIT ${limit}) o`;
      return row?.count ?? 0;
    },
    standingAppeals: (accountId) => readStandingAppeals(database, accountId),
    extortionReports: (accountId) => readExtortionReports(database, accountId),
    async allRings() {
      return (await database.ring.findMany({ where: { mergedIntoId: null }, orderBy: { id: 'asc' } })).map(
        toStoredRing,
      );
    },
    async mergedAmong(ringIds) {
      const where = { id: { in: [...ringIds] }, mergedIntoId: { not: null } };
      return (await database.ring.findMany({ where, select: { id: true } })).map(({ id }) => id);
    },
    comparablePrices: (goods) => readPriceFigures(database, goods),
    async terminatedAccounts(accountIds) {
      const rows = await database.$queryRaw<{ id: string }[]>`
        SELECT a.id FROM account a LEFT JOIN seller s ON s.id = a."sellerId"
        WHERE a.id = ANY(${[...accountIds]}) AND (a.standing = 'TERMINATED' OR s.standing = 'TERMINATED')`;
      return new Set(rows.map(({ id }) => id));
    },
    async reviewsOfOrder(orderId) {
      const rows = await database.review.findMany({
        where: { orderId },
        orderBy: { id: 'asc' },
        select: { payload: true },
      });
      return rows.map(({ payload }) => payload as unknown as Review);
    },
    async ordersOfReviews(reviewIds) {
      const reviews = await database.review.findMany({
        where: { id: { in: [...reviewIds] }, orderId: { not: null } },
        select: { id: true, orderId: true },
      });
      const rows = await database.order.findMany({
        where: { id: { in: reviews.flatMap(({ orderId }) => orderId ?? []) } },
        select: ORDER_WITH_EVENTS,
      });
      const orders = new Map(rows.map((row) => [toOrder(row).id, toOrder(row)]));
      return new Map(
        reviews.flatMap(({ id, orderId }) => {
          const found = orders.get(orderId ?? '');
          return found === undefined ? [] : [[id, found] as const];
        }),
      );
    },
    async ordersWithOffers(accountIds, limit) {
      const hasOffer = ['couponId', 'campaignId'].map((path) => ({
        payload: { path: [path], string_starts_with: '' },
      }));
      const rows = await database.order.findMany({
        where: { accountId: { in: [...accountIds] }, OR: hasOffer },
        orderBy: [{ placedAt: 'desc' }, { id: 'asc' }],
        take: limit,
        select: ORDER_WITH_EVENTS,
      });
      return rows.map(toOrder);
    },
    async ordersOfSeller(sellerId, sinceMs, limit) {
      const rows = await database.order.findMany({
        where: { sellerId, placedAt: { gte: new Date(sinceMs) } },
        orderBy: [{ placedAt: 'desc' }, { id: 'asc' }],
        take: limit,
        select: ORDER_WITH_EVENTS,
      });
      return rows.map(toOrder);
    },
    async accountsOfSeller(sellerId) {
      const rows = await database.account.findMany({
        where: { sellerId },
        orderBy: { id: 'asc' },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
  };
}

/** An order's columns with all its events by time. */
const ORDER_WITH_EVENTS = {
  payload: true as const,
  events: { orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }], select: { payload: true as const } },
};

const toOrder = (row: { payload: unknown; events: readonly { payload: unknown }[] }): Order => ({
  ...(row.payload as Order),
  events: row.events.map(({ payload }) => payload as OrderEvent),
});

const toStoredRing = (row: {
  id: string;
  direction: string;
  memberAccountIds: string[];
  firstAt: Date;
}): StoredRing => ({
  ringId: row.id,
  direction: row.direction === 'ATTACK' ? 'ATTACK' : 'PRAISE',
  memberAccountIds: row.memberAccountIds,
  firstAtMs: row.firstAt.getTime(),
});

/** A seller of whom nothing was told yet. */
const unknownSeller = (id: string): Seller => ({
  id,
  legalId: id,
  storeName: id,
  registeredAt: new Date(0).toISOString(),
  kyb: 'MISSING',
  ownBrands: [],
});

async function readPriceFigures(
  database: Database,
  { brand, category, currency, exceptListingId }: ComparableGoods,
): Promise<PriceFigures | undefined> {
  const rows = await database.$queryRaw<{ count: bigint; median: number | null; mad: number | null }[]>`
    WITH prices AS (
      SELECT "priceMinor"::float8 AS price FROM listing
      WHERE category = ${category} AND currency = ${currency} AND id <> ${exceptListingId}
        AND lower(payload->>'brand') = lower(${brand})
    ), middle AS (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS median FROM prices)
    SELECT count(*) AS count, max(median) AS median,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(price - median)) AS mad
    FROM prices, middle`;
  const [row] = rows;
  if (row === undefined || row.median === null || row.mad === null) return undefined;
  return { count: Number(row.count), medianMinor: row.median, madMinor: row.mad };
}
