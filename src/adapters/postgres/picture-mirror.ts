import type { PictureBank } from '../../detectors/image/picture-index.ts';
import type { FeedPosition } from '../feed-position.ts';
import type { PictureIndexInThread, RestoredIndex } from '../images/picture-index-in-thread.ts';
import type { Database } from './database.ts';
import type { IndexMirror } from './live-indexes.ts';
import { forEachPage, pageAfter } from './table-pages.ts';

/** Time between two snapshots of an index that changes: what a start has to catch up with at most. */
const KEEP_EVERY_MS = 10 * 60_000;

/** What the mirror of pictures is told beside its database. */
export interface PictureMirrorOptions {
  readonly onRestored: (restored: RestoredIndex) => void;
  readonly monotonicMs: () => number;
  readonly keepEveryMs?: number;
}

/** Pictures of all banks that are enabled. */
export function pictureMirror(
  database: Database,
  index: PictureIndexInThread,
  { onRestored, keepEveryMs = KEEP_EVERY_MS, monotonicMs }: PictureMirrorOptions,
): IndexMirror {
  let changes = 0;
  let keptAtMs = -Infinity;
  let keeping: Promise<void> = Promise.resolve();
  const include = { picture: { select: { keys: true } } } as const;
  const find = (where: object, rest: object = {}) => database.bankPicture.findMany({ where, include, ...rest });
  type Row = Awaited<ReturnType<typeof find>>[number];
  const put = (row: Row): void => {
    changes++;
    if (!row.isEnabled) {
      index.remove(row.id);
      return;
    }
    const { ownerListingId, ownerSellerId, ownerLegalId, rightsHolderId, markId } = row;
    const entry = {
      id: row.id,
      bank: row.bank as PictureBank,
      contentSha256: row.contentSha256,
      uploadedAtMs: row.uploadedAt.getTime(),
      ownerLabel: row.ownerLabel,
      isAdjudicated: row.isAdjudicated,
      ...(ownerListingId === null ? {} : { ownerListingId }),
      ...(ownerSellerId === null ? {} : { ownerSellerId }),
      ...(ownerLegalId === null ? {} : { ownerLegalId }),
      ...(rightsHolderId === null ? {} : { rightsHolderId }),
      ...(markId === null ? {} : { markId }),
    };
    index.put(entry, row.picture.keys);
  };
  const save = async (position: () => Promise<FeedPosition | undefined>): Promise<void> => {
    const taken = changes;
    keptAtMs = monotonicMs();
    const place = await position();
    if (place === undefined) return;
    await index.save(place);
    changes -= taken;
  };
  return {
    topic: 'bank_picture',
    async restore() {
      const restored = await index.restore();
      onRestored(restored);
      if (restored.kind === 'none') return undefined;
      keptAtMs = monotonicMs();
      return restored.position;
    },
    discard: index.discard,
    keep(position, isLast) {
      // In turn: when the last one is through, nothing of those before it goes on after the index was closed.
      keeping = keeping
        .catch(() => undefined)
        .then(async () => {
          const isDue = isLast || monotonicMs() - keptAtMs >= keepEveryMs;
          if (changes > 0 && isDue) await save(position);
        });
      return keeping;
    },
    isLost: () => index.isLost,
    stop: index.close,
    async loadAll() {
      const { losses } = index;
      await forEachPage(async (afterId) => {
        // A page on its way to the index is enough: keys of a large bank would not fit into memory twice.
        await index.flush();
        const { where, ...rest } = pageAfter(afterId);
        return find(where, rest);
      }, put);
      await index.flush();
      index.recover(losses);
    },
    async refresh(ids) {
      const rows = await find({ id: { in: [...ids] } });
      for (const row of rows) put(row);
      const present = new Set(rows.map(({ id }) => id));
      for (const id of ids) if (!present.has(id)) index.remove(id);
      changes++;
    },
  };
}
