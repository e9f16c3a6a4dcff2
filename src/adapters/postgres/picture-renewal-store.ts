import type { PictureRenewalStore } from '../../pipeline/renew-pictures.ts';
import { inTransaction, type Database } from './database.ts';
import { keyColumns } from './picture-row.ts';

/** Pictures whose keys are to be made anew. */
export function postgresPictureRenewalStore(database: Database): PictureRenewalStore {
  return {
    async staleAfter(contentSha256, limit, { keysVersion, modelDigest = null }) {
      const rows = await database.$queryRaw<{ contentSha256: string }[]>`
        SELECT p."contentSha256" FROM picture p
        WHERE p."contentSha256" > ${contentSha256} AND (
          p."keysVersion" <> ${keysVersion} OR p.pdq IS NULL
          OR (${modelDigest}::text IS NOT NULL AND p."modelDigest" IS DISTINCT FROM ${modelDigest})
          OR (p.md5 IS NULL AND EXISTS (SELECT 1 FROM picture_upload u WHERE u.id = p."contentSha256")))
        ORDER BY p."contentSha256" LIMIT ${limit}`;
      return rows.map((row) => row.contentSha256);
    },
    async renewable(contentSha256) {
      const row = await database.picture.findUnique({
        where: { contentSha256 },
        select: { widthPx: true, heightPx: true, keys: true, md5: true, preview: true },
      });
      if (row === null) return undefined;
      const { md5, ...picture } = row;
      // An upload is named by the digest of its bytes, as a picture is.
      const upload = await database.pictureUpload.findUnique({ where: { id: contentSha256 } });
      return {
        ...picture,
        contentSha256,
        hasMd5: md5 !== null,
        ...(upload === null ? {} : { original: upload.bytes }),
      };
    },
    renew: (contentSha256, { keys, md5 }) =>
      inTransaction(database, async (tx) => {
        const data = { ...keyColumns(keys), ...(md5 === undefined ? {} : { md5 }) };
        await tx.picture.update({ where: { contentSha256 }, data });
        // Indexes follow the entries of banks, which are what is written into the feed of changes.
        await tx.$executeRaw`
          UPDATE bank_picture SET "contentSha256" = "contentSha256" WHERE "contentSha256" = ${contentSha256}`;
      }),
  };
}
