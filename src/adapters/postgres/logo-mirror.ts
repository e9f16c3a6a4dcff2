import type { LogoIndex } from '../../detectors/image/logo-index.ts';
import { decodeShapes } from '../../detectors/image/logo-shapes-codec.ts';
import type { ShapeReader } from '../../pipeline/read-picture-text.ts';
import type { Database } from './database.ts';
import type { IndexMirror } from './live-indexes.ts';
import { forEachPage, pageAfter } from './table-pages.ts';

/** Submitted logos by the shapes of their ink, which are kept with the picture once they were found. */
export function logoMirror(
  database: Database,
  index: LogoIndex,
  { shapes, onError }: { readonly shapes: ShapeReader; readonly onError: (fault: unknown) => void },
): IndexMirror {
  const select = {
    id: true,
    bank: true,
    isEnabled: true,
    ownerLabel: true,
    rightsHolderId: true,
    markId: true,
    uploadedAt: true,
    contentSha256: true,
    picture: { select: { logoShape: true } },
  } as const;
  const find = (where: object, rest: object = {}) => database.bankPicture.findMany({ where, select, ...rest });
  type Row = Awaited<ReturnType<typeof find>>[number];
  const shapesOf = async ({ contentSha256, picture }: Row): Promise<Uint8Array> => {
    if (picture.logoShape !== null) return picture.logoShape;
    const { preview } = await database.picture.findUniqueOrThrow({
      where: { contentSha256 },
      select: { preview: true },
    });
    const logoShape = Uint8Array.from(await shapes.read(preview, 'logo'));
    await database.picture.update({ where: { contentSha256 }, data: { logoShape } });
    return logoShape;
  };
  const put = async (row: Row): Promise<void> => {
    index.remove(row.id);
    if (row.bank !== 'LOGO' || !row.isEnabled) return;
    const logoShapes = decodeShapes(await shapesOf(row)) ?? [];
    if (logoShapes.length === 0) return;
    const { id, ownerLabel, rightsHolderId, markId, uploadedAt, contentSha256 } = row;
    index.add({
      id,
      bank: 'LOGO',
      shapes: logoShapes,
      ownerLabel,
      contentSha256,
      uploadedAtMs: uploadedAt.getTime(),
      ...(rightsHolderId === null ? {} : { rightsHolderId }),
      ...(markId === null ? {} : { markId }),
    });
  };
  const putAll = async (rows: readonly Row[]): Promise<void> => {
    for (const row of rows) await put(row).catch(onError);
  };
  return {
    topic: 'bank_picture',
    async loadAll() {
      const rows: Row[] = [];
      await forEachPage(
        (afterId) => {
          const { where, ...rest } = pageAfter(afterId);
          return find({ ...where, bank: 'LOGO', isEnabled: true }, rest);
        },
        (row) => void rows.push(row),
      );
      await putAll(rows);
    },
    async refresh(ids) {
      // Sellers' pictures come by the thousand and are no logos: only what is or was one is asked for.
      const rows = await find({ id: { in: [...ids] }, bank: 'LOGO' });
      await putAll(rows);
      const present = new Set(rows.map(({ id }) => id));
      for (const id of ids) if (!present.has(id)) index.remove(id);
    },
  };
}
