import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { StreamEvent, StreamEventType } from '../../domain/views/stream-view.ts';
import { refreshCases } from './refresh-cases.ts';

/** Many events in a row lead to one reading. */
const GATHER_MS = 400;

/** Written out, because the schema would bring its whole library to the browser; the type asks for every one. */
const EVENT_TYPES: Readonly<Record<StreamEventType, true>> = {
  'case.opened': true,
  'case.changed': true,
  'case.claimed': true,
  'case.released': true,
  'case.escalated': true,
  'case.proposed': true,
  'case.decided': true,
  'case.undone': true,
  'case.reversed': true,
  'case.closed': true,
};

/** Follows the server's stream of events, and marks what they touch as out of date. Tells whether the line stands. */
export function useLiveCases(): boolean {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const source = new EventSource('/v1/stream');
    const gathered = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (caseId?: string): void => {
      if (caseId !== undefined) gathered.add(caseId);
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh(client, new Set(gathered));
        gathered.clear();
      }, GATHER_MS);
    };
    source.addEventListener('open', () => setLive(true));
    source.addEventListener('error', () => setLive(false));
    source.addEventListener('reset', () => tell());
    for (const type of Object.keys(EVENT_TYPES))
      source.addEventListener(type, (event: MessageEvent<string>) =>
        tell((JSON.parse(event.data) as StreamEvent).caseId),
      );
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client]);
  return isLive;
}

function refresh(client: QueryClient, caseIds: ReadonlySet<string>): void {
  // The line is there again soon enough where this reading fails.
  void refreshCases(client, caseIds).catch(() => undefined);
  for (const id of caseIds) {
    void client.invalidateQueries({ queryKey: ['case', id] });
    void client.invalidateQueries({ queryKey: ['case-decisions', id] });
  }
}
