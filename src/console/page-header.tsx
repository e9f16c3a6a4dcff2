import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Text,
  Title,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { StatsView } from '../domain/views/operation-view.ts';
import { callApi } from './api.ts';
import { AddressLink } from './address-link.tsx';
import type { Person } from './console.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { useKeys } from './use-keys.ts';

const TEXTS = {
  name: 'Assay',
  flagged: (count: number) => `${count} flagged`,
  pending: (count: number) => (count === 1 ? '1 check to do' : `${count} checks to do`),
  keys: 'Keyboard help',
  toDark: 'Use dark colours',
  toLight: 'Use light colours',
  signOut: 'Sign out',
} as const;

/** Figures of the installation, asked for again every five seconds wherever they are shown. */
export const statsQuery = {
  queryKey: ['stats'],
  queryFn: () => callApi<StatsView>('/v1/stats'),
  refetchInterval: 5_000,
};

/** What there is to do, who is signed in, and the way out. */
export function PageHeader({ person }: { readonly person: Person }) {
  const { data: stats } = useQuery(statsQuery);
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const [isHelpOpen, help] = useDisclosure(false);
  useKeys({ '?': help.open });
  const signOut = useMutation({
    mutationFn: () => callApi('/v1/session', { method: 'DELETE' }),
    // A fresh page holds nothing of the session that ended.
    onSuccess: () => window.location.assign(window.location.pathname),
  });
  const pending = (stats?.checksByState['QUEUED'] ?? 0) + (stats?.checksByState['RUNNING'] ?? 0);
  const open = Object.values(stats?.openCasesByQueue ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Title order={1} size="h4">
          <AddressLink to={{ seller: undefined, asOf: undefined, case: undefined }} inherit c="inherit" td="none">
            {TEXTS.name}
          </AddressLink>
        </Title>
        {stats !== undefined && (
          <Badge variant="default" size="lg">
            {TEXTS.flagged(open)}
          </Badge>
        )}
        {pending > 0 && (
          <Badge variant="outline" color="gray" c="dimmed" size="lg" visibleFrom="sm">
            {TEXTS.pending(pending)}
          </Badge>
        )}
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" visibleFrom="sm">
          {person.name}
        </Text>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={TEXTS.keys}
          title={TEXTS.keys}
          visibleFrom="sm"
          onClick={help.open}
        >
          ?
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={isDark ? TEXTS.toLight : TEXTS.toDark}
          title={isDark ? TEXTS.toLight : TEXTS.toDark}
          onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
        >
          {isDark ? '☀' : '☾'}
        </ActionIcon>
        <Button variant="default" size="xs" h={34} loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {TEXTS.signOut}
        </Button>
      </Group>
      <KeyboardHelp isOpen={isHelpOpen} onClose={help.close} />
    </Group>
  );
}
