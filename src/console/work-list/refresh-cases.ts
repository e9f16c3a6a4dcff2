import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { callApi } from '../api.ts';
import { casesPath, type CaseFilter, type CasePage } from './read-cases.ts';

type CaseData = InfiniteData<CasePage, string | undefined>;

/** Pages up to which a list is read again as a whole; of a longer one only what has changed. */
const PAGES_READ_AGAIN = 3;
/** Pages of a long list that are read again at a time. */
const CHANGED_PAGES_READ = 5;

/** Whether a list is short enough to be read again as a whole. */
export const isShortList = ({
  state,
}: {
  readonly state: { readonly data?: Pick<CaseData, 'pages'> | undefined };
}): boolean => (state.data?.pages.length ?? 0) <= PAGES_READ_AGAIN;

/** Brings lists up to date after these cases changed, without reading hundreds of pages that did not. */
export async function refreshCases(client: QueryClient, caseIds: ReadonlySet<string>): Promise<void> {
  const lists = client.getQueryCache().findAll({ queryKey: ['cases'], type: 'active' });
  await Promise.all(
    lists.map(async ({ queryKey, state }) => {
      const data = state.data as CaseData | undefined;
      if (data === undefined || data.pages.length <= PAGES_READ_AGAIN)
        return client.invalidateQueries({ queryKey, exact: true });
      const filter = queryKey[1] as CaseFilter;
      const isConcerned = (page: CasePage): boolean => page.items.some(({ id }) => caseIds.has(id));
      // What is new and pressing comes first, so the first page is always read.
      const wanted = data.pages.flatMap((page, at) => (at === 0 || isConcerned(page) ? [at] : []));
      const read = await Promise.all(
        wanted
          .slice(0, CHANGED_PAGES_READ)
          .map(async (at) => [at, await callApi<CasePage>(casesPath(filter, data.pageParams[at]))] as const),
      );
      const fresh = new Map(read);
      client.setQueryData<CaseData>(queryKey, (known) =>
        known === undefined
          ? known
          : {
              ...known,
              pages: known.pages.map((page, at) => withFresh(page, fresh.get(at), caseIds)),
            },
      );
      return undefined;
    }),
  );
}

/** A page as it was read again; what was pushed off its end stays, so that the list has no gap. */
function withFresh(page: CasePage, fresh: CasePage | undefined, changed: ReadonlySet<string>): CasePage {
  if (fresh === undefined) return page;
  const there = new Set(fresh.items.map(({ id }) => id));
  const pushed = page.items.filter(({ id }) => !there.has(id) && !changed.has(id));
  return { ...page, items: [...fresh.items, ...pushed] };
}

/** The cases of all pages in order, each once: between two readings a case may have moved to another page. */
export function casesOfPages(data: Pick<CaseData, 'pages'> | undefined): CasePage['items'] {
  const seen = new Set<string>();
  return (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ id }) => !seen.has(id) && seen.add(id) !== undefined);
}
