import { z } from 'zod';
import type { Mark } from '../../domain/mark.ts';
import { decodeCursor, toPage } from '../../pipeline/page-cursor.ts';
import type { MarkState, Queries } from '../../pipeline/queries.ts';
import type { Database } from './database.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** Where a page of marks begins: after this id. */
const markKey = z.tuple([z.string()]);

const toMarkState = ({ payload, isWithdrawn }: { payload: unknown; isWithdrawn: boolean }): MarkState => ({
  mark: asStored<Mark>(payload),
  isWithdrawn,
});

/** Reads marks and who holds them. */
export function markQueries(database: Database): Pick<Queries, 'mark' | 'marks' | 'rightsHolder'> {
  return {
    async mark(id) {
      const row = await database.mark.findUnique({ where: { id } });
      return row === null ? undefined : toMarkState(row);
    },
    async marks(filter, { limit, cursor }) {
      const rows = await database.mark.findMany({
        where: { ...filter, ...(cursor === undefined ? {} : { id: { gt: decodeCursor(cursor, markKey)[0] } }) },
        orderBy: { id: 'asc' },
        take: limit + 1,
      });
      return toPage(rows, limit, { item: toMarkState, key: ({ id }) => [id] });
    },
    async rightsHolder(id) {
      const row = await database.rightsHolder.findUnique({ where: { id } });
      if (row === null) return undefined;
      return { id: row.id, name: row.name, ...unlessNull('email', row.email), ...unlessNull('country', row.country) };
    },
  };
}
