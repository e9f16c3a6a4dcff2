import { ActionIcon, Badge, Button, Group, Menu, Popover, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { StatsView } from '../domain/views/operation-view.ts';
import { callApi } from './api.ts';
import { AddressLink } from './address-link.tsx';
import type { ConsolePage } from './console-pages.ts';
import { KeyboardHelp } from './keyboard-help.tsx';
import { LANGUAGES } from './language/define-texts.ts';
import { useTexts } from './language/use-language.ts';
import { PICTURE_PRIVACIES } from './picture-privacy.ts';
import type { Person } from './session.ts';
import { shellTexts } from './texts/shell-texts.ts';
import { signInTexts } from './texts/sign-in-texts.ts';
import { goTo, pageAddress, usePage } from './use-address.ts';
import { useKeys } from './use-keys.ts';
import { usePreferences } from './use-preferences.ts';

/** Figures of the installation, asked for again every five seconds wherever they are shown. */
export const statsQuery = {
  queryKey: ['stats'],
  queryFn: () => callApi<StatsView>('/v1/stats'),
  refetchInterval: 5_000,
};

interface PageHeaderProps {
  readonly person: Person;
  /** Those that this person may open. */
  readonly pages: readonly ConsolePage[];
}

/** Where to go, what there is to do, who is signed in, and the way out. */
export function PageHeader({ person, pages }: PageHeaderProps) {
  const texts = useTexts(shellTexts);
  const { data: stats } = useQuery(statsQuery);
  const [isHelpOpen, help] = useDisclosure(false);
  useKeys([{ keys: ['?'], does: texts.help, run: help.open }]);
  const page = usePage();
  const pending = (stats?.checksByState['QUEUED'] ?? 0) + (stats?.checksByState['RUNNING'] ?? 0);
  const open = Object.values(stats?.openCasesByQueue ?? {}).reduce((sum, count) => sum + count, 0);
  const named = pages.flatMap(({ path, name }) => (name === undefined ? [] : [{ path, name }]));
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="md" wrap="nowrap" miw={0}>
        <Title order={1} size="h4">
          <AddressLink page="/" inherit c="inherit" td="none">
            Assay
          </AddressLink>
        </Title>
        <Group component="nav" gap={2} wrap="nowrap" visibleFrom="md" aria-label={texts.pages}>
          {named.map(({ path, name }) => (
            <AddressLink
              key={path}
              page={`/${path}`}
              className="page-link"
              underline="never"
              {...(page === path ? { 'aria-current': 'page' as const } : {})}
            >
              {texts.page[name]}
            </AddressLink>
          ))}
        </Group>
        <Menu transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <Button variant="default" size="xs" h={34} hiddenFrom="md">
              {texts.menu}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {named.map(({ path, name }) => (
              <Menu.Item key={path} onClick={() => goTo(pageAddress(`/${path}`))}>
                {texts.page[name]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Group gap="xs" wrap="nowrap">
        {stats !== undefined && (
          <Badge variant="default" size="lg" tt="none" visibleFrom="sm">
            {texts.flagged(open)}
          </Badge>
        )}
        {pending > 0 && (
          <Badge variant="outline" color="gray" c="dimmed" size="lg" tt="none" visibleFrom="lg">
            {texts.pending(pending)}
          </Badge>
        )}
        <ActionIcon
          variant="default"
          size={34}
          aria-label={texts.help}
          title={texts.help}
          visibleFrom="sm"
          onClick={help.open}
        >
          ?
        </ActionIcon>
        <Settings person={person} />
      </Group>
      <KeyboardHelp isOpen={isHelpOpen} onClose={help.close} />
    </Group>
  );
}

function Settings({ person }: { readonly person: Person }) {
  const texts = useTexts(shellTexts);
  const { account } = useTexts(signInTexts);
  const wanted = usePreferences(person);
  const signOut = useMutation({
    mutationFn: () => callApi('/v1/session', { method: 'DELETE' }),
    // A fresh page holds nothing of the session that ended.
    onSuccess: () => window.location.assign('/'),
  });
  return (
    <Popover position="bottom-end" trapFocus transitionProps={{ duration: 0 }} withArrow>
      <Popover.Target>
        <Button variant="default" size="xs" h={34} maw={180} aria-label={`${texts.settings}, ${person.name}`}>
          {person.name} ▾
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.settings}>
        <Stack gap="sm" w={290}>
          <Setting
            label={texts.language}
            value={wanted.language}
            onChange={wanted.setLanguage}
            data={LANGUAGES.map((value) => ({ value, label: texts.languages[value] }))}
          />
          <Setting<MantineColorScheme>
            label={texts.colours}
            value={wanted.colours}
            onChange={wanted.setColours}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: texts.colourNames[value] }))}
          />
          <Setting
            label={texts.pictures}
            value={wanted.pictures}
            onChange={wanted.setPictures}
            data={PICTURE_PRIVACIES.map((value) => ({ value, label: texts.pictureNames[value] }))}
          />
          <Text size="xs" c="dimmed">
            {texts.picturesHint}
          </Text>
          <AddressLink page="/account" size="sm">
            {account}
          </AddressLink>
          <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
            {texts.signOut}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface SettingProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly data: { readonly value: Value; readonly label: string }[];
}

function Setting<Value extends string>({ label, value, onChange, data }: SettingProps<Value>) {
  return (
    <div>
      <Text size="sm" fw={500} mb={2}>
        {label}
      </Text>
      <SegmentedControl fullWidth size="xs" aria-label={label} value={value} onChange={onChange} data={data} />
    </div>
  );
}
