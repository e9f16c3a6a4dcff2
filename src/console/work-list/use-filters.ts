import { useAddress } from '../use-address.ts';
import type { CaseFilter } from './read-cases.ts';

/** Names in the address bar of everything that narrows the list. */
export const FILTER_NAMES = ['queue', 'type', 'outcome', 'tier', 'severity', 'holder', 'state', 'overdue'] as const;
type FilterName = (typeof FILTER_NAMES)[number];

/** States of the address bar as the API knows them. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  waiting: ['OPEN', 'TRIAGED', 'QUEUED'],
  secondReview: ['PROPOSED', 'SECOND_REVIEW', 'ADJUDICATION'],
  awaitingInfo: ['AWAITING_INFO'],
  decided: ['DECIDED', 'ENFORCING', 'NOTIFIED', 'APPEALABLE', 'CLOSED'],
};
export const STATE_NAMES = ['waiting', 'secondReview', 'awaitingInfo', 'decided'] as const;

/** The filters of the address bar: as they stand there, and as the API takes them. */
export function useFilters(): {
  readonly chosen: Readonly<Record<FilterName, string | undefined>>;
  readonly isFiltered: boolean;
  readonly filter: CaseFilter;
} {
  const [queue] = useAddress('queue');
  const [type] = useAddress('type');
  const [outcome] = useAddress('outcome');
  const [tier] = useAddress('tier');
  const [severity] = useAddress('severity');
  const [holder] = useAddress('holder');
  const [state] = useAddress('state');
  const [overdue] = useAddress('overdue');
  const chosen = { queue, type, outcome, tier, severity, holder, state, overdue };
  return {
    chosen,
    isFiltered: Object.values(chosen).some((value) => value !== undefined),
    filter: {
      queue,
      violationType: type,
      outcome,
      tier,
      severity,
      holder,
      state: state === undefined ? undefined : STATES[state],
      isOverdue: overdue === undefined ? undefined : 'true',
    },
  };
}

/** Changes of the address that take every filter out. */
export const NO_FILTERS: Readonly<Record<string, undefined>> = Object.fromEntries(
  [...FILTER_NAMES, 'case'].map((name) => [name, undefined]),
);
