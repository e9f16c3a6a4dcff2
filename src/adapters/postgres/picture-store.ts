import type { PictureStore, StoredPicture } from '../../pipeline/check-store.ts';
import { inTransaction, type Database } from './database.ts';

interface PictureRow {
  readonly contentSha256: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly flags: readonly string[];
  readonly keys: Uint8Array;
}

const PICTURE_FIELDS = { contentSha256: true, widthPx: true, heightPx: true, flags: true, keys: true } as const;

const toStored = (position: number, { contentSha256, widthPx, heightPx, flags, keys }: PictureRow): StoredPicture => ({
  position,
  contentSha256,
  widthPx,
  heightPx,
  flags,
  keys,
});

/** Pictures of listings: where they come from, what was computed from them, and which of them are in the sellers' bank. */
export function postgresPictureStore(database: Database): PictureStore {
  return {
    async sources(listingId, version) {
      const rows = await database.listingPicture.findMany({
        where: { listingId, listingVersion: version },
        orderBy: { position: 'asc' },
        include: { picture: { select: PICTURE_FIELDS } },
      });
      return rows.map(({ position, sourceUrl, uploadId, picture }) => ({
        position,
        ...(picture === null ? {} : { stored: toStored(position, picture) }),
        ...(sourceUrl === null ? {} : { url: sourceUrl }),
        ...(uploadId === null ? {} : { uploadId }),
      }));
    },
    async upload(id) {
      return (await database.pictureUpload.findUnique({ where: { id } }))?.bytes;
    },
    purgeUploads: (beforeMs) =>
      database.$executeRaw`
        DELETE FROM picture_upload u WHERE u."createdAt" < ${new Date(beforeMs)} AND NOT EXISTS (
          SELECT 1 FROM listing_picture p
          WHERE p."uploadId" = u.id AND p."contentSha256" IS NULL AND p."failureCode" IS NULL)`,
    async known(contentSha256) {
      const row = await database.picture.findUnique({ where: { contentSha256 }, select: PICTURE_FIELDS });
      return row === null ? undefined : toStored(0, row);
    },
    async previousPictures(listingId, version) {
      const rows = await database.listingPicture.findMany({
        where: { listingId, listingVersion: version - 1, contentSha256: { not: null } },
        orderBy: { position: 'asc' },
        include: { picture: { select: PICTURE_FIELDS } },
      });
      return rows.flatMap(({ position, picture }) => (picture === null ? [] : [toStored(position, picture)]));
    },
    async record({ listingId, version, position }, reading, nowMs) {
      const where = { listingId_listingVersion_position: { listingId, listingVersion: version, position } };
      if (reading.kind === 'unreadable') {
        await database.listingPicture.update({
          where,
          data: { failureCode: reading.code, failureDetail: reading.detail.slice(0, 1_000) },
        });
        return;
      }
      const { kind: _kind, keys, preview, flags, ...rest } = reading;
      await database.picture.createMany({
        data: [
          {
            ...rest,
            flags: [...flags],
            keys: Uint8Array.from(keys),
            preview: Uint8Array.from(preview),
            createdAt: new Date(nowMs),
          },
        ],
        skipDuplicates: true,
      });
      await this.recordKnown({ listingId, version, position }, reading.contentSha256);
    },
    async recordKnown({ listingId, version, position }, contentSha256) {
      await database.listingPicture.update({
        where: { listingId_listingVersion_position: { listingId, listingVersion: version, position } },
        data: { contentSha256, failureCode: null, failureDetail: null },
      });
    },
    bankListingPictures: ({ id, version }) => inTransaction(database, (tx) => bankPictures(tx, id, version)),
  };
}

async function bankPictures(
  tx: Parameters<Parameters<typeof inTransaction>[1]>[0],
  listingId: string,
  version: number,
): Promise<void> {
  const listing = await tx.listing.findUniqueOrThrow({
    where: { id: listingId },
    select: { title: true, createdAt: true, sellerId: true, seller: { select: { legalId: true } } },
  });
  const [mark] = await tx.$queryRaw<{ id: string; rightsHolderId: string }[]>`
    SELECT id, "rightsHolderId" FROM mark
    WHERE NOT "isWithdrawn" AND payload->'ownSellerIds' ? ${listing.sellerId} ORDER BY id LIMIT 1`;
  const pictures = await tx.listingPicture.findMany({
    where: { listingId, listingVersion: version, contentSha256: { not: null } },
    select: { contentSha256: true },
  });
  const wanted = [...new Set(pictures.flatMap(({ contentSha256 }) => (contentSha256 === null ? [] : [contentSha256])))];
  await tx.bankPicture.deleteMany({
    where: { bank: 'SELLERS', ownerListingId: listingId, contentSha256: { notIn: wanted } },
  });
  await tx.bankPicture.createMany({
    data: wanted.map((contentSha256) => ({
      id: `${listingId}:${contentSha256.slice(0, 24)}`,
      bank: 'SELLERS',
      contentSha256,
      ownerLabel: listing.title.slice(0, 200),
      ownerListingId: listingId,
      ownerSellerId: listing.sellerId,
      ownerLegalId: listing.seller.legalId,
      // A brand owner's own listing: whoever is authorised for the mark may show its pictures.
      ...(mark === undefined ? {} : { markId: mark.id, rightsHolderId: mark.rightsHolderId }),
      uploadedAt: listing.createdAt,
    })),
    skipDuplicates: true,
  });
}
