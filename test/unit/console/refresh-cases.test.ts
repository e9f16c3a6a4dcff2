import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stubBrowser } from './stub-browser.ts';

interface Row {
  readonly id: string;
  readonly state: string;
}

const PAGE = 3;
/** Cases on the server in their order. */
let stored: Row[] = [];
let asked: string[] = [];
let list: typeof import('../../../src/console/work-list/refresh-cases.ts');

const rowsFrom = (cursor: string | null): Row[] => {
  const after = cursor === null ? -1 : stored.findIndex(({ id }) => id === cursor);
  return stored.slice(after + 1, after + 1 + PAGE);
};

stubBrowser();

beforeAll(async () => {
  vi.stubGlobal('fetch', (path: string) => {
    const cursor = new URL(path, 'http://assay').searchParams.get('cursor');
    asked.push(cursor ?? 'first');
    return Promise.resolve(Response.json({ items: rowsFrom(cursor) }));
  });
  list = await import('../../../src/console/work-list/refresh-cases.ts');
});

beforeEach(() => {
  stored = Array.from({ length: 18 }, (_one, at) => ({ id: `c-${at}`, state: 'QUEUED' }));
  asked = [];
});

/** A list of so many pages that somebody looks at. */
function openList(pageCount: number) {
  const client = new QueryClient();
  const queryKey = ['cases', {}];
  const pageParams = Array.from({ length: pageCount }, (_one, at) => (at === 0 ? undefined : `c-${at * PAGE - 1}`));
  const pages = pageParams.map((cursor) => ({ items: rowsFrom(cursor ?? null) }));
  client.setQueryData(queryKey, { pages, pageParams });
  const observer = new QueryObserver(client, {
    queryKey,
    staleTime: Infinity,
    queryFn: () => Promise.reject(new Error()),
  });
  const close = observer.subscribe(() => undefined);
  const shown = (): readonly Row[] =>
    list.casesOfPages(client.getQueryData<never>(queryKey)) as unknown as readonly Row[];
  return { client, shown, close };
}

describe('a long list', () => {
  it('reads its first page and the page of the case that changed, and no other', async () => {
    const { client, shown, close } = openList(6);
    stored[10] = { id: 'c-10', state: 'CLAIMED' };
    await list.refreshCases(client, new Set(['c-10']));
    expect(asked.toSorted()).toEqual(['c-8', 'first']);
    expect(shown().find(({ id }) => id === 'c-10')?.state).toBe('CLAIMED');
    expect(shown()).toHaveLength(18);
    close();
  });

  it('shows what is new, lets go of what was decided, and loses or doubles nothing else', async () => {
    const { client, shown, close } = openList(6);
    stored = [{ id: 'c-new', state: 'QUEUED' }, ...stored.filter(({ id }) => id !== 'c-10')];
    await list.refreshCases(client, new Set(['c-new', 'c-10']));
    expect(shown().map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
    close();
  });
});
