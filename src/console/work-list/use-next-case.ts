import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { CaseStep, NextCase } from '../../domain/views/case-work-view.ts';
import { postJson } from '../api.ts';
import { adoptStep } from '../deciding/adopt-step.ts';
import { caseQuery, fetchPictures } from './read-cases.ts';

/** What the API takes of cases that are not wanted again. */
const MAX_SKIPPED = 200;
/** How often an empty queue is asked again. */
const LOOK_AGAIN_MS = 10_000;

interface SittingState {
  readonly currentId: string | undefined;
  /** ASKING while the claim is on its way; the case may be on the screen already. */
  readonly state: 'ASKING' | 'CLAIMED' | 'EMPTY';
  readonly withOthers: number;
  /** The case that was shown ahead went to a colleague. */
  readonly wasTaken: boolean;
  readonly doneCount: number;
  readonly fault: Error | null;
}

export interface Sitting extends SittingState {
  /** Goes on to the next case: after a decision, past this one, or to look whether one has come. */
  readonly advance: (why: 'decided' | 'skip' | 'look') => void;
  /** Shows the case that was worked on before. */
  readonly goBack: () => void;
  readonly show: (caseId: string) => void;
}

const START: SittingState = {
  currentId: undefined,
  state: 'ASKING',
  withOthers: 0,
  wasTaken: false,
  doneCount: 0,
  fault: null,
};

/**
 * Works through a queue. The case after the present one is loaded with its pictures while the present one is read, and
 * shown at the key; the claim follows and is right most of the time. Where a colleague was quicker, theirs it stays.
 */
export function useNextCase(queue: string): Sitting {
  const client = useQueryClient();
  const [shown, setShown] = useState(START);
  const upcomingId = useRef<string>(undefined);
  const seen = useRef<string[]>([]);
  const currentId = useRef<string>(undefined);
  const inOrder = useRef<Promise<void>>(Promise.resolve());

  const put = useCallback((changes: Partial<SittingState>): void => {
    if ('currentId' in changes) currentId.current = changes.currentId;
    setShown((known) => ({ ...known, ...changes }));
  }, []);

  const ask = useCallback(
    async (preferId: string | undefined): Promise<void> => {
      try {
        const next = await postJson<NextCase>(`/v1/queues/${encodeURIComponent(queue)}/next`, {
          ...(preferId === undefined ? {} : { preferId }),
          skipIds: seen.current.filter((id) => id !== preferId).slice(-MAX_SKIPPED),
        });
        if (next.kind === 'empty') {
          put({ currentId: undefined, state: 'EMPTY', withOthers: next.withOthers });
          return;
        }
        await adoptClaim(client, { case: next.case, lease: next.lease });
        const wasTaken = preferId !== undefined && preferId !== next.case.id;
        put({ currentId: next.case.id, state: 'CLAIMED', wasTaken });
        upcomingId.current = next.upcomingId;
        if (next.upcomingId !== undefined)
          void client.fetchQuery(caseQuery(next.upcomingId)).then(fetchPictures, () => undefined);
      } catch (fault) {
        put({ fault: fault as Error, state: 'EMPTY', currentId: undefined });
      }
    },
    [client, queue, put],
  );

  const advance = useCallback(
    (why: 'decided' | 'skip' | 'look'): void => {
      if (why !== 'look' && currentId.current !== undefined) seen.current.push(currentId.current);
      const ahead = why === 'look' ? undefined : upcomingId.current;
      upcomingId.current = undefined;
      const isThere = ahead !== undefined && client.getQueryData(['case', ahead]) !== undefined;
      put({ state: 'ASKING', fault: null, wasTaken: false, currentId: isThere ? ahead : undefined });
      if (why === 'decided') setShown((known) => ({ ...known, doneCount: known.doneCount + 1 }));
      inOrder.current = inOrder.current.then(() => ask(ahead));
    },
    [ask, client, put],
  );

  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    advance('look');
  }, [advance]);
  useEffect(() => {
    if (shown.state !== 'EMPTY' || shown.fault !== null) return undefined;
    const timer = setInterval(() => advance('look'), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [shown.state, shown.fault, advance]);

  const show = useCallback(
    (caseId: string): void => put({ currentId: caseId, state: 'CLAIMED', wasTaken: false }),
    [put],
  );
  return {
    ...shown,
    advance,
    show,
    goBack: () => {
      const before = seen.current.at(-1);
      if (before !== undefined) show(before);
    },
  };
}

/** The claimed case as the page shows it: read where it was not loaded ahead, and marked as this person's. */
async function adoptClaim(client: ReturnType<typeof useQueryClient>, step: CaseStep): Promise<void> {
  if (client.getQueryData<CaseView>(['case', step.case.id]) === undefined) {
    await client.fetchQuery(caseQuery(step.case.id));
    return;
  }
  adoptStep(client, step);
}
