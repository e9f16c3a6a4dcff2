import { ActionIcon, Button, Card, Checkbox, Group, Popover, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedView, SavedViewBody } from '../../domain/views/search-view.ts';
import { AddressLink } from '../address-link.tsx';
import { callApi, postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { finderTexts } from '../texts/finder-texts.ts';
import { usePerson } from '../use-person.ts';

const savedViewsQuery = {
  queryKey: ['saved-views'],
  queryFn: () => callApi<{ items: readonly SavedView[] }>('/v1/saved-views'),
  staleTime: 60_000,
};

const PATHS: Readonly<Record<SavedView['page'], string>> = { QUEUE: '/', SEARCH: '/search', DASHBOARD: '/dashboards' };

interface SavedViewsProps {
  /** Whose views are shown, and of which page the present one is kept. */
  readonly page: SavedView['page'];
}

/** Searches and lists that were kept under a name, and keeping the present one. */
export function SavedViews({ page }: SavedViewsProps) {
  const texts = useTexts(finderTexts);
  return (
    <Card withBorder component="section" aria-label={texts.views}>
      <Group justify="space-between">
        <Title order={3} size="h5">
          {texts.views}
        </Title>
        <KeepView page={page} />
      </Group>
      <ViewList page={page} />
    </Card>
  );
}

/** The views of a page as links. */
export function ViewList({ page }: SavedViewsProps) {
  const texts = useTexts(finderTexts);
  const client = useQueryClient();
  const { person } = usePerson();
  const { data } = useQuery(savedViewsQuery);
  const remove = useMutation({
    mutationFn: (id: string) => callApi(`/v1/saved-views/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['saved-views'] }),
  });
  const views = data?.items.filter((view) => view.page === page) ?? [];
  if (views.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {texts.viewsEmpty}
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      {views.map(({ id, title, query, ownerId }) => (
        <Group key={id} gap={4}>
          <AddressLink size="sm" page={PATHS[page]} to={Object.fromEntries(new URLSearchParams(query))}>
            {title}
          </AddressLink>
          {ownerId === person.id && (
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label={texts.viewRemove(title)}
              onClick={() => remove.mutate(id)}
            >
              ✕
            </ActionIcon>
          )}
        </Group>
      ))}
    </Stack>
  );
}

/** Keeps what the address bar shows under a name. */
export function KeepView({ page }: SavedViewsProps) {
  const texts = useTexts(finderTexts);
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [isShared, setShared] = useState(false);
  const keep = useMutation({
    mutationFn: (body: SavedViewBody) => postJson<SavedView>('/v1/saved-views', body),
    onSuccess: () => {
      setOpen(false);
      setTitle('');
      return client.invalidateQueries({ queryKey: ['saved-views'] });
    },
  });
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={() => setOpen(!isOpen)}>
          {texts.viewKeep}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.viewKeep}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            keep.mutate({ title, page, isShared, query: window.location.search.slice(1) });
          }}
        >
          <Stack gap="xs" w={240}>
            <TextInput
              label={texts.viewName}
              required
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
              error={keep.error?.message}
            />
            <Checkbox
              label={texts.viewShared}
              checked={isShared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
            <Button type="submit" size="xs" loading={keep.isPending}>
              {texts.viewKeep}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
