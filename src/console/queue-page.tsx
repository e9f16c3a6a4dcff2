import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { callApi } from './api.ts';
import { DeskedCase } from './case-page/desked-case.tsx';
import { UndoBar } from './deciding/undo-bar.tsx';
import { useLanguage, useTexts } from './language/use-language.ts';
import { queueTexts } from './texts/queue-texts.ts';
import { changeAddress, goTo, pageAddress, useAddress } from './use-address.ts';
import { useKeys } from './use-keys.ts';
import { usePerson } from './use-person.ts';
import { tellViolation } from './wording.ts';
import { CaseList } from './work-list/case-list.tsx';
import { useLiveCases } from './work-list/live-cases.ts';
import { OverviewStrip } from './work-list/overview-strip.tsx';
import { casesOfPages, isShortList } from './work-list/refresh-cases.ts';
import { caseQuery, casesPath, fetchPictures, queryOf, type CasePage } from './work-list/read-cases.ts';
import { useFilters } from './work-list/use-filters.ts';

/** Without the live line the list is read again as often. */
const READ_AGAIN_MS = 5_000;

/** The flagged items, most pressing first, and beside them the one that is looked at. */
export function QueuePage() {
  const texts = useTexts(queueTexts);
  const client = useQueryClient();
  const { person, may } = usePerson();
  const { chosen, filter, isFiltered } = useFilters();
  const [caseId] = useAddress('case');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const isLive = useLiveCases();
  const language = useLanguage();
  const cases = useInfiniteQuery({
    queryKey: ['cases', filter, language],
    queryFn: ({ pageParam }) => callApi<CasePage>(casesPath(filter, pageParam)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => (isLive || !isShortList(query) ? false : READ_AGAIN_MS),
    // Comparing every case of every page with itself takes longer than drawing the few in sight.
    structuralSharing: false,
    refetchOnMount: isShortList,
    refetchOnWindowFocus: isShortList,
    refetchOnReconnect: isShortList,
  });
  const items = useMemo(() => casesOfPages(cases.data), [cases.data]);
  const selectedId = caseId ?? (isNarrow ? undefined : items[0]?.id);
  const detail = useQuery({ ...caseQuery(selectedId ?? ''), enabled: selectedId !== undefined });
  const at = items.findIndex(({ id }) => id === selectedId);
  const selected = items[at];

  const afterId = items[at + 1]?.id;
  useEffect(() => {
    // The one after it is there before it is asked for, with its pictures.
    if (afterId !== undefined && detail.data !== undefined)
      void client.fetchQuery(caseQuery(afterId)).then(fetchPictures, () => undefined);
  }, [afterId, detail.data, client]);

  const step = (by: 1 | -1): void => {
    const next = items[at === -1 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next !== undefined) changeAddress({ case: next.id }, caseId === undefined ? 'step' : 'replace');
  };
  const tick = (id: string): void =>
    setTicked((known) => new Set(known.has(id) ? [...known].filter((one) => one !== id) : [...known, id]));
  const leave = (): void => changeAddress({ case: undefined });
  const focus = (): void => goTo(pageAddress('/focus', { queue: chosen.queue }));
  const mayDecide = may('cases:decide');
  useKeys([
    { keys: ['j', 'ArrowDown'], does: texts.next, run: () => step(1) },
    { keys: ['k', 'ArrowUp'], does: texts.previous, run: () => step(-1) },
    { keys: ['Escape'], does: texts.first, run: leave, isMinor: true },
    ...(mayDecide
      ? [
          { keys: ['x'], does: texts.tickKey, run: () => selectedId !== undefined && tick(selectedId), isMinor: true },
          { keys: ['f'], does: texts.focusKey, run: focus },
        ]
      : []),
  ]);
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pane.current !== null) pane.current.scrollTop = 0;
  }, [selectedId]);
  const showsList = !isNarrow || selectedId === undefined;
  const showsDetail = !isNarrow || selectedId !== undefined;

  return (
    <div className="flagged-page">
      {showsList && <OverviewStrip />}
      {showsList && (
        <div className="list-tools">
          {mayDecide && (
            <Button size="compact-sm" onClick={focus}>
              {texts.focus}
            </Button>
          )}
          {ticked.size > 0 && (
            <Group gap={6}>
              <Text size="sm" role="status">
                {texts.chosen(ticked.size)}
              </Text>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => goTo(pageAddress('/bulk', { cases: [...ticked].join(',') }))}
              >
                {texts.bulk}
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={() => setTicked(new Set())}>
                {texts.untick}
              </Button>
            </Group>
          )}
          {ticked.size === 0 && isFiltered && mayDecide && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => goTo(pageAddress('/bulk', { filter: queryOf(filter) }))}
            >
              {texts.bulk}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            component="a"
            href={`/v1/cases/export?${queryOf({ format: 'csv', ...filter })}`}
            download
            visibleFrom="sm"
          >
            {texts.export}
          </Button>
          <Text size="xs" c="dimmed" visibleFrom="md">
            {isLive ? texts.live : texts.notLive}
          </Text>
        </div>
      )}
      <div className="list-and-detail">
        {showsList && (
          <CaseList
            items={items}
            listKey={queryOf(filter)}
            isLoading={cases.isPending}
            isFiltered={isFiltered}
            fault={cases.error}
            selectedId={selectedId}
            personId={person.id}
            onSelect={(id) => changeAddress({ case: id }, isNarrow ? 'step' : 'replace')}
            onAgain={() => void cases.refetch()}
            more={cases.hasNextPage && !cases.isFetchingNextPage ? () => void cases.fetchNextPage() : undefined}
            ticked={mayDecide ? ticked : undefined}
            onTick={tick}
          />
        )}
        {showsDetail && (
          // The pane scrolls by itself, so that it must be reachable by keyboard.
          <section className="detail-pane" ref={pane} tabIndex={0} data-scrolls aria-label={texts.item}>
            {isNarrow && (
              <Button variant="subtle" mb="xs" px={0} onClick={leave}>
                {texts.back}
              </Button>
            )}
            <DeskedCase
              view={detail.data}
              fault={detail.error}
              isEmpty={selectedId === undefined}
              onAgain={() => void detail.refetch()}
              onDecided={() => step(1)}
              onLeft={() => step(1)}
            />
          </section>
        )}
      </div>
      <UndoBar onUndone={(id) => changeAddress({ case: id }, 'replace')} />
      <VisuallyHidden role="status">
        {selected !== undefined && texts.place(at + 1, items.length, tellViolation(selected.violationType))}
      </VisuallyHidden>
    </div>
  );
}
