import { Alert, Card, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RuleScoreView } from '../../domain/views/rules-view.ts';
import { postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { tellShare } from './backtest-panel.tsx';
import { rulesTexts } from './rules-texts.ts';
import { WideTable } from '../wide-table.tsx';

const WIDTH = 96;
const HEIGHT = 24;

/** Shares of the weeks as a small line with its range; weeks without a judgement leave a gap. */
function Trend({ weeks, label }: { readonly weeks: RuleScoreView['weeks']; readonly label: string }) {
  const x = (index: number): number => (index / Math.max(1, weeks.length - 1)) * (WIDTH - 4) + 2;
  const y = (share01: number): number => HEIGHT - 2 - share01 * (HEIGHT - 4);
  const points = weeks.flatMap(({ share01, low01, high01 }, index) =>
    share01 === undefined ? [] : [{ index, share01, low01, high01 }],
  );
  if (points.length === 0) return null;
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      {points.map(({ index, low01, high01 }) => (
        <line
          key={index}
          x1={x(index)}
          x2={x(index)}
          y1={y(low01)}
          y2={y(high01)}
          stroke="currentColor"
          opacity={0.3}
        />
      ))}
      <polyline
        points={points.map(({ index, share01 }) => `${x(index)},${y(share01)}`).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
      />
      {points.map(({ index, share01 }) => (
        <circle key={index} cx={x(index)} cy={y(share01)} r={2} fill="currentColor" />
      ))}
    </svg>
  );
}

/** How often each rule fired and how often people held it right. */
export function ScoreboardTable() {
  const texts = useTexts(rulesTexts);
  const scores = useQuery({
    queryKey: ['scoreboard'],
    queryFn: () => postJson<{ items: RuleScoreView[] }>('/v1/rules/scoreboard'),
    staleTime: 60_000,
  });
  if (scores.error !== null)
    return (
      <Alert color="red" variant="outline" title={texts.broken}>
        {scores.error.message}
      </Alert>
    );
  if (scores.data === undefined) return <Skeleton height={160} role="status" aria-label={texts.loading} />;
  if (scores.data.items.length === 0) return <Text c="dimmed">{texts.noScores}</Text>;
  return (
    <>
      <Text c="dimmed" mb="sm">
        {texts.scores}
      </Text>
      <Card withBorder p={0}>
        <WideTable
          label={texts.table(texts.scoreboard)}
          minWidth={720}
          columns={[
            texts.rule,
            { title: texts.fired, isNumber: true },
            { title: texts.confirmed, isNumber: true },
            { title: texts.rejected, isNumber: true },
            { title: texts.overturned, isNumber: true },
            texts.precision,
            texts.trend,
          ]}
          isEdged
        >
          {scores.data.items.map(({ ruleId, fired, confirmed, rejected, overturned, precision, weeks, trend }) => (
            <Table.Tr key={ruleId}>
              <Table.Td className="id">{ruleId}</Table.Td>
              <Table.Td ta="right">{fired}</Table.Td>
              <Table.Td ta="right">{confirmed}</Table.Td>
              <Table.Td ta="right">{rejected}</Table.Td>
              <Table.Td ta="right">{overturned}</Table.Td>
              <Table.Td>{tellShare(precision) ?? texts.unjudged}</Table.Td>
              <Table.Td>
                <Trend weeks={weeks} label={`${texts.trend}: ${texts.trends[trend]}`} />
                <Text size="xs" c="dimmed">
                  {texts.trends[trend]}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      </Card>
    </>
  );
}
