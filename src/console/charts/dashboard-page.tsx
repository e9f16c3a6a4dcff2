import { Alert, Button, Card, Group, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DashboardView } from '../../domain/views/dashboard-view.ts';
import { callApi } from '../api.ts';
import { KeepView, ViewList } from '../finder/saved-views.tsx';
import type { AppealRuling } from '../../domain/appeal.ts';
import { useTexts } from '../language/use-language.ts';
import { appealTexts } from '../texts/appeal-texts.ts';
import { dashboardTexts } from '../texts/dashboard-texts.ts';
import { useAddress } from '../use-address.ts';
import { tellAction, tellNumber, tellPercent, tellQueue, tellReason, tellTime, tellViolation } from '../wording.ts';
import { queryOf } from '../work-list/read-cases.ts';
import { AgeBars } from './age-bars.tsx';
import { BarRows } from './bar-rows.tsx';
import { DashboardFilter, emptyAsAbsent } from './dashboard-filter.tsx';
import { DayLines } from './day-lines.tsx';

const READ_AGAIN_MS = 30_000;
const ROWS_SHOWN = 12;

/** How the work goes: what waits, how long it takes, what is decided, and whether it lasts. */
export function DashboardPage() {
  const texts = useTexts(dashboardTexts);
  const [days = '30'] = useAddress('days');
  const [queue = ''] = useAddress('queue');
  const [market = ''] = useAddress('market');
  const query = queryOf({ days, queue: emptyAsAbsent(queue), market: emptyAsAbsent(market) });
  const { data, error, refetch } = useQuery({
    queryKey: ['dashboard', query],
    queryFn: () => callApi<DashboardView>(`/v1/dashboard?${query}`),
    refetchInterval: READ_AGAIN_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <div className="reading-page">
      <Stack>
        <Group justify="space-between" align="flex-end">
          <Title order={2}>{texts.title}</Title>
          <Group align="flex-end" gap="xs">
            <DashboardFilter days={days} queue={queue} market={market} markets={data?.markets ?? []} />
            <KeepView page="DASHBOARD" />
          </Group>
        </Group>
        {error !== null && data === undefined && (
          <Alert color="red" variant="outline" title={texts.broken}>
            <Stack gap="xs" align="flex-start">
              {error.message}
              <Button size="xs" onClick={() => void refetch()}>
                {texts.again}
              </Button>
            </Stack>
          </Alert>
        )}
        {data === undefined && error === null && <Skeleton height={300} role="status" aria-label={texts.loading} />}
        {data !== undefined && <Figures view={data} />}
        <ViewList page="DASHBOARD" />
      </Stack>
    </div>
  );
}

const tellShare = ({ hits, of }: { hits: number; of: number }): string => (of === 0 ? '–' : tellPercent(hits / of));

function Figures({ view }: { readonly view: DashboardView }) {
  const texts = useTexts(dashboardTexts);
  const appeal = useTexts(appealTexts);
  const { timeToAction, sla, overturned, days, throughput, appeals } = view;
  const won = (appeals.rulings.OVERTURNED ?? 0) + (appeals.rulings.MODIFIED ?? 0);
  const span = (value: number | undefined): string => {
    if (value === undefined) return texts.none;
    return value < 1 ? texts.minutes(tellNumber(Math.ceil(60 * value))) : texts.hours(tellNumber(value, 1));
  };
  const sum = (pick: (one: DashboardView['backlog'][number]) => number): number =>
    view.backlog.reduce((total, one) => total + pick(one), 0);
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
        <Figure name={texts.waiting} value={tellNumber(sum(({ waiting }) => waiting))}>
          {sum(({ overdue }) => overdue)} {texts.overdue}, {sum(({ dueSoon }) => dueSoon)} {texts.dueSoon}
        </Figure>
        <Figure name={texts.inTime} value={tellShare(sla)}>
          {texts.ofCount(sla.hits, sla.of)}
        </Figure>
        <Figure name={texts.median} value={span(timeToAction.all.medianHours)} />
        <Figure name={texts.p95} value={span(timeToAction.all.p95Hours)} />
        <Figure name={texts.overturned} value={tellShare(overturned.all)}>
          {texts.ofCount(overturned.all.hits, overturned.all.of)}
        </Figure>
        <Figure name={appeal.waiting} value={tellNumber(appeals.waiting)}>
          {appeals.overdue} {appeal.overdue}
        </Figure>
        <Figure name={appeal.won} value={tellShare({ hits: won, of: appeals.timeToRuling.count })}>
          {appeal.wonOf(won, appeals.timeToRuling.count)}
        </Figure>
        <Figure name={appeal.time} value={span(appeals.timeToRuling.medianHours)}>
          {texts.inTime}: {texts.ofCount(appeals.inTime.hits, appeals.inTime.of)}
        </Figure>
      </SimpleGrid>
      <div className="chart-grid">
        <Chart title={texts.backlog}>
          <AgeBars backlog={view.backlog} />
        </Chart>
        <Chart title={texts.perDay}>
          <DayLines
            title={texts.perDay}
            days={days.map(({ day }) => day)}
            series={(['opened', 'decided', 'reversed', 'undone'] as const).map((name) => ({
              name: texts[name],
              values: days.map((one) => one[name]),
            }))}
          />
        </Chart>
        <Counts title={texts.byReason} counts={view.decisionsByReason} tell={tellReason} />
        <Counts title={texts.byType} counts={view.decisionsByType} tell={tellViolation} />
        <Counts
          title={appeal.byRuling}
          counts={onlySome(appeals.rulings)}
          tell={(key) => appeal.rulings[key as AppealRuling]}
        />
        <Counts title={texts.byAction} counts={view.decisionsByAction} tell={tellAction} />
        <Chart title={texts.timeByQueue}>
          {timeToAction.byQueue.length === 0 && <Text size="sm">{texts.nothing}</Text>}
          <BarRows
            title={texts.timeByQueue}
            rows={timeToAction.byQueue.map(({ queue, medianHours, p95Hours, count }) => ({
              key: queue,
              label: tellQueue(queue),
              value: medianHours ?? 0,
              told: `${texts.medianShort} ${span(medianHours)} · ${texts.p95Short} ${span(p95Hours)} (${count})`,
            }))}
          />
        </Chart>
        <Shares
          title={texts.precisionByRule}
          rows={view.precisionByRule.map(({ ruleId, ...share }) => ({ key: ruleId, name: ruleId, ...share }))}
        />
        <Shares
          title={texts.precisionByType}
          rows={view.precisionByType.map(({ violationType, ...share }) => ({
            key: violationType,
            name: tellViolation(violationType),
            ...share,
          }))}
        />
        <Shares
          title={texts.overturnedByType}
          rows={overturned.byViolationType.map((one) => ({ ...one, name: tellViolation(one.key) }))}
        />
        <Shares title={texts.overturnedByReviewer} rows={overturned.byReviewer} />
        <Chart title={texts.reviewers}>
          {view.reviewers.length === 0 ? (
            <Text size="sm">{texts.nothing}</Text>
          ) : (
            <Table fz="sm" verticalSpacing={3}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{texts.reviewer}</Table.Th>
                  <Table.Th scope="col">{texts.decided}</Table.Th>
                  <Table.Th scope="col">{texts.handling}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {view.reviewers.map(({ personId, name, decided, medianHandlingSeconds }) => (
                  <Table.Tr key={personId}>
                    <Table.Td>{name}</Table.Td>
                    <Table.Td>{decided}</Table.Td>
                    <Table.Td>
                      {medianHandlingSeconds === undefined ? '–' : texts.seconds(Math.round(medianHandlingSeconds))}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Chart>
        <Chart title={texts.breakers}>
          {view.breakers.length === 0 && <Text size="sm">{texts.noBreakers}</Text>}
          {view.breakers.map(({ key, at, detail }) => (
            <Text size="sm" key={`${key} ${at}`}>
              {tellTime(at)}: <span className="id">{key}</span> {detail}
            </Text>
          ))}
        </Chart>
        <Chart title={texts.creditAlarms}>
          {view.creditAlarms.length === 0 && <Text size="sm">{texts.noCreditAlarms}</Text>}
          {view.creditAlarms.map(({ key, at, detail }) => (
            <Text size="sm" c="red" key={`${key} ${at}`}>
              {tellTime(at)}: {detail}
            </Text>
          ))}
        </Chart>
        <Chart title={texts.throughput}>
          <Text size="xs" c="dimmed">
            {texts.wholeOnly}
          </Text>
          <Text size="sm">{texts.checksPerHour(tellNumber(throughput.checksPerHour, 1))}</Text>
          <Text size="sm">{texts.casesPerHour(tellNumber(throughput.casesPerHour, 1))}</Text>
        </Chart>
      </div>
    </>
  );
}

const onlySome = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly children?: ReactNode;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <Card withBorder p="sm">
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text fz={26} fw={700} lh={1.2}>
        {value}
      </Text>
      <Text size="xs">{children}</Text>
    </Card>
  );
}

function Chart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={3} size="h6" mb="xs">
        {title}
      </Title>
      {children}
    </Card>
  );
}

interface CountsProps {
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly tell: (key: string) => string;
}

function Counts({ title, counts, tell }: CountsProps) {
  const texts = useTexts(dashboardTexts);
  const rows = Object.entries(counts).toSorted(([, left], [, right]) => right - left);
  return (
    <Chart title={title}>
      {rows.length === 0 && <Text size="sm">{texts.nothing}</Text>}
      <BarRows
        title={title}
        rows={rows
          .slice(0, ROWS_SHOWN)
          .map(([key, count]) => ({ key, label: tell(key), value: count, told: tellNumber(count) }))}
      />
    </Chart>
  );
}

interface SharesProps {
  readonly title: string;
  readonly rows: readonly {
    readonly key: string;
    readonly name?: string;
    readonly hits: number;
    readonly of: number;
  }[];
}

function Shares({ title, rows }: SharesProps) {
  const texts = useTexts(dashboardTexts);
  return (
    <Chart title={title}>
      {rows.length === 0 && <Text size="sm">{texts.nothing}</Text>}
      <BarRows
        title={title}
        full={1}
        rows={rows.slice(0, ROWS_SHOWN).map(({ key, name, hits, of }) => ({
          key,
          label: name ?? key,
          value: of === 0 ? 0 : hits / of,
          told: `${tellShare({ hits, of })} (${texts.ofCount(hits, of)})`,
        }))}
      />
    </Chart>
  );
}
