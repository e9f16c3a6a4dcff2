import type { Authenticity, CreditReport, CreditTier } from '../../domain/credit.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Review } from '../../domain/review.ts';
import type { Seller } from '../../domain/seller.ts';
import type { PictureView, Publication, SellerView } from '../../domain/views/subject-view.ts';
import { WAITING_STATES, type Queries } from '../../pipeline/queries.ts';
import { latestCheck } from './check-queries.ts';
import type { Database } from './database.ts';
import type { ListingPicture } from './generated/client.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** Reads what is stored of listings, reviews and sellers. */
export function subjectQueries(
  database: Database,
): Pick<Queries, 'listing' | 'review' | 'seller' | 'eligibility' | 'picturePreview'> {
  return {
    async listing(id) {
      const row = await database.listing.findUnique({ where: { id } });
      if (row === null) return undefined;
      const pictures = await database.listingPicture.findMany({
        where: { listingId: id, listingVersion: row.version },
        orderBy: { position: 'asc' },
      });
      const check = await latestCheck(database, 'LISTING', id);
      return {
        listing: asStored<Listing>(row.payload),
        version: row.version,
        publication: row.publication as Publication,
        receivedAt: row.receivedAt.toISOString(),
        pictures: pictures.map(toPictureView),
        ...(check === undefined ? {} : { latestCheck: check }),
      };
    },
    async review(id) {
      const row = await database.review.findUnique({ where: { id } });
      if (row === null) return undefined;
      const check = await latestCheck(database, 'REVIEW', id);
      return {
        review: asStored<Review>(row.payload),
        version: row.version,
        authenticity: row.authenticity as Authenticity,
        ...(row.authenticity === 'QUARANTINED'
          ? unlessNull('quarantinedUntil', row.quarantinedUntil?.toISOString() ?? null)
          : {}),
        isRatingStruck: row.isRatingStruck,
        receivedAt: row.receivedAt.toISOString(),
        ...(check === undefined ? {} : { latestCheck: check }),
      };
    },
    seller: (id) => readSeller(database, id),
    async eligibility(sellerIds) {
      const rows = await database.creditSnapshot.findMany({ where: { sellerId: { in: [...sellerIds] } } });
      return rows.map(({ sellerId, score, tier, report }) => ({
        sellerId,
        score,
        tier: tier as CreditTier,
        eligibility: asStored<CreditReport>(report).eligibility,
      }));
    },
    async picturePreview(contentSha256) {
      const row = await database.picture.findUnique({ where: { contentSha256 }, select: { preview: true } });
      return row === null ? undefined : { bytes: row.preview };
    },
  };
}

function toPictureView(row: ListingPicture): PictureView {
  return {
    position: row.position,
    ...unlessNull('sourceUrl', row.sourceUrl),
    ...unlessNull('contentSha256', row.contentSha256),
    ...(row.failureCode === null ? {} : { failure: { code: row.failureCode, detail: row.failureDetail ?? '' } }),
  };
}

/** A seller with the figures that its card shows. */
export async function readSeller(database: Database, id: string): Promise<SellerView | undefined> {
  const row = await database.seller.findUnique({ where: { id } });
  if (row === null) return undefined;
  const snapshot = await database.creditSnapshot.findUnique({ where: { sellerId: id }, omit: { report: true } });
  const publications = await database.listing.groupBy({
    by: ['publication'],
    where: { sellerId: id },
    _count: { _all: true },
  });
  const openCases = await database.case.count({ where: { sellerId: id, state: { in: [...WAITING_STATES] } } });
  const count = (publication: Publication): number =>
    publications.find((group) => group.publication === publication)?._count._all ?? 0;
  return {
    seller: asStored<Seller>(row.payload),
    version: row.version,
    isPlaceholder: row.isPlaceholder,
    standing: row.standing as SellerView['standing'],
    ...(snapshot === null
      ? {}
      : {
          credit: {
            score: snapshot.score,
            tier: snapshot.tier as CreditTier,
            asOf: snapshot.asOf.toISOString(),
          },
        }),
    listings: {
      PENDING: count('PENDING'),
      LIVE: count('LIVE'),
      HELD: count('HELD'),
      DISABLED: count('DISABLED'),
      REMOVED: count('REMOVED'),
    },
    openCases,
  };
}
