import type { MacroBody } from '../../domain/views/case-decision-view.ts';
import type { SavedViewBody } from '../../domain/views/search-view.ts';
import type { Kept, ShelfStore } from '../../pipeline/casework/shelf.ts';
import type { Database } from './database.ts';
import { asStored } from './stored-json.ts';

interface ShelfRow {
  readonly id: string;
  readonly ownerId: string;
  readonly isShared: boolean;
  readonly payload: unknown;
  readonly updatedAt: Date;
}

const toKept = <Body>({ id, ownerId, isShared, payload, updatedAt }: ShelfRow): Kept<Body> => ({
  id,
  ownerId,
  isShared,
  body: asStored<Body>(payload),
  updatedAtMs: updatedAt.getTime(),
});

const visibleTo = (personId: string) => ({
  where: { OR: [{ ownerId: personId }, { isShared: true }] },
  orderBy: { updatedAt: 'desc' as const },
  take: 500,
});

const toRow = <Body extends object>({ id, ownerId, isShared, body, updatedAtMs }: Kept<Body>) => {
  const data = { ownerId, isShared, payload: body, updatedAt: new Date(updatedAtMs) };
  return { where: { id }, create: { id, ...data }, update: data };
};

/** Prepared decisions. */
export const postgresMacroStore = ({ macro }: Database): ShelfStore<MacroBody> => ({
  list: async (personId) => (await macro.findMany(visibleTo(personId))).map((row) => toKept(row)),
  async find(id) {
    const row = await macro.findUnique({ where: { id } });
    return row === null ? undefined : toKept(row);
  },
  save: async (kept) => void (await macro.upsert(toRow(kept))),
  delete: async (id) => void (await macro.deleteMany({ where: { id } })),
});

/** Lists with their filters. */
export const postgresSavedViewStore = ({ savedView }: Database): ShelfStore<SavedViewBody> => ({
  list: async (personId) => (await savedView.findMany(visibleTo(personId))).map((row) => toKept(row)),
  async find(id) {
    const row = await savedView.findUnique({ where: { id } });
    return row === null ? undefined : toKept(row);
  },
  save: async (kept) => void (await savedView.upsert(toRow(kept))),
  delete: async (id) => void (await savedView.deleteMany({ where: { id } })),
});
