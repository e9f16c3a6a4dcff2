import type { Prisma } from './generated/client.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { PICTURE_TEXT_TRIGGER, type PictureTextStore } from '../../pipeline/read-picture-text.ts';
import { inTransaction, type Database } from './database.ts';
import { insertRechecks } from './recheck.ts';

/** Words in pictures, kept with the picture they were read in. */
export function postgresPictureTextStore(database: Database, ids: IdSource): PictureTextStore {
  return {
    unreadPictures: ({ id, version }, limit) =>
      database.$queryRaw<{ contentSha256: string; preview: Uint8Array }[]>`
        SELECT p."contentSha256", p.preview FROM (
          SELECT "contentSha256", min(position) AS position FROM listing_picture
          WHERE "listingId" = ${id} AND "listingVersion" = ${version} AND "contentSha256" IS NOT NULL
          GROUP BY "contentSha256" ORDER BY min(position) LIMIT ${limit}) shown
        JOIN picture p ON p."contentSha256" = shown."contentSha256"
        WHERE p.text IS NULL ORDER BY shown.position`,
    async saveText(contentSha256, lines) {
      await database.picture.update({ where: { contentSha256 }, data: { text: lines as Prisma.InputJsonArray } });
    },
    recheckWithText: ({ id, version }, nowMs) =>
      inTransaction(database, async (tx) => {
        const withWords = await tx.$queryRaw<{ count: bigint }[]>`
          SELECT count(*) FROM listing_picture l JOIN picture p ON p."contentSha256" = l."contentSha256"
          JOIN listing s ON s.id = l."listingId" AND s.version = l."listingVersion"
          WHERE l."listingId" = ${id} AND l."listingVersion" = ${version} AND jsonb_array_length(p.text) > 0`;
        if (withWords[0]?.count === 0n) return;
        const recheck = { subjectKind: 'LISTING' as const, subjectId: id, trigger: PICTURE_TEXT_TRIGGER };
        await insertRechecks(tx, ids, [recheck], new Date(nowMs));
      }),
  };
}
