import { Button, Group, NativeSelect, Popover, Stack, Switch, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Severity } from '../../domain/violation.ts';
import { useTexts } from '../language/use-language.ts';
import { statsQuery } from '../page-header.tsx';
import { queueTexts } from '../texts/queue-texts.ts';
import { changeAddress } from '../use-address.ts';
import { tellOutcome, tellQueue, tellSeverity, tellTier, tellViolation } from '../wording.ts';
import { NO_FILTERS, STATE_NAMES, useFilters } from './use-filters.ts';

/** Gravest first. Written out, because the schema would bring its whole library to the browser. */
const SEVERITIES: readonly Severity[] = ['S4', 'S3', 'S2', 'S1', 'S0'];

/** Open cases by queue, reason, outcome and tier of the seller: each figure shows the cases behind it alone. */
export function OverviewStrip() {
  const texts = useTexts(queueTexts);
  const { data: stats } = useQuery(statsQuery);
  const { chosen, isFiltered } = useFilters();
  const facets = [
    { name: 'type', chosen: chosen.type, counts: stats?.openCasesByType, tell: tellViolation },
    { name: 'queue', chosen: chosen.queue, counts: stats?.openCasesByQueue, tell: tellQueue },
    { name: 'outcome', chosen: chosen.outcome, counts: stats?.openCasesByOutcome, tell: tellOutcome },
    { name: 'tier', chosen: chosen.tier, counts: stats?.openCasesByTier, tell: tellTier },
  ] as const;
  return (
    <section className="overview" aria-label={texts.overview} tabIndex={0} data-scrolls>
      {facets.map(({ name, chosen: value, counts, tell }) => (
        <div key={name} className="facets" role="group" aria-label={texts.facets[name]}>
          <span className="facet-label">{texts.facets[name]}</span>
          {withChosen(counts, value).map(([one, count]) => (
            <UnstyledButton
              key={one}
              className="facet"
              aria-pressed={one === value}
              onClick={() => changeAddress({ [name]: one === value ? undefined : one, case: undefined })}
            >
              {tell(one)} <b>{count}</b>
            </UnstyledButton>
          ))}
        </div>
      ))}
      <Group gap={6}>
        <MoreFilters />
        {isFiltered && (
          <UnstyledButton className="facet" onClick={() => changeAddress(NO_FILTERS)}>
            ✕ {texts.showAll}
          </UnstyledButton>
        )}
      </Group>
    </section>
  );
}

function MoreFilters() {
  const texts = useTexts(queueTexts);
  const { chosen } = useFilters();
  const count = [chosen.severity, chosen.holder, chosen.state, chosen.overdue].filter(Boolean).length;
  const choose = (name: string, value: string): void =>
    changeAddress({ [name]: value === '' ? undefined : value, case: undefined });
  return (
    <Popover position="bottom-start" trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button variant="default" size="compact-xs" h={26} radius="xl">
          {texts.more}
          {count > 0 && ` (${count})`} ▾
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.more}>
        <Stack gap="sm" w={240}>
          <NativeSelect
            label={texts.severity}
            value={chosen.severity ?? ''}
            onChange={(event) => choose('severity', event.currentTarget.value)}
            data={[
              { value: '', label: texts.any },
              ...SEVERITIES.map((value) => ({ value, label: tellSeverity(value) })),
            ]}
          />
          <NativeSelect
            label={texts.state}
            value={chosen.state ?? ''}
            onChange={(event) => choose('state', event.currentTarget.value)}
            data={[
              { value: '', label: texts.any },
              ...STATE_NAMES.map((value) => ({ value, label: texts.states[value] })),
            ]}
          />
          <NativeSelect
            label={texts.holder}
            value={chosen.holder ?? ''}
            onChange={(event) => choose('holder', event.currentTarget.value)}
            data={[
              { value: '', label: texts.any },
              { value: 'me', label: texts.mine },
            ]}
          />
          <Switch
            label={texts.overdue}
            checked={chosen.overdue !== undefined}
            onChange={(event) => choose('overdue', event.currentTarget.checked ? 'yes' : '')}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Greatest count first. What is chosen stays to be seen when its last case is gone, so that it can be let go. */
function withChosen(
  counts: Readonly<Record<string, number>> = {},
  chosen: string | undefined,
): readonly (readonly [string, number])[] {
  const known = Object.entries(counts).toSorted(([, left], [, right]) => right - left);
  return chosen === undefined || chosen in counts ? known : [...known, [chosen, 0]];
}
