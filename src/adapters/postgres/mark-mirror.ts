import type { MarkIndex } from '../../detectors/brand/mark-index.ts';
import type { SealedIndex } from '../../detectors/brand/sealed-index.ts';
import type { OwnerIndex } from '../../detectors/image/owner-index.ts';
import type { Mark } from '../../domain/mark.ts';
import type { Database } from './database.ts';
import type { IndexMirror } from './live-indexes.ts';
import { PAGE_ROWS, pageAfter, pagesOf } from './table-pages.ts';

/** Marks that hold. */
export interface LiveMarks {
  /**
   * Marks of which the record matters beside the index, by id: somebody may sell under them, or somebody disputes them.
   * The others are in the index alone: a million records would weigh a gigabyte.
   */
  readonly remarkable: Map<string, Mark>;
  /** Takes in the same marks. */
  readonly owners: Pick<OwnerIndex, 'putMark' | 'removeMark'>;
  /** Finds the names of all marks; its large part is replaced while it is in use. */
  readonly index: MarkIndex;
}

export interface MarkMirrorOptions {
  /** Builds the large part of the index, given how many marks are stored and their pages. */
  readonly buildBase: (pages: AsyncIterable<readonly Mark[]>, count: number) => Promise<SealedIndex>;
  readonly onError: (fault: unknown) => void;
  /** Marks changed since the large part was built, from which on it is built anew. */
  readonly rebuildFrom?: (indexedMarks: number) => number;
}

/** The small part is sealed anew with each change: one in a hundred keeps that below a tenth of a second at a million. */
const rebuildFromOneInHundred = (indexedMarks: number): number => Math.max(200, indexedMarks / 100);

/** The owner's texts are searched in the database: no index holds them. */
const toMark = ({ payload }: { payload: unknown }): Mark => ({ ...(payload as Mark), officialTexts: [] });

const isRemarkable = ({ ownSellerIds, authorizations, markCurrentStatusCode }: Mark): boolean =>
  ownSellerIds.length > 0 || authorizations.length > 0 || markCurrentStatusCode === 'DISPUTED';

/**
 * Keeps the marks equal to their table; withdrawn ones are left out. A change can be found as soon as it is read. The
 * large part of the index is built elsewhere and swapped in while checks go on; what changes meanwhile stays on top.
 */
export function markMirror(
  database: Database,
  { remarkable, owners, index }: LiveMarks,
  { buildBase, onError, rebuildFrom = rebuildFromOneInHundred }: MarkMirrorOptions,
): IndexMirror {
  let isStopped = false;
  let rebuild: Promise<void> | undefined;
  /** Marks that changed since the pages of the running build began to be read. */
  const changedMeanwhile = new Set<string>();

  const forget = (id: string): void => {
    remarkable.delete(id);
    owners.removeMark(id);
  };
  const note = (mark: Mark): void => {
    if (!isRemarkable(mark)) return forget(mark.id);
    remarkable.set(mark.id, mark);
    owners.putMark(mark);
  };
  const readPages = async function* (visit: (mark: Mark) => void): AsyncGenerator<readonly Mark[]> {
    const pages = pagesOf((afterId) => {
      const { where, ...rest } = pageAfter(afterId);
      const inForce = { ...where, isWithdrawn: false };
      return database.mark.findMany({ where: inForce, select: { id: true, payload: true }, ...rest });
    });
    for await (const rows of pages) {
      if (isStopped) return;
      const marks = rows.map(toMark);
      for (const mark of marks) visit(mark);
      yield marks;
    }
  };
  const build = async (visit: (mark: Mark) => void): Promise<SealedIndex> =>
    buildBase(readPages(visit), await database.mark.count({ where: { isWithdrawn: false } }));

  const startRebuild = (): void => {
    if (rebuild !== undefined || isStopped || index.changedCount < rebuildFrom(index.size)) return;
    changedMeanwhile.clear();
    rebuild = build(() => undefined)
      .then((base) => {
        if (!isStopped) index.swapBase(base, (id) => !changedMeanwhile.has(id));
      })
      .catch(onError)
      .finally(() => {
        rebuild = undefined;
      });
  };

  return {
    topic: 'mark',
    async loadAll() {
      index.swapBase(await build(note), () => true);
    },
    async refresh(ids) {
      for (const id of ids) changedMeanwhile.add(id);
      for (let from = 0; from < ids.length; from += PAGE_ROWS) {
        const chunk = ids.slice(from, from + PAGE_ROWS);
        const rows = await database.mark.findMany({
          where: { id: { in: chunk }, isWithdrawn: false },
          select: { payload: true },
        });
        const marks = rows.map(toMark);
        const present = new Set(marks.map(({ id }) => id));
        const gone = chunk.filter((id) => !present.has(id));
        for (const mark of marks) note(mark);
        for (const id of gone) forget(id);
        index.update(marks, gone);
      }
      startRebuild();
    },
    async stop() {
      isStopped = true;
      await rebuild;
    },
  };
}
