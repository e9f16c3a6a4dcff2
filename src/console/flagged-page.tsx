import { ActionIcon, AppShell, Badge, Box, Button, Group, Text, Title, useMantineColorScheme } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseSummary, CaseView } from '../domain/views/case-view.ts';
import type { StatsView } from '../domain/views/operation-view.ts';
import { callApi } from './api.ts';
import { CaseDetail } from './case-detail.tsx';
import { CaseList } from './case-list.tsx';
import type { Person } from './console.tsx';
import { useAddress } from './use-address.ts';

interface CasePage {
  readonly items: readonly CaseSummary[];
  readonly nextCursor?: string;
}

const caseQuery = (id: string) => ({ queryKey: ['case', id], queryFn: () => callApi<CaseView>(`/v1/cases/${id}`) });

/** The flagged items, most pressing first, and beside them the one that is looked at. */
export function FlaggedPage({ person }: { readonly person: Person }) {
  const client = useQueryClient();
  const [queue, setQueue] = useAddress('queue');
  const [type, setType] = useAddress('type');
  const [caseId, setCaseId] = useAddress('case');
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const stats = useQuery({
    queryKey: ['stats'],
    queryFn: () => callApi<StatsView>('/v1/stats'),
    refetchInterval: 5_000,
  });
  const filter = new URLSearchParams({ limit: '200' });
  if (queue !== undefined) filter.set('queue', queue);
  if (type !== undefined) filter.set('violationType', type);
  const cases = useQuery({
    queryKey: ['cases', queue, type],
    queryFn: () => callApi<CasePage>(`/v1/cases?${filter}`),
    refetchInterval: 5_000,
  });
  const items = cases.data?.items ?? [];
  const selectedId = caseId ?? (isNarrow ? undefined : items[0]?.id);
  const detail = useQuery({ ...caseQuery(selectedId ?? ''), enabled: selectedId !== undefined });

  const step = (by: number): void => {
    const at = items.findIndex(({ id }) => id === selectedId);
    const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    setCaseId(next.id);
    // The one after it is there before it is asked for.
    const after = items[items.indexOf(next) + by];
    if (after !== undefined) void client.prefetchQuery(caseQuery(after.id));
  };
  useHotkeys([
    ['j', () => step(1)],
    ['ArrowDown', () => step(1)],
    ['k', () => step(-1)],
    ['ArrowUp', () => step(-1)],
    ['Escape', () => setCaseId(undefined)],
  ]);
  const showsList = !isNarrow || selectedId === undefined;
  const showsDetail = !isNarrow || selectedId !== undefined;

  return (
    <AppShell header={{ height: 56 }} padding={0}>
      <AppShell.Header>
        <Header person={person} stats={stats.data} />
      </AppShell.Header>
      <AppShell.Main>
        <Box
          style={{
            display: 'grid',
            gridTemplateColumns: isNarrow ? '1fr' : '380px 1fr',
            height: 'calc(100dvh - 56px)',
          }}
        >
          {showsList && (
            <CaseList
              items={items}
              isLoading={cases.isPending}
              fault={cases.error}
              selectedId={selectedId}
              onSelect={setCaseId}
              stats={stats.data}
              queue={queue}
              onQueue={setQueue}
              type={type}
              onType={setType}
            />
          )}
          {showsDetail && (
            <Box component="main" style={{ overflowY: 'auto' }} p="md">
              {isNarrow && (
                <Button variant="subtle" mb="sm" onClick={() => setCaseId(undefined)}>
                  ← All flagged items
                </Button>
              )}
              <CaseDetail view={detail.data} fault={detail.error} isEmpty={selectedId === undefined} />
            </Box>
          )}
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}

function Header({ person, stats }: { readonly person: Person; readonly stats: StatsView | undefined }) {
  const client = useQueryClient();
  const { toggleColorScheme } = useMantineColorScheme();
  const signOut = useMutation({
    mutationFn: () => callApi('/v1/session', { method: 'DELETE' }),
    onSuccess: () => window.location.reload(),
  });
  const pending = (stats?.checksByState['QUEUED'] ?? 0) + (stats?.checksByState['RUNNING'] ?? 0);
  const open = Object.values(stats?.openCasesByQueue ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Title order={1} size="h4">
          Assay
        </Title>
        {stats !== undefined && (
          <Badge variant="light" size="lg">
            {open} flagged
          </Badge>
        )}
        {pending > 0 && (
          <Badge variant="light" color="yellow" size="lg" visibleFrom="xs">
            {pending} checks to do
          </Badge>
        )}
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" visibleFrom="sm">
          J next · K previous
        </Text>
        <Text size="sm" visibleFrom="sm">
          {person.name}
        </Text>
        <ActionIcon variant="default" size="lg" aria-label="Light or dark" onClick={toggleColorScheme}>
          ◐
        </ActionIcon>
        <Button
          variant="default"
          size="compact-md"
          onClick={() => {
            client.clear();
            signOut.mutate();
          }}
        >
          Sign out
        </Button>
      </Group>
    </Group>
  );
}
