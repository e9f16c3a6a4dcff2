import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CaseQueueView } from '../../domain/views/case-work-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { dashboardTexts } from '../texts/dashboard-texts.ts';
import { changeAddress } from '../use-address.ts';
import { tellCountry, tellQueue } from '../wording.ts';

const PERIODS = [7, 14, 30, 90] as const;

/** A choice that stands for none. */
export const emptyAsAbsent = (value: string): string | undefined => (value === '' ? undefined : value);

interface DashboardFilterProps {
  readonly days: string;
  /** Empty: every queue, every market. */
  readonly queue: string;
  readonly market: string;
  /** Markets to choose from. */
  readonly markets: readonly string[];
}

/** Of which time, queue and market the figures are; kept in the address bar. */
export function DashboardFilter({ days, queue, market, markets }: DashboardFilterProps) {
  const texts = useTexts(dashboardTexts);
  const known = useQuery({
    queryKey: ['case-queues'],
    queryFn: () => callApi<{ items: readonly CaseQueueView[] }>('/v1/case-queues'),
  });
  // What is chosen stays in the list, though nothing of it may be left.
  const queues = [...new Set([...(known.data?.items.map(({ name }) => name) ?? []), queue])].filter(
    (one) => one !== '',
  );
  const allMarkets = [...new Set([...markets, market])].filter((one) => one !== '');
  return (
    <>
      <NativeSelect
        size="xs"
        label={texts.days}
        value={days}
        onChange={(event) => changeAddress({ days: event.currentTarget.value })}
        data={PERIODS.map((value) => ({ value: String(value), label: texts.lastDays(value) }))}
      />
      <NativeSelect
        size="xs"
        label={texts.queue}
        value={queue}
        onChange={(event) => changeAddress({ queue: emptyAsAbsent(event.currentTarget.value) })}
        data={[
          { value: '', label: texts.everyQueue },
          ...queues.map((name) => ({ value: name, label: tellQueue(name) })),
        ]}
      />
      <NativeSelect
        size="xs"
        label={texts.market}
        value={market}
        onChange={(event) => changeAddress({ market: emptyAsAbsent(event.currentTarget.value) })}
        data={[
          { value: '', label: texts.everyMarket },
          ...allMarkets.map((code) => ({ value: code, label: tellCountry(code) })),
        ]}
      />
    </>
  );
}
