import { Alert, Button, Card, Group, SimpleGrid, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { BacktestView, RulesetView } from '../../domain/views/rules-view.ts';
import { callApi, postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { backtestTexts } from './backtest-texts.ts';
import { rulesTexts } from './rules-texts.ts';
import { SubjectLink } from './subject-link.tsx';
import { WideTable } from '../wide-table.tsx';

type Share = BacktestView['draft']['precision'];

/** `87.5 % (52.9–97.8)`: a share with the range in which the true one lies at 95 %. */
export const tellShare = ({ share01, low01, high01 }: Share): string | undefined =>
  share01 === undefined
    ? undefined
    : `${(share01 * 100).toFixed(1)} % (${(low01 * 100).toFixed(1)}–${(high01 * 100).toFixed(1)})`;

const CAN_RUN: ReadonlySet<RulesetView['state']> = new Set(['CHECKED', 'BACKTESTED', 'SHADOW']);

/** What the version would have done with stored checks, beside the rules in force. */
export function BacktestPanel({
  version,
  onRun,
}: {
  readonly version: RulesetView;
  readonly onRun: (next: RulesetView) => void;
}) {
  const texts = { ...useTexts(rulesTexts), ...useTexts(backtestTexts) };
  const run = useMutation({
    mutationFn: () => postJson<RulesetView>(`/v1/rulesets/${version.digest}/backtest`),
    onSuccess: onRun,
  });
  const { backtest, running } = version;
  // Detectors look again beside the requests: the page asks how far they are until they are done.
  useQuery({
    queryKey: ['ruleset-backtest', version.digest],
    queryFn: async () => {
      const next = await callApi<RulesetView>(`/v1/rulesets/${version.digest}`);
      onRun(next);
      return next;
    },
    enabled: running !== undefined && running.fault === undefined,
    refetchInterval: 2_000,
  });
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {texts.backtest}
        </Title>
        {CAN_RUN.has(version.state) && (running === undefined || running.fault !== undefined) && (
          <Button variant="default" size="xs" loading={run.isPending} onClick={() => run.mutate()}>
            {texts.run}
          </Button>
        )}
      </Group>
      {run.error !== null && (
        <Alert color="red" variant="outline" mb="sm">
          {run.error.message}
        </Alert>
      )}
      {running !== undefined && (
        <Text mb="sm" role="status" c={running.fault === undefined ? 'dimmed' : 'red'}>
          {running.fault === undefined ? texts.lookingAgain(running.done, running.total) : running.fault}
        </Text>
      )}
      {backtest === undefined ? <Text c="dimmed">{texts.notTried}</Text> : <BacktestFigures backtest={backtest} />}
    </Card>
  );
}

function BacktestFigures({ backtest }: { readonly backtest: BacktestView }) {
  const texts = { ...useTexts(rulesTexts), ...useTexts(backtestTexts) };
  const { published, draft } = backtest;
  const share = (value: Share) => tellShare(value) ?? texts.unjudged;
  const figures = [
    { name: texts.reviewLoad, before: String(published.cases), after: String(draft.cases) },
    { name: texts.precision, before: share(published.precision), after: share(draft.precision) },
    { name: texts.recall, before: share(published.recall), after: share(draft.recall) },
  ];
  return (
    <>
      <Text>{texts.moved(backtest.moved, backtest.sellersAffected)}</Text>
      <Text size="sm" c="dimmed" mb="sm">
        {texts.took(backtest.checks, (backtest.durationMs / 1_000).toFixed(1))}
      </Text>
      {backtest.reanalysis !== undefined && (
        <Text size="sm" mb="sm">
          {texts.lookedAgain({
            ...backtest.reanalysis,
            files: backtest.reanalysis.files.join(', '),
            detectors: backtest.reanalysis.detectors.join(', '),
          })}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 3 }} mb="sm">
        {figures.map(({ name, before, after }) => (
          <div key={name}>
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            <Text fw={600}>{before === after ? after : `${before} → ${after}`}</Text>
          </div>
        ))}
      </SimpleGrid>
      {backtest.moves.length > 0 && (
        <WideTable
          label={texts.table(texts.backtest)}
          minWidth={560}
          columns={[texts.from, texts.to, texts.count, texts.example]}
        >
          {backtest.moves.map(({ from, to, count, examples }) => (
            <Table.Tr key={`${from} ${to}`}>
              <Table.Td>{from}</Table.Td>
              <Table.Td>{to}</Table.Td>
              <Table.Td>{count}</Table.Td>
              <Table.Td>
                {examples.map(({ checkId, subjectKind, subjectId, why }) => (
                  <Text key={checkId} size="sm">
                    <SubjectLink kind={subjectKind} id={subjectId} />: {why}
                  </Text>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      )}
    </>
  );
}
