import { type CaseEvent, type CaseMoment, moveCase } from '../../domain/case.ts';
import { AppError } from '../../domain/errors.ts';
import type { CaseStep, LeaseView } from '../../domain/views/case-work-view.ts';
import type { CaseworkSettings } from '../../policy/casework-settings.ts';
import type { Clock } from '../ports.ts';
import type { CaseChange, CaseHappening, CaseStore, ChangedCase, LockedCase, StoredCase } from './case-store.ts';
import { isWithin, type Reviewer } from './reviewer.ts';

export interface CaseworkPorts {
  readonly cases: CaseStore;
  /** The published rules, asked for anew each time. */
  readonly settings: () => CaseworkSettings;
  readonly clock: Clock;
}

/** The lease of a case as its holder is told. */
export function leaseOf({ summary, stored }: ChangedCase): LeaseView | undefined {
  const { lease } = stored.moment;
  if (lease === undefined) return undefined;
  return {
    holderId: lease.holderId,
    holderName: summary.leaseHolderName ?? lease.holderId,
    fencingToken: lease.fencingToken,
    until: new Date(lease.untilMs).toISOString(),
    ...(summary.holdReason === undefined ? {} : { holdReason: summary.holdReason }),
  };
}

/** The answer of a step: whoever is not the holder is not told the token. */
export function toStep(changed: ChangedCase, reviewer: Reviewer): CaseStep {
  const lease = leaseOf(changed);
  return { case: changed.summary, ...(lease?.holderId === reviewer.id ? { lease } : {}) };
}

export const missingCase = (id: string): AppError => new AppError('resource.not-found', `There is no case “${id}”.`);

/** A case out of reach is as unknown as one that is not there. */
export function assertWithin(reviewer: Reviewer, current: StoredCase): void {
  if (!isWithin(reviewer.reach, current)) throw missingCase(current.id);
}

/**
 * The case after an event.
 *
 * @throws AppError `case.not-held`, `case.lease-lapsed`, `case.same-person`, `case.not-allowed`
 */
export function moved(moment: CaseMoment, event: CaseEvent): CaseMoment {
  const move = moveCase(moment, event);
  if (move.kind === 'moved') return move.moment;
  switch (move.reason) {
    case 'NOT_THE_HOLDER':
      throw new AppError('case.not-held', move.why);
    case 'LEASE_LAPSED':
      throw new AppError('case.lease-lapsed', move.why);
    case 'SAME_PERSON':
      throw new AppError('case.same-person', move.why);
    case 'NOT_ALLOWED_HERE':
    case 'LEASE_STILL_RUNS':
    case 'ALREADY_HELD':
      throw new AppError('case.not-allowed', move.why);
    default:
      return move.reason satisfies never;
  }
}

const TOLD_CODES: ReadonlySet<string> = new Set(['case.not-held', 'case.lease-lapsed', 'case.not-allowed']);

/**
 * Runs a step on a case. A refusal tells what happened since the caller's claim and how the case stands, so that a page
 * that has slept can show it.
 */
export async function stepCase(
  { cases, clock }: Pick<CaseworkPorts, 'cases' | 'clock'>,
  step: { readonly id: string; readonly reviewer: Reviewer; readonly fencingToken?: number },
  work: (current: LockedCase, nowMs: number) => CaseChange,
): Promise<ChangedCase> {
  const nowMs = clock.nowMs();
  let seen: StoredCase | undefined;
  try {
    const changed = await cases.change(
      step.id,
      (current) => {
        assertWithin(step.reviewer, current);
        seen = current;
        return work(current, nowMs);
      },
      nowMs,
    );
    if (changed === undefined) throw missingCase(step.id);
    return changed;
  } catch (fault) {
    if (!(fault instanceof AppError) || !TOLD_CODES.has(fault.code) || seen === undefined) throw fault;
    const since = await cases.since(step.id, step.fencingToken ?? 0);
    const state = { state: seen.moment.state, queue: seen.queue, leaseHolder: seen.moment.lease?.holderId };
    throw new AppError(fault.code, fault.message, {
      members: { since: since.slice(-50), case: { id: step.id, ...state } },
    });
  }
}

/** Something that happened to a case, with who did it. */
export const happening = (
  type: string,
  actor: string,
  payload: Readonly<Record<string, unknown>> = {},
): CaseHappening => ({
  type,
  actor,
  payload,
});
