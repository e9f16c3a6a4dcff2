import type { QueryClient } from '@tanstack/react-query';
import type { CaseSummary, CaseView } from '../../domain/views/case-view.ts';
import type { CaseStep } from '../../domain/views/case-work-view.ts';
import { refreshCases } from '../work-list/refresh-cases.ts';

/** The case as it was read, with what a step has changed of it. */
const withSummary = ({ items, events, seller, appeals, fencingToken }: CaseView, summary: CaseSummary): CaseView => ({
  ...summary,
  fencingToken,
  items,
  events,
  appeals,
  ...(seller === undefined ? {} : { seller }),
});

/** Shows a case as the answer of a step tells it, at once; its events are read again. */
export function adoptStep(client: QueryClient, { case: summary, lease }: CaseStep): void {
  client.setQueryData<CaseView>(['case', summary.id], (known) => {
    if (known === undefined) return known;
    const view = withSummary(known, summary);
    return lease === undefined ? view : { ...view, fencingToken: lease.fencingToken };
  });
  void client.invalidateQueries({ queryKey: ['case', summary.id] });
  // The list is only behind where this reading fails, and the news come to it as well.
  void refreshCases(client, new Set([summary.id])).catch(() => undefined);
}
