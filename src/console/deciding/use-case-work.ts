import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { CaseStep } from '../../domain/views/case-work-view.ts';
import { ApiFault, postJson } from '../api.ts';
import { usePerson } from '../use-person.ts';
import { adoptStep } from './adopt-step.ts';

/** The claim under which this person works on a case. */
export interface Hold {
  readonly fencingToken: number;
  readonly untilMs: number;
  readonly reason?: string;
}

/** Why a write was refused: the case is not as this page showed it. */
export interface Refusal {
  readonly message: string;
  readonly since: readonly { readonly at?: string; readonly type: string; readonly actor: string }[];
}

/** Steps that anybody may take whoever holds the case; the API refuses a token with them. */
const TOKENLESS: ReadonlySet<string> = new Set(['note', 'info', 'reassign', 'reopen']);

const RENEW_EVERY_MS = 60_000;
/** A claim of ten minutes is renewed once so much of it is gone. */
const RENEW_BELOW_MS = 8 * 60_000;
/** Without a key or a movement for so long nobody sits there, and the case goes back. */
const AWAY_AFTER_MS = 4 * 60_000;

let lastActiveMs = Date.now();
for (const type of ['keydown', 'pointermove', 'pointerdown', 'wheel'])
  window.addEventListener(type, () => (lastActiveMs = Date.now()), { passive: true });

/** What the server's refusal tells of a case that has moved on; undefined for every other fault. */
export function refusalOf(fault: unknown): Refusal | undefined {
  if (!(fault instanceof ApiFault) || !fault.code.startsWith('case.')) return undefined;
  const since = Array.isArray(fault.problem['since']) ? (fault.problem['since'] as Refusal['since']) : [];
  return { message: fault.message, since };
}

/** The person's own hold of a case, if there is one. */
export function holdOf(view: CaseView, personId: string): Hold | undefined {
  if (view.leaseHolder !== personId || view.leaseUntil === undefined) return undefined;
  return {
    fencingToken: view.fencingToken,
    untilMs: Date.parse(view.leaseUntil),
    ...(view.holdReason === undefined ? {} : { reason: view.holdReason }),
  };
}

export interface CaseWork {
  readonly hold: Hold | undefined;
  readonly isBusy: boolean;
  readonly fault: Error | null;
  readonly refusal: Refusal | undefined;
  readonly claim: () => Promise<CaseStep>;
  /** A step of the case's work, by the last part of its address; the fencing token is put in where one is asked for. */
  readonly step: (name: string, body?: Readonly<Record<string, unknown>>) => Promise<CaseStep>;
  readonly forget: () => void;
}

/** Claiming a case, keeping the claim alive while somebody works, and every step that is no decision. */
export function useCaseWork(view: CaseView): CaseWork {
  const client = useQueryClient();
  const { person } = usePerson();
  const hold = holdOf(view, person.id);
  const [fault, setFault] = useState<Error | null>(null);
  const mutation = useMutation({
    mutationFn: ({ name, body }: { name: string; body: Readonly<Record<string, unknown>> }) =>
      postJson<CaseStep>(`/v1/cases/${encodeURIComponent(view.id)}/${name}`, body),
    onMutate: () => setFault(null),
    onSuccess: (step) => adoptStep(client, step),
    onError: (problem) => {
      setFault(problem);
      void client.invalidateQueries({ queryKey: ['case', view.id] });
    },
  });
  const { mutateAsync } = mutation;
  const token = hold?.fencingToken;
  const untilMs = hold?.untilMs;
  useEffect(() => {
    if (token === undefined || untilMs === undefined) return undefined;
    const timer = setInterval(() => {
      const nowMs = Date.now();
      const isThere = document.visibilityState === 'visible' && nowMs - lastActiveMs < AWAY_AFTER_MS;
      const leftMs = untilMs - nowMs;
      if (isThere && leftMs > 0 && leftMs < RENEW_BELOW_MS)
        mutateAsync({ name: 'renew', body: { fencingToken: token } }).catch(() => undefined);
    }, RENEW_EVERY_MS);
    return () => clearInterval(timer);
  }, [token, untilMs, mutateAsync]);
  return {
    hold,
    isBusy: mutation.isPending,
    fault,
    refusal: refusalOf(fault),
    claim: () => mutateAsync({ name: 'claim', body: {} }),
    step: (name, body = {}) =>
      mutateAsync({ name, body: token === undefined || TOKENLESS.has(name) ? body : { fencingToken: token, ...body } }),
    forget: () => setFault(null),
  };
}
