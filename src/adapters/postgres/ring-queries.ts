import { ringGraph } from '../../detectors/ring/ring-graph.ts';
import type { Authenticity } from '../../domain/credit.ts';
import type { Evidence, RingEvidence } from '../../domain/evidence.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Review } from '../../domain/review.ts';
import type { Seller } from '../../domain/seller.ts';
import type { RingView } from '../../domain/views/ring-view.ts';
import type { Queries } from '../../pipeline/queries.ts';
import type { Database } from './database.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** Reads rings with all that a person judges them by. */
export function ringQueries(database: Database): Pick<Queries, 'ring' | 'ringEvidence'> {
  return {
    ring: (id) => readRing(database, id),
    async ringEvidence(id) {
      const row = await database.ring.findUnique({ where: { id }, select: { evidence: true } });
      return row === null ? undefined : ringOf(asStored<readonly Evidence[] | null>(row.evidence) ?? []);
    },
  };
}

const ringOf = (evidence: readonly Evidence[]): RingEvidence | undefined =>
  evidence.find((piece) => piece.kind === 'RING');

async function readRing(database: Database, id: string): Promise<RingView | undefined> {
  const row = await database.ring.findUnique({ where: { id } });
  if (row === null) return undefined;
  const evidence = asStored<readonly Evidence[] | null>(row.evidence) ?? [];
  const ring = ringOf(evidence);
  const cells = ring?.reviews ?? [];
  const reviews = await database.review.findMany({
    where: { id: { in: cells.map(({ reviewId }) => reviewId) } },
    select: { id: true, authenticity: true, quarantinedUntil: true, payload: true },
  });
  const accounts = await database.account.findMany({
    where: { id: { in: row.memberAccountIds } },
    select: { id: true, registeredAt: true, clusterId: true },
  });
  const cases = await database.case.findMany({
    where: { subjectKind: 'RING', subjectId: id },
    orderBy: { openedAt: 'desc' },
    select: { id: true, openKey: true },
  });
  const caseId = (cases.find(({ openKey }) => openKey !== null) ?? cases[0])?.id;
  const reviewRows = new Map(reviews.map((review) => [review.id, review]));
  const accountRows = new Map(accounts.map((account) => [account.id, account]));
  const kept = new Set(row.keptAccountIds);
  const sellerOfListing = new Map(
    reviews.map(({ payload }) => [asStored<Review>(payload).listingId, asStored<Review>(payload).sellerId]),
  );
  const listings = ring?.listingIds ?? [];
  return {
    id: row.id,
    direction: row.direction === 'ATTACK' ? 'ATTACK' : 'PRAISE',
    ...unlessNull('violationType', row.violationType as RingView['violationType'] | null),
    ...unlessNull('probability', row.probability),
    ...unlessNull('summary', row.summary),
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...unlessNull('mergedIntoId', row.mergedIntoId),
    ...(caseId === undefined ? {} : { caseId }),
    members: row.memberAccountIds.map((accountId) => {
      const times = cells.filter((cell) => cell.accountId === accountId).map(({ atMs }) => atMs);
      const account = accountRows.get(accountId);
      return {
        accountId,
        ...(account === undefined ? {} : { registeredAt: account.registeredAt.toISOString() }),
        ...unlessNull('clusterId', account?.clusterId ?? null),
        reviews: times.length,
        ...(times.length === 0
          ? {}
          : {
              firstAt: new Date(Math.min(...times)).toISOString(),
              lastAt: new Date(Math.max(...times)).toISOString(),
            }),
        isKept: kept.has(accountId),
      };
    }),
    listings: await readListings(database, listings, sellerOfListing),
    sellers: await readSellers(database, ring),
    instigator: ring?.instigator,
    ...(ring?.furtherInstigators === undefined ? {} : { furtherInstigators: ring.furtherInstigators }),
    terms: ring?.terms ?? [],
    ...(ring === undefined ? {} : { clearedBy: ring.clearedBy }),
    reviews: cells.map(({ reviewId, accountId, listingId, stars, atMs }) => {
      const stored = reviewRows.get(reviewId);
      const payload = stored === undefined ? undefined : asStored<Review>(stored.payload);
      return {
        reviewId,
        accountId,
        listingId,
        ...(payload === undefined ? {} : { sellerId: payload.sellerId }),
        stars,
        at: new Date(atMs).toISOString(),
        text: payload?.text ?? '',
        ...(stored === undefined ? {} : { authenticity: stored.authenticity as Authenticity }),
        ...(stored?.authenticity === 'QUARANTINED' && stored.quarantinedUntil !== null
          ? { quarantinedUntil: stored.quarantinedUntil.toISOString() }
          : {}),
      };
    }),
    pairs: evidence.filter((piece) => piece.kind === 'REVIEW_PAIR'),
    textPairs: evidence.filter((piece) => piece.kind === 'TEXT_PAIR'),
    links: evidence.filter((piece) => piece.kind === 'ACCOUNT_LINK'),
    graph: asGraph(evidence),
    ...(row.splitDecisionId === null || row.splitAt === null
      ? {}
      : {
          split: {
            decisionId: row.splitDecisionId,
            at: row.splitAt.toISOString(),
            keptAccountIds: row.keptAccountIds,
          },
        }),
  };
}

const asGraph = (evidence: readonly Evidence[]): RingView['graph'] => {
  const { nodes, edges } = ringGraph(evidence);
  return { nodes: nodes.map((node) => ({ ...node })), edges: edges.map((edge) => ({ ...edge })) };
};

async function readListings(
  database: Database,
  listingIds: readonly string[],
  sellerOfListing: ReadonlyMap<string, string>,
): Promise<RingView['listings']> {
  const rows = await database.listing.findMany({
    where: { id: { in: [...listingIds] } },
    select: { id: true, sellerId: true, payload: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return listingIds.map((listingId) => {
    const row = byId.get(listingId);
    const sellerId = row?.sellerId ?? sellerOfListing.get(listingId);
    return {
      listingId,
      ...(row === undefined ? {} : { title: asStored<Listing>(row.payload).title }),
      ...(sellerId === undefined ? {} : { sellerId }),
    };
  });
}

async function readSellers(database: Database, ring: RingEvidence | undefined): Promise<RingView['sellers']> {
  if (ring === undefined) return [];
  const instigatorIds = [ring.instigator ?? [], ring.furtherInstigators ?? []].flat().map(({ sellerId }) => sellerId);
  const named = [...ring.sellerIds, ring.beneficiarySellerId ?? [], ...instigatorIds].flat();
  const sellerIds = [...new Set(named)].filter((id) => id !== '');
  const rows = await database.seller.findMany({
    where: { id: { in: sellerIds }, isPlaceholder: false },
    select: { id: true, payload: true },
  });
  const names = new Map(rows.map((row) => [row.id, asStored<Seller>(row.payload).storeName]));
  return sellerIds.map((sellerId) => {
    const storeName = names.get(sellerId);
    const reviewed = ring.direction === 'PRAISE' ? ('PRAISED' as const) : ('ATTACKED' as const);
    return {
      sellerId,
      ...(storeName === undefined ? {} : { storeName }),
      roles: [
        ...(ring.sellerIds.includes(sellerId) ? [reviewed] : []),
        ...(ring.beneficiarySellerId === sellerId ? (['GAINS'] as const) : []),
        ...(instigatorIds.includes(sellerId) ? (['INSTIGATOR'] as const) : []),
      ],
    };
  });
}
