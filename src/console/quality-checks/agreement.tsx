import { Badge, Card, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgreementRow, AgreementView } from '../../domain/views/quality-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { tellViolation } from '../wording.ts';

const PERIODS = [30, 90, 365] as const;
/** Two standard errors to each side hold the truth in 95 of 100 cases. */
const ERRORS_SHOWN = 1.96;

/** How well two people who judge the same case agree, beyond what chance would give. */
export function Agreement() {
  const texts = useTexts(qualityTexts);
  const [days, setDays] = useState('90');
  const { data, error } = useQuery({
    queryKey: ['agreement', days],
    queryFn: () => callApi<AgreementView>(`/v1/quality/agreement?days=${days}`),
  });
  return (
    <Card withBorder component="section" aria-label={texts.agreement}>
      <Group justify="space-between">
        <Title order={3} size="h5">
          {texts.agreement}
        </Title>
        <NativeSelect
          size="xs"
          aria-label={texts.days}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={PERIODS.map((value) => ({ value: String(value), label: texts.lastDays(value) }))}
        />
      </Group>
      <Text size="sm" c="dimmed" maw={720}>
        {texts.kappaHint}
      </Text>
      {error !== null && <Text size="sm">{error.message}</Text>}
      {data !== undefined && (
        <Stack gap="md" mt="sm">
          <Text size="sm">{texts.waiting(data.waiting)}</Text>
          <KappaRows title={texts.overall} rows={[{ ...data.overall, title: texts.overall }]} />
          <KappaRows
            title={texts.byType}
            rows={data.byViolationType.map((row) => ({ ...row, title: tellViolation(row.key) }))}
          />
          <KappaRows title={texts.byReviewer} rows={data.byReviewer} />
          <div>
            <Title order={4} size="h6">
              {texts.golden}
            </Title>
            {data.golden.length === 0 && <Text size="sm">{texts.goldenNone}</Text>}
            {data.golden.map(({ personId, name, looks, correct }) => (
              <Text size="sm" key={personId}>
                {name}: {texts.goldenRight(correct, looks)}
              </Text>
            ))}
          </div>
        </Stack>
      )}
    </Card>
  );
}

function KappaRows({ title, rows }: { readonly title: string; readonly rows: readonly AgreementRow[] }) {
  const texts = useTexts(qualityTexts);
  const told = rows.filter(({ pairs }) => pairs > 0);
  return (
    <div>
      <Title order={4} size="h6">
        {title}
      </Title>
      {told.length === 0 && <Text size="sm">{texts.none}</Text>}
      <table className="bar-rows">
        <caption className="for-ears">{title}</caption>
        <tbody>
          {told.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.title}</th>
              <td>
                <KappaRange row={row} />
              </td>
              <td className="bar-told">
                {row.kappa === undefined ? '–' : `κ ${row.kappa.toFixed(2)}`} · {texts.pairs(row.agreed, row.pairs)}{' '}
                {row.isAlarming && (
                  <Badge color="red.9" variant="filled" tt="none">
                    {texts.alarm}
                  </Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A point at kappa with the range in which it probably lies, on a scale from 0 to 1. */
function KappaRange({ row: { kappa, standardError = 0 } }: { readonly row: AgreementRow }) {
  if (kappa === undefined) return null;
  const within = (value: number): number => 100 * Math.min(1, Math.max(0, value));
  const low = within(kappa - ERRORS_SHOWN * standardError);
  const high = within(kappa + ERRORS_SHOWN * standardError);
  return (
    <svg className="kappa-range" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden>
      <line className="grid" x1="0" x2="100" y1="6" y2="6" />
      <line className="range" x1={low} x2={Math.max(high, low + 0.5)} y1="6" y2="6" />
      <rect className="point" x={within(kappa) - 0.7} width="1.4" y="1" height="10" />
    </svg>
  );
}
