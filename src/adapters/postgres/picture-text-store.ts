import type { Prisma } from './generated/client.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import {
  PICTURE_TEXT_TRIGGER,
  type PictureTextStore,
  type PreviewedPicture,
} from '../../pipeline/read-picture-text.ts';
import { inTransaction, type Database } from './database.ts';
import { insertRechecks } from './recheck.ts';

/** Words in pictures, kept with the picture they were read in. */
export function postgresPictureTextStore(database: Database, ids: IdSource): PictureTextStore {
  return {
    unknownPictures: (what, { id, version }, limit) =>
      database.$queryRaw<PreviewedPicture[]>`
        SELECT p."contentSha256", p.preview FROM (
          SELECT "contentSha256", min(position) AS position FROM listing_picture
          WHERE "listingId" = ${id} AND "listingVersion" = ${version} AND "contentSha256" IS NOT NULL
          GROUP BY "contentSha256" ORDER BY min(position) LIMIT ${limit}) shown
        JOIN picture p ON p."contentSha256" = shown."contentSha256"
        WHERE CASE WHEN ${what} = 'text' THEN p.text IS NULL ELSE p.shapes IS NULL END ORDER BY shown.position`,
    async saveText(contentSha256, lines) {
      await database.picture.update({ where: { contentSha256 }, data: { text: lines as Prisma.InputJsonArray } });
    },
    async saveShapes(contentSha256, shapes) {
      await database.picture.update({ where: { contentSha256 }, data: { shapes: Uint8Array.from(shapes) } });
    },
    recheckWithText: ({ id, version }, nowMs) =>
      inTransaction(database, async (tx) => {
        const withWords = await tx.$queryRaw<{ count: bigint }[]>`
          SELECT count(*) FROM listing_picture l JOIN picture p ON p."contentSha256" = l."contentSha256"
          JOIN listing s ON s.id = l."listingId" AND s.version = l."listingVersion"
          WHERE l."listingId" = ${id} AND l."listingVersion" = ${version} 
            AND (jsonb_array_length(p.text) > 0 OR octet_length(p.shapes) > 1)`;
        if (withWords[0]?.count === 0n) return;
        const recheck = { subjectKind: 'LISTING' as const, subjectId: id, trigger: PICTURE_TEXT_TRIGGER };
        await insertRechecks(tx, ids, [recheck], new Date(nowMs));
      }),
  };
}
