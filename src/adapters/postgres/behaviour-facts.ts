import type { SharedGoods } from '../../detectors/account/goods-edges.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { FactStore } from '../../pipeline/check-store.ts';
import type { Clock } from '../../pipeline/ports.ts';
import { ACCOUNT_WITH_CLEARED, accountWithoutCleared } from './cleared-identifiers.ts';
import type { Database } from './database.ts';
import { asStored } from './stored-json.ts';

const DAY_MS = 86_400_000;
/** Counting all offers reads every order of the window: as good some minutes old. */
const OFFER_SHARES_LIFE_MS = 10 * 60_000;

export interface BehaviourOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly maxSellers: number;
  readonly minTextChars: number;
  /** Days of orders in which the users of an offer are counted. */
  readonly offerDays: number;
}

type BehaviourFacts = Pick<
  FactStore,
  'ringReviews' | 'accounts' | 'sharedGoods' | 'terminatedOwnersOf' | 'offerShares'
>;

const NOTHING_SHARED = { pictures: 0, texts: 0, nearPictures: 0, nearTexts: 0 };
const COUNTED_AS = {
  PICTURE: 'pictures',
  TEXT: 'texts',
  NEAR_PICTURE: 'nearPictures',
  NEAR_TEXT: 'nearTexts',
} as const satisfies Record<string, keyof typeof NOTHING_SHARED>;

