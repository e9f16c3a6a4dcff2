import type { CaseState } from '../domain/case.ts';
import type { DecisionReason } from '../domain/decision.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { CaseDecisionView } from '../domain/views/made-decision-view.ts';

/** What it depends on whether a seller may appeal against a decision. */
export interface AppealableDecision {
  readonly state: CaseDecisionView['state'];
  readonly reason: DecisionReason;
  /** The decision is itself the ruling on an appeal. */
  readonly isRuling: boolean;
  /** When it took effect; absent where it has not. */
  readonly enforcedAtMs?: number;
  readonly caseState: CaseState;
  /** Legal entities that it concerns: whose items it judged, and in whose ledgers it booked. */
  readonly legalIds: readonly string[];
}

const DAY_MS = 86_400_000;

/** States of the case in which nobody looks at the decision again. */
const SETTLED: ReadonlySet<CaseState> = new Set(['NOTIFIED', 'APPEALABLE', 'CLOSED']);

/** Until when a decision that took effect then can be appealed. */
export const appealableUntilMs = (enforcedAtMs: number, { appealDays }: { readonly appealDays: number }): number =>
  enforcedAtMs + appealDays * DAY_MS;

/** Why a seller cannot appeal against a decision; undefined where it can. Source: DSA Art. 20(1), six months. */
export function whyNotAppealable(
  decision: AppealableDecision,
  legalId: string,
  { appealDays, nowMs }: { readonly appealDays: number; readonly nowMs: number },
): { readonly code: ErrorCode; readonly message: string } | undefined {
  const { state, reason, enforcedAtMs, isRuling, caseState } = decision;
  if (!decision.legalIds.includes(legalId))
    return { code: 'appeal.other-seller', message: 'This decision is about nothing of this seller.' };
  const not = (message: string) => ({ code: 'appeal.not-possible' as const, message });
  if (state === 'REVERSED') return not('The decision was reversed already: nothing of it is in force.');
  if (state !== 'IN_FORCE' || enforcedAtMs === undefined) return not('The decision is not in force.');
  if (isRuling) return not('The decision is the ruling on an appeal: from here the way is out of court.');
  if (reason !== 'CONFIRMED') return not('The decision found no violation, so it restricts nothing.');
  const untilMs = appealableUntilMs(enforcedAtMs, { appealDays });
  if (nowMs > untilMs)
    return {
      code: 'appeal.too-late',
      message: `The decision could be appealed until ${new Date(untilMs).toISOString()}.`,
    };
  if (!SETTLED.has(caseState))
    return not('The case of the decision was opened again: what comes of that can be appealed.');
  return undefined;
}
