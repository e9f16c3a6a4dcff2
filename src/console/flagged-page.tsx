import { AppShell, Button, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CaseSummary, CaseView } from '../domain/views/case-view.ts';
import { callApi } from './api.ts';
import { CaseDetail } from './case-detail.tsx';
import { CaseList } from './case-list.tsx';
import { OverviewStrip } from './overview-strip.tsx';
import { changeAddress, useAddress } from './use-address.ts';
import { useKeys } from './use-keys.ts';
import { tellViolation } from './wording.ts';

/** A page of cases, as lists are read. */
export interface CasePage {
  readonly items: readonly CaseSummary[];
  readonly nextCursor?: string;
}

const TEXTS = {
  back: '← All flagged items',
  place: (at: number, of: number, what: string) => `${at} of ${of}: ${what}`,
} as const;

/** Cases that are read at a time: more than a screen shows, few enough to come at once. */
const PAGE_SIZE = 50;

const caseQuery = (id: string) => ({
  queryKey: ['case', id],
  queryFn: () => callApi<CaseView>(`/v1/cases/${encodeURIComponent(id)}`),
});

/** The flagged items, most pressing first, and beside them the one that is looked at. */
export function FlaggedPage() {
  const client = useQueryClient();
  const [queue] = useAddress('queue');
  const [type] = useAddress('type');
  const [outcome] = useAddress('outcome');
  const [tier] = useAddress('tier');
  const [caseId] = useAddress('case');
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const filter = { queue, violationType: type, outcome, tier };
  const cases = useInfiniteQuery({
    queryKey: ['cases', filter],
    queryFn: ({ pageParam }) => callApi<CasePage>(casesPath(filter, pageParam)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 5_000,
  });
  const items = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const selectedId = caseId ?? (isNarrow ? undefined : items[0]?.id);
  const detail = useQuery({ ...caseQuery(selectedId ?? ''), enabled: selectedId !== undefined });
  const at = items.findIndex(({ id }) => id === selectedId);
  const selected = items[at];

  const step = (by: 1 | -1): void => {
    const next = items[at === -1 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    changeAddress({ case: next.id }, caseId === undefined ? 'step' : 'replace');
    // The one after it is there before it is asked for.
    const after = items[items.indexOf(next) + by];
    if (after !== undefined) void client.prefetchQuery(caseQuery(after.id));
    else if (cases.hasNextPage) void cases.fetchNextPage();
  };
  const leave = (): void => changeAddress({ case: undefined });
  useKeys({
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    Escape: leave,
  });
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pane.current !== null) pane.current.scrollTop = 0;
  }, [selectedId]);
  const showsList = !isNarrow || selectedId === undefined;
  const showsDetail = !isNarrow || selectedId !== undefined;

  return (
    <AppShell.Main className="flagged-page" id="content">
      {showsList && <OverviewStrip />}
      <div className="list-and-detail">
        {showsList && (
          <CaseList
            items={items}
            isLoading={cases.isPending}
            fault={cases.error}
            selectedId={selectedId}
            onSelect={(id) => changeAddress({ case: id }, isNarrow ? 'step' : 'replace')}
            onAgain={() => void cases.refetch()}
            more={cases.hasNextPage ? () => void cases.fetchNextPage() : undefined}
            isLoadingMore={cases.isFetchingNextPage}
          />
        )}
        {showsDetail && (
          // The pane scrolls by itself, so that it must be reachable by keyboard.
          <section className="detail-pane" ref={pane} tabIndex={0} data-scrolls aria-label="Flagged item">
            {isNarrow && (
              <Button variant="subtle" mb="xs" px={0} onClick={leave}>
                {TEXTS.back}
              </Button>
            )}
            <CaseDetail
              view={detail.data}
              fault={detail.error}
              isEmpty={selectedId === undefined}
              onAgain={() => void detail.refetch()}
            />
          </section>
        )}
      </div>
      <VisuallyHidden role="status">
        {selected !== undefined && TEXTS.place(at + 1, items.length, tellViolation(selected.violationType))}
      </VisuallyHidden>
    </AppShell.Main>
  );
}

function casesPath(filter: Readonly<Record<string, string | undefined>>, cursor: string | undefined): string {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
  for (const [name, value] of Object.entries({ ...filter, cursor })) if (value !== undefined) query.set(name, value);
  return `/v1/cases?${query}`;
}
