import { Button, Card, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { EntityKind, TimelineEntry } from '../../domain/views/search-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { finderTexts } from '../texts/finder-texts.ts';
import { tellTime } from '../wording.ts';
import { entityPath } from './entity-path.ts';
import { EntityLink } from './entity-link.tsx';
import { tellEntry } from './tell-history.ts';

interface TimelinePage {
  readonly items: readonly TimelineEntry[];
  readonly nextCursor?: string;
}

/** Everything that happened to something, the latest first. */
export function Timeline({ kind, id }: { readonly kind: EntityKind; readonly id: string }) {
  const texts = useTexts(finderTexts);
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, error } = useInfiniteQuery({
    queryKey: ['timeline', kind, id],
    queryFn: ({ pageParam }) =>
      callApi<TimelinePage>(
        `${entityPath(kind, id)}/timeline?limit=40${pageParam === undefined ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
  const entries = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card withBorder component="section" aria-label={texts.timeline}>
      <Title order={3} size="h5" mb={4}>
        {texts.timeline}
      </Title>
      {error !== null && <Text size="sm">{error.message}</Text>}
      {data !== undefined && entries.length === 0 && <Text size="sm">{texts.timelineEmpty}</Text>}
      <ol className="timeline">
        {entries.map((entry, at) => {
          const told = tellEntry(entry);
          return (
            <li key={`${entry.at} ${entry.type} ${entry.title} ${at}`} data-type={entry.type}>
              <Text size="xs" c="dimmed">
                <time dateTime={entry.at}>{tellTime(entry.at)}</time> · {texts.event[entry.type]}
                {entry.by !== undefined && ` · ${entry.by}`}
              </Text>
              <Text size="sm" component="div">
                {entry.ref === undefined ? (
                  told.title
                ) : (
                  <EntityLink kind={entry.ref.kind} id={entry.ref.id}>
                    {told.title}
                  </EntityLink>
                )}
              </Text>
              {told.detail !== undefined && <Text size="xs">{told.detail}</Text>}
            </li>
          );
        })}
      </ol>
      {hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </Card>
  );
}
