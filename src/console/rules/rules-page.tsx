import { Alert, Button, Card, Group, Skeleton, Stack, Table, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RulesetSummary } from '../../domain/views/rules-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { useAddress } from '../use-address.ts';
import { tellTime } from '../wording.ts';
import { DraftEditor } from './draft-editor.tsx';
import { rulesTexts } from './rules-texts.ts';
import { ScoreboardTable } from './scoreboard-table.tsx';
import { StateBadge } from './state-badge.tsx';
import { VersionPage } from './version-page.tsx';
import { WideTable } from '../wide-table.tsx';

/** Versions of the rules with their life, a new draft, and how each rule does. */
export function RulesPage() {
  const texts = useTexts(rulesTexts);
  const [digest, setDigest] = useAddress('version');
  const [tab = 'versions', setTab] = useAddress('tab');
  if (digest !== undefined) return <VersionPage digest={digest} onLeave={() => setDigest(undefined)} />;
  return (
    <div className="reading-page">
      <Stack maw={1080} mx="auto">
        <div>
          <Title order={1} size="h2">
            {texts.title}
          </Title>
          <Text c="dimmed">{texts.intro}</Text>
        </div>
        <Tabs value={tab} onChange={(next) => setTab(next ?? undefined)} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="versions">{texts.versions}</Tabs.Tab>
            <Tabs.Tab value="scoreboard">{texts.scoreboard}</Tabs.Tab>
            <Tabs.Tab value="draft">{texts.draft}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="versions" pt="md">
            <VersionList onOpen={setDigest} />
          </Tabs.Panel>
          <Tabs.Panel value="scoreboard" pt="md">
            <ScoreboardTable />
          </Tabs.Panel>
          <Tabs.Panel value="draft" pt="md">
            <DraftEditor onDone={setDigest} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </div>
  );
}

function VersionList({ onOpen }: { readonly onOpen: (digest: string) => void }) {
  const texts = useTexts(rulesTexts);
  const versions = useQuery({
    queryKey: ['rulesets'],
    queryFn: () => callApi<{ items: RulesetSummary[] }>('/v1/rulesets'),
  });
  if (versions.error !== null)
    return (
      <Alert color="red" variant="outline" title={texts.broken}>
        <Stack gap="xs" align="flex-start">
          {versions.error.message}
          <Button size="xs" onClick={() => void versions.refetch()}>
            {texts.again}
          </Button>
        </Stack>
      </Alert>
    );
  if (versions.data === undefined) return <Skeleton height={120} role="status" aria-label={texts.loading} />;
  return (
    <Card withBorder p={0}>
      <WideTable
        label={texts.table(texts.versions)}
        minWidth={640}
        columns={[texts.version, texts.state, texts.author, texts.made, texts.note]}
        isEdged
      >
        {versions.data.items.map((version) => (
          <Table.Tr key={version.digest}>
            <Table.Td>
              <Button variant="subtle" size="compact-sm" ff="monospace" onClick={() => onOpen(version.digest)}>
                {version.digest.slice(0, 12)}
              </Button>
            </Table.Td>
            <Table.Td>
              <Group gap="xs">
                <StateBadge state={version.state} />
                {version.cases !== undefined && (
                  <Text size="xs" c="dimmed">
                    {texts.cases(version.cases.passed, version.cases.failed)}
                  </Text>
                )}
              </Group>
            </Table.Td>
            <Table.Td>{version.source === 'FOLDER' ? texts.folder : version.author.name}</Table.Td>
            <Table.Td>{tellTime(version.createdAt)}</Table.Td>
            <Table.Td>{version.note}</Table.Td>
          </Table.Tr>
        ))}
      </WideTable>
    </Card>
  );
}
