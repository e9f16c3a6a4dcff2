import type { PictureTextLine } from '../../detectors/brand/picture-names.ts';
import type { PictureStore, StoredPicture } from '../../pipeline/check-store.ts';
import { inTransaction, type Database } from './database.ts';
import { postgresPictureRenewalStore } from './picture-renewal-store.ts';
import { pictureRow } from './picture-row.ts';

interface PictureRow {
  readonly contentSha256: string;
  readonly md5: string | null;
  readonly text: unknown;
  readonly shapes: Uint8Array | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly flags: readonly string[];
  readonly keys: Uint8Array;
}

const PICTURE_FIELDS = {
  contentSha256: true,
  md5: true,
  text: true,
  shapes: true,
  widthPx: true,
  heightPx: true,
  flags: true,
  keys: true,
} as const;

const toStored = (
  position: number,
  { contentSha256, md5, text, shapes, widthPx, heightPx, flags, keys }: PictureRow,
): StoredPicture => ({
  position,
  contentSha256,
  ...(md5 === null ? {} : { md5 }),
  ...(text === null ? {} : { text: text as readonly PictureTextLine[] }),
  ...(shapes === null ? {} : { shapes }),
  widthPx,
  heightPx,
  flags,
  keys,
});

/** Pictures of listings: where they come from, what was computed from them, and which of them are in the sellers' bank. */
export function postgresPictureStore(database: Database): PictureStore {
  return {
    ...postgresPictureRenewalStore(database),
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
    async approvedPictures(listingId, version) {
      const approved = await approvedVersionBefore(database, listingId, version);
      if (approved === undefined) return [];
      const rows = await database.listingPicture.findMany({
        where: { listingId, listingVersion: approved, contentSha256: { not: null } },
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
      await database.picture.createMany({ data: [pictureRow(reading, new Date(nowMs))], skipDuplicates: true });
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

/** The last version before this one that the rules let live or that a person approved, and that no person took down. */
async function approvedVersionBefore(
  database: Database,
  listingId: string,
  version: number,
): Promise<number | undefined> {
  const [row] = await database.$queryRaw<{ version: number | null }[]>`
    SELECT max(c."subjectVersion") AS version FROM "check" c
    CROSS JOIN LATERAL (
      SELECT coalesce((
        SELECT d.outcome FROM case_item i JOIN decision d ON d."caseId" = i."caseId" AND d."decidedBy" <> 'ruleset'
        WHERE i."checkId" = c.id ORDER BY d."decidedAt" DESC LIMIT 1), c.outcome) AS outcome) latest
    WHERE c."subjectKind" = 'LISTING' AND c."subjectId" = ${listingId} AND c."subjectVersion" < ${version}
      AND c.state = 'DONE' AND latest.outcome IN ('ALLOW', 'OBSERVE', 'REVIEW')`;
  return row?.version ?? undefined;
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
  // A picture that came with a later version was shown from then on, however old the listing is: an old listing that
  // takes a stolen picture in must not look like its first owner.
  const pictures = await tx.$queryRaw<{ contentSha256: string; acceptedAt: Date | null }[]>`
    SELECT p."contentSha256", (
      SELECT c."acceptedAt" FROM "check" c
      WHERE c."subjectKind" = 'LISTING' AND c."subjectId" = ${listingId} AND c.trigger = 'SUBMISSION'
        AND c."subjectVersion" = p."firstVersion" AND p."firstVersion" > 1) AS "acceptedAt"
    FROM (
      SELECT "contentSha256", min("listingVersion") AS "firstVersion", max("listingVersion") AS "lastVersion"
      FROM listing_picture WHERE "listingId" = ${listingId} AND "contentSha256" IS NOT NULL
      GROUP BY "contentSha256") p
    WHERE p."lastVersion" >= ${version} ORDER BY 1`;
  await tx.bankPicture.createMany({
    data: pictures.map(({ contentSha256, acceptedAt }) => ({
      id: `${listingId}:${contentSha256.slice(0, 24)}`,
      bank: 'SELLERS',
      contentSha256,
      ownerLabel: listing.title.slice(0, 200),
      ownerListingId: listingId,
      ownerSellerId: listing.sellerId,
      ownerLegalId: listing.seller.legalId,
      // A brand owner's own listing: whoever is authorised for the mark may show its pictures.
      ...(mark === undefined ? {} : { markId: mark.id, rightsHolderId: mark.rightsHolderId }),
      uploadedAt: acceptedAt ?? listing.createdAt,
    })),
    skipDuplicates: true,
  });
}