/** What accounts did alike, from the database. */
export function behaviourFacts(database: Database, options: BehaviourOptions): BehaviourFacts {
  const { clock, maxSellers, minTextChars, offerDays } = options;
  let shares: { readonly atMs: number; readonly value: Promise<ReadonlyMap<string, number>> } | undefined;
  return {
    async ringReviews(accountIds) {
      const rows = await database.ring.findMany({
        where: { memberAccountIds: { hasSome: [...accountIds] }, mergedIntoId: null },
        orderBy: { id: 'asc' },
        select: { id: true, direction: true, evidence: true, keptAccountIds: true },
      });
      return rows.map(({ id, direction, evidence, keptAccountIds }) => {
        const ring = (asStored<readonly Evidence[] | null>(evidence) ?? []).find((piece) => piece.kind === 'RING');
        const isKept = new Set(keptAccountIds);
        return {
          ringId: id,
          direction: direction === 'ATTACK' ? ('ATTACK' as const) : ('PRAISE' as const),
          reviews: (ring?.reviews ?? []).filter(({ accountId }) => !isKept.has(accountId)),
        };
      });
    },
    async accounts(ids) {
      const rows = await database.account.findMany({
        where: { id: { in: [...ids] } },
        orderBy: { id: 'asc' },
        select: ACCOUNT_WITH_CLEARED,
      });
      return rows.map(accountWithoutCleared);
    },
    async sharedGoods(sellerIds) {
      const ids = [...sellerIds];
      // Each picture and description with all sellers who show it; those of these sellers and of few others are kept.
      const rows = await database.$queryRaw<{ what: keyof typeof COUNTED_AS; sellers: string[] }[]>`
        WITH own AS (
          SELECT DISTINCT p."contentSha256" AS value FROM listing l
          JOIN listing_picture p ON p."listingId" = l.id AND p."listingVersion" = l.version
          WHERE l."sellerId" = ANY(${ids}) AND p."contentSha256" IS NOT NULL
        )
        SELECT 'PICTURE' AS what, array_agg(DISTINCT l."sellerId") AS sellers
        FROM own JOIN listing_picture p ON p."contentSha256" = own.value JOIN listing l ON l.id = p."listingId"
        GROUP BY own.value HAVING count(DISTINCT l."sellerId") BETWEEN 2 AND ${maxSellers}
        UNION ALL
        SELECT 'TEXT', array_agg(DISTINCT l."sellerId") FROM listing l LEFT JOIN seller s ON s.id = l."sellerId"
        WHERE (l."sellerId" = ANY(${ids}) OR s.standing = 'TERMINATED')
          AND length(l.payload->>'description') >= ${minTextChars}
        GROUP BY md5(l.payload->>'description') HAVING count(DISTINCT l."sellerId") BETWEEN 2 AND ${maxSellers}
        UNION ALL
        SELECT 'NEAR_' || near.kind, ARRAY[l."sellerId", o."sellerId"] FROM (
          SELECT DISTINCT n.kind, least(n."listingId", n."otherListingId") AS one,
            greatest(n."listingId", n."otherListingId") AS other
          FROM (
            SELECT x.* FROM listing m JOIN listing_likeness x ON x."listingId" = m.id WHERE m."sellerId" = ANY(${ids})
            UNION
            SELECT x.* FROM listing m JOIN listing_likeness x ON x."otherListingId" = m.id WHERE m."sellerId" = ANY(${ids})
          ) n) near
        JOIN listing l ON l.id = near.one JOIN listing o ON o.id = near.other
        WHERE l."sellerId" <> o."sellerId"`;
      const terminated = await database.seller.findMany({
        where: { id: { in: rows.flatMap(({ sellers }) => sellers) }, standing: 'TERMINATED' },
        select: { id: true },
      });
      const wanted = new Set([...ids, ...terminated.map(({ id }) => id)]);
      const pairs = new Map<string, { -readonly [Field in keyof SharedGoods]: SharedGoods[Field] }>();
      for (const { what, sellers } of rows) {
        for (const sellerId of sellers.filter((id) => ids.includes(id))) {
          for (const otherSellerId of sellers.filter((id) => wanted.has(id) && id !== sellerId)) {
            // Of two of these sellers the pair is told once.
            if (ids.includes(otherSellerId) && otherSellerId < sellerId) continue;
            const key = `${sellerId}\u0000${otherSellerId}`;
            const pair = pairs.get(key) ?? { sellerId, otherSellerId, ...NOTHING_SHARED };
            pair[COUNTED_AS[what]] += 1;
            pairs.set(key, pair);
          }
        }
      }
      return [...pairs.values()];
    },
    async terminatedOwnersOf(listingId, likeListingIds) {
      const rows = await database.$queryRaw<{ id: string }[]>`
        SELECT DISTINCT s.id FROM listing mine
        JOIN listing_picture p ON p."listingId" = mine.id AND p."listingVersion" = mine.version
        JOIN listing_picture q ON q."contentSha256" = p."contentSha256"
        JOIN listing theirs ON theirs.id = q."listingId"
        JOIN seller s ON s.id = theirs."sellerId" AND s.standing = 'TERMINATED' AND s.id <> mine."sellerId"
        WHERE mine.id = ${listingId}
        UNION
        SELECT DISTINCT s.id FROM seller s JOIN listing theirs ON theirs."sellerId" = s.id, listing mine
        WHERE s.standing = 'TERMINATED' AND mine.id = ${listingId} AND s.id <> mine."sellerId"
          AND length(mine.payload->>'description') >= ${minTextChars}
          AND theirs.payload->>'description' = mine.payload->>'description'
        UNION
        SELECT s.id FROM listing theirs JOIN seller s ON s.id = theirs."sellerId" AND s.standing = 'TERMINATED'
        WHERE theirs.id = ANY(${[...likeListingIds]})
        ORDER BY 1`;
      return rows.map(({ id }) => id);
    },
    offerShares() {
      const nowMs = clock.nowMs();
      if (shares === undefined || nowMs - shares.atMs > OFFER_SHARES_LIFE_MS) {
        const value = countOfferShares(database, nowMs - offerDays * DAY_MS);
        shares = { atMs: nowMs, value };
        // A fault is not kept: the next check asks again.
        value.catch(() => (shares = undefined));
      }
      return shares.value;
    },
  };
}

async function countOfferShares(database: Database, sinceMs: number): Promise<ReadonlyMap<string, number>> {
  const rows = await database.$queryRaw<{ offer: string | null; buyers: bigint }[]>`
    SELECT offer, count(DISTINCT o."accountId") AS buyers FROM "order" o
    CROSS JOIN LATERAL (VALUES (NULL), (o.payload->>'couponId'), (o.payload->>'campaignId')) AS offers (offer)
    WHERE o."placedAt" >= ${new Date(sinceMs)} GROUP BY offer`;
  // Every order stands for no offer once: that row counts all buyers.
  const all = Number(rows.find(({ offer }) => offer === null)?.buyers ?? 0);
  return new Map(
    rows.flatMap(({ offer, buyers }) => (offer === null || all === 0 ? [] : [[offer, Number(buyers) / all] as const])),
  );
}
