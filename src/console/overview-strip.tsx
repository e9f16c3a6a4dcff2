import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { statsQuery } from './page-header.tsx';
import { changeAddress, useAddress } from './use-address.ts';
import { tellOutcome, tellQueue, tellTier, tellViolation } from './wording.ts';

const TEXTS = {
  label: 'Overview of flagged items',
  type: 'Reason',
  queue: 'Queue',
  outcome: 'Now',
  tier: 'Seller',
  clear: 'Show all',
} as const;

/** Open cases by queue, reason, outcome and tier of the seller: each figure shows the cases behind it alone. */
export function OverviewStrip() {
  const { data: stats } = useQuery(statsQuery);
  const [queue] = useAddress('queue');
  const [type] = useAddress('type');
  const [outcome] = useAddress('outcome');
  const [tier] = useAddress('tier');
  const isFiltered = [queue, type, outcome, tier].some((value) => value !== undefined);
  const facets = [
    { name: 'type', label: TEXTS.type, chosen: type, counts: stats?.openCasesByType, tell: tellViolation },
    { name: 'queue', label: TEXTS.queue, chosen: queue, counts: stats?.openCasesByQueue, tell: tellQueue },
    { name: 'outcome', label: TEXTS.outcome, chosen: outcome, counts: stats?.openCasesByOutcome, tell: tellOutcome },
    { name: 'tier', label: TEXTS.tier, chosen: tier, counts: stats?.openCasesByTier, tell: tellTier },
  ];
  return (
    <section className="overview" aria-label={TEXTS.label} tabIndex={0} data-scrolls>
      {facets.map(({ name, label, chosen, counts, tell }) => (
        <div key={name} className="facets" role="group" aria-label={label}>
          <span className="facet-label">{label}</span>
          {withChosen(counts, chosen).map(([value, count]) => (
            <UnstyledButton
              key={value}
              className="facet"
              aria-pressed={value === chosen}
              onClick={() => changeAddress({ [name]: value === chosen ? undefined : value, case: undefined })}
            >
              {tell(value)} <b>{count}</b>
            </UnstyledButton>
          ))}
        </div>
      ))}
      {isFiltered && (
        <UnstyledButton
          className="facet"
          onClick={() =>
            changeAddress({ queue: undefined, type: undefined, outcome: undefined, tier: undefined, case: undefined })
          }
        >
          ✕ {TEXTS.clear}
        </UnstyledButton>
      )}
    </section>
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
