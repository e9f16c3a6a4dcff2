/** Rows that are read at once while an index is loaded. */
export const PAGE_ROWS = 1_000;

type ReadPage<Row> = (afterId: string) => Promise<readonly Row[]>;

/** The pages of a table by id, so that reading it never holds all rows at once. */
export async function* pagesOf<Row extends { readonly id: string }>(
  readPage: ReadPage<Row>,
): AsyncGenerator<readonly Row[]> {
  let afterId = '';
  for (;;) {
    const rows = await readPage(afterId);
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    afterId = last.id;
  }
}

/** Visits every row of a table, page by page. */
export async function forEachPage<Row extends { readonly id: string }>(
  readPage: ReadPage<Row>,
  visit: (row: Row) => void,
): Promise<void> {
  for await (const rows of pagesOf(readPage)) for (const row of rows) visit(row);
}

/** What a query asks for to get the page after an id. */
export const pageAfter = (afterId: string) => ({
  where: { id: { gt: afterId } },
  orderBy: { id: 'asc' as const },
  take: PAGE_ROWS,
});
