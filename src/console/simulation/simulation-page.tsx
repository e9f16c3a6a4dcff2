import { Alert, Button, Card, ColorSwatch, Group, Select, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { CreditSimulationView } from '../../domain/views/credit-view.ts';
import type { RulesetSummary } from '../../domain/views/rules-view.ts';
import { callApi, postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { rulesTexts } from '../rules/rules-texts.ts';
import { useAddress } from '../use-address.ts';
import { tellTier } from '../wording.ts';
import { ScorePlot } from './score-plot.tsx';
import { simulationTexts } from './simulation-texts.ts';
import { WideTable } from '../wide-table.tsx';

/** What a version's credit rules would do to the tiers of the stored sellers: a plot, the tiers, and who moves and why. */
export function SimulationPage() {
  const texts = useTexts(simulationTexts);
  const states = useTexts(rulesTexts).states;
  const [digest, setDigest] = useAddress('version');
  const versions = useQuery({
    queryKey: ['rulesets'],
    queryFn: () => callApi<{ items: RulesetSummary[] }>('/v1/rulesets'),
  });
  const run = useMutation({
    mutationFn: (wanted: string) =>
      postJson<CreditSimulationView>(`/v1/rulesets/${encodeURIComponent(wanted)}/credit-simulation`),
  });
  const others = (versions.data?.items ?? []).filter(({ state }) => state !== 'PUBLISHED');
  return (
    <div className="reading-page">
      <Stack maw={1080} mx="auto">
        <div>
          <Title order={1} size="h2">
            {texts.title}
          </Title>
          <Text c="dimmed">{texts.intro}</Text>
        </div>
        {versions.data !== undefined && others.length === 0 && (
          <Alert color="gray" variant="outline">
            {texts.none}
          </Alert>
        )}
        <Group align="flex-end">
          <Select
            label={texts.version}
            data={others.map((version) => ({
              value: version.digest,
              label: [version.digest.slice(0, 12), states[version.state], version.note]
                .filter((part) => part !== '')
                .join(' · '),
            }))}
            value={digest ?? null}
            onChange={(next) => setDigest(next ?? undefined)}
            miw={320}
          />
          <Button
            disabled={digest === undefined}
            loading={run.isPending}
            onClick={() => digest !== undefined && run.mutate(digest)}
          >
            {texts.run}
          </Button>
        </Group>
        {(run.error ?? versions.error) !== null && (
          <Alert color="red" variant="outline" title={texts.broken}>
            {(run.error ?? versions.error)?.message}
          </Alert>
        )}
        {run.data !== undefined && <Simulation simulation={run.data} />}
      </Stack>
    </div>
  );
}

function Simulation({ simulation }: { readonly simulation: CreditSimulationView }) {
  const texts = useTexts(simulationTexts);
  return (
    <>
      <Text size="lg">{texts.moved(simulation.moved, simulation.sellers)}</Text>
      <Card withBorder>
        <Group justify="space-between" mb="xs">
          <Title order={2} size="h4">
            {texts.plot}
          </Title>
          <Group gap="md">
            <Group gap={6}>
              <ColorSwatch size={12} color="var(--mantine-color-gray-6)" />
              <Text size="sm">{texts.before}</Text>
            </Group>
            <Group gap={6}>
              <ColorSwatch size={12} color="var(--mantine-color-blue-6)" />
              <Text size="sm">{texts.after}</Text>
            </Group>
          </Group>
        </Group>
        <ScorePlot histogram={simulation.histogram} />
      </Card>
      <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }}>
        {Object.entries(simulation.tiers).map(([tier, { before, after }]) => (
          <Card withBorder key={tier} p="sm">
            <Text size="sm" c="dimmed" tt="capitalize">
              {tellTier(tier)}
            </Text>
            <Text fw={600}>
              {before} → {after}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
      <Card withBorder>
        <Title order={2} size="h4" mb="sm">
          {texts.moves}
        </Title>
        {simulation.examples.length === 0 ? (
          <Text c="dimmed">{texts.nobody}</Text>
        ) : (
          <WideTable
            label={texts.table(texts.moves)}
            minWidth={560}
            columns={[texts.seller, texts.from, texts.to, texts.score, texts.why]}
          >
            {simulation.examples.map(({ sellerLegalId, from, to, scoreBefore, scoreAfter, why }) => (
              <Table.Tr key={sellerLegalId}>
                <Table.Td>{sellerLegalId}</Table.Td>
                <Table.Td>{tellTier(from)}</Table.Td>
                <Table.Td>{tellTier(to)}</Table.Td>
                <Table.Td>
                  {scoreBefore} → {scoreAfter}
                </Table.Td>
                <Table.Td>{why}</Table.Td>
              </Table.Tr>
            ))}
          </WideTable>
        )}
      </Card>
    </>
  );
}
