import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { DecisionAnswer } from '../../domain/views/case-decision-view.ts';
import { ApiFault, postJson } from '../api.ts';
import { adoptStep } from './adopt-step.ts';
import type { DecisionDraft } from './decision-draft.ts';
import { refusalOf, type Refusal } from './use-case-work.ts';

/** The decision that was taken last, from the key until it cannot be undone. */
export interface RecentDecision {
  readonly caseId: string;
  /** What was decided, in words. */
  readonly what: string;
  readonly state: 'STORING' | 'PENDING' | 'PROPOSED' | 'UNDOING' | 'UNDONE' | 'FAILED';
  readonly decisionId?: string;
  readonly undoUntilMs?: number;
  readonly fault?: string;
  readonly refusal?: Refusal | undefined;
}

let recent: RecentDecision | undefined;
/** Undo was asked for before the decision was stored. */
let isUndoWanted = false;
const listeners = new Set<() => void>();

function show(next: RecentDecision | undefined): void {
  recent = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The latest decision, for the bar that can take it back. */
export const useRecentDecision = (): RecentDecision | undefined => useSyncExternalStore(subscribe, () => recent);

/** Puts the bar away. */
export const forgetRecent = (): void => show(undefined);

const pathOf = (caseId: string, name: string): string => `/v1/cases/${encodeURIComponent(caseId)}/${name}`;

interface TakenDecision {
  readonly view: CaseView;
  readonly fencingToken: number;
  readonly draft: DecisionDraft;
  readonly what: string;
  /** An adjudication ends a disagreement; everything else is decided. */
  readonly name: 'decide' | 'adjudicate';
}

/** Stores a decision while the page goes on; what becomes of it is told by `useRecentDecision`. */
export async function takeDecision(client: QueryClient, taken: TakenDecision): Promise<void> {
  const { view, fencingToken, draft, what, name } = taken;
  isUndoWanted = false;
  show({ caseId: view.id, what, state: 'STORING' });
  try {
    const answer = await postJson<DecisionAnswer>(pathOf(view.id, name), { fencingToken, decision: draft });
    tellStored(client, answer, what);
    if (isUndoWanted) await undoRecent(client);
  } catch (fault) {
    // Who may not decide is told so; nothing has happened to the case.
    const refusal = isAboutWho(fault) ? undefined : refusalOf(fault);
    show({ caseId: view.id, what, state: 'FAILED', fault: (fault as Error).message, refusal });
    readAgain(client, view.id);
  }
}

/** Shows the answer of a decision or of a second look, and when it can still be undone. */
export function tellStored(client: QueryClient, answer: DecisionAnswer, what: string): void {
  const { case: summary, decision } = answer;
  adoptStep(client, answer);
  readAgain(client, summary.id);
  const { undoUntil, decidedAt } = decision;
  // By the server's clock for as long as it gives, counted from now on this one.
  const undoUntilMs = undoUntil === undefined ? undefined : Date.now() + Date.parse(undoUntil) - Date.parse(decidedAt);
  show({
    caseId: summary.id,
    what,
    state: decision.state === 'PROPOSED' ? 'PROPOSED' : 'PENDING',
    decisionId: decision.id,
    ...(undoUntilMs === undefined ? {} : { undoUntilMs }),
  });
}

/** Takes the latest decision back while that is possible. Gives the id of the case that is the person's again. */
export async function undoRecent(client: QueryClient): Promise<string | undefined> {
  const last = recent;
  if (last === undefined) return undefined;
  if (last.state === 'STORING') {
    isUndoWanted = true;
    return last.caseId;
  }
  if ((last.state !== 'PENDING' && last.state !== 'PROPOSED') || last.decisionId === undefined) return undefined;
  show({ ...last, state: 'UNDOING' });
  try {
    const answer = await postJson<DecisionAnswer>(pathOf(last.caseId, 'undo'), { decisionId: last.decisionId });
    adoptStep(client, answer);
    readAgain(client, last.caseId);
    show({ caseId: last.caseId, what: last.what, state: 'UNDONE' });
    return last.caseId;
  } catch (fault) {
    show({ ...last, state: 'FAILED', fault: (fault as Error).message });
    return undefined;
  }
}

const isAboutWho = (fault: unknown): boolean =>
  fault instanceof ApiFault && (fault.code === 'case.person-needed' || fault.code === 'case.same-person');

function readAgain(client: QueryClient, caseId: string): void {
  for (const queryKey of [['case', caseId], ['case-decisions', caseId], ['cases'], ['stats']])
    void client.invalidateQueries({ queryKey });
}
