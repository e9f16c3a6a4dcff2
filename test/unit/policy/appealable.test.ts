import { describe, expect, it } from 'vitest';
import { type AppealableDecision, appealableUntilMs, whyNotAppealable } from '../../../src/policy/appealable.ts';
import { type DecidedStatus, restoredStatus } from '../../../src/policy/restored-status.ts';
import { NOW_MS } from './policy-fixtures.ts';

describe('a decision', () => {
  const enforcedAtMs = NOW_MS;
  const asked = { appealDays: 183, nowMs: NOW_MS + 1 };
  const decision: AppealableDecision = {
    state: 'IN_FORCE',
    reason: 'CONFIRMED',
    isRuling: false,
    enforcedAtMs,
    caseState: 'APPEALABLE',
    legalIds: ['le-1'],
  };
  const codeOf = (fields: Partial<AppealableDecision>, nowMs = asked.nowMs, legalId = 'le-1') =>
    whyNotAppealable({ ...decision, ...fields }, legalId, { ...asked, nowMs })?.code;

  it('can be appealed by whom it concerns, to the last moment of the time for it', () => {
    const untilMs = appealableUntilMs(enforcedAtMs, asked);
    expect(codeOf({})).toBeUndefined();
    expect(codeOf({ caseState: 'CLOSED' }, untilMs)).toBeUndefined();
    expect(codeOf({ caseState: 'CLOSED' }, untilMs + 1)).toBe('appeal.too-late');
    expect(codeOf({}, asked.nowMs, 'le-2')).toBe('appeal.other-seller');
  });

  it('cannot be appealed where it restricts nothing, is not in force, or is looked at anew', () => {
    const { enforcedAtMs: _enforcedAtMs, ...pending } = decision;
    expect(whyNotAppealable({ ...pending, state: 'PENDING' }, 'le-1', asked)?.code).toBe('appeal.not-possible');
    for (const fields of [
      { state: 'REVERSED' },
      { state: 'PROPOSED' },
      { state: 'UNDONE' },
      { reason: 'NOT_VIOLATION' },
      { isRuling: true },
      { caseState: 'QUEUED' },
      { caseState: 'CLAIMED' },
      { caseState: 'SECOND_REVIEW' },
    ] satisfies Partial<AppealableDecision>[])
      expect(codeOf(fields), JSON.stringify(fields)).toBe('appeal.not-possible');
  });
});

describe('a status that is restored', () => {
  const of = (fields: Partial<DecidedStatus>, now: string) =>
    restoredStatus({ kind: 'LISTING', outcome: 'DISABLE', ...fields }, now);

  it('is what it was before, and live where a machine had held it back', () => {
    expect(of({ statusBefore: 'LIVE', statusAfter: 'REMOVED' }, 'REMOVED')).toBe('LIVE');
    expect(of({ statusBefore: 'HELD', statusAfter: 'REMOVED' }, 'REMOVED')).toBe('LIVE');
    expect(of({ statusBefore: 'HELD', statusAfter: 'LIVE', outcome: 'ALLOW' }, 'LIVE')).toBe('HELD');
    expect(of({ kind: 'SELLER', statusBefore: 'ACTIVE', statusAfter: 'SUSPENDED' }, 'SUSPENDED')).toBe('ACTIVE');
    expect(of({ kind: 'REVIEW', statusBefore: 'NORMAL', statusAfter: 'QUARANTINED' }, 'QUARANTINED')).toBe('CLEARED');
  });

  it('stays what somebody made of it since', () => {
    expect(of({ statusBefore: 'LIVE', statusAfter: 'DISABLED' }, 'REMOVED')).toBe('REMOVED');
    expect(of({ kind: 'SELLER', statusBefore: 'ACTIVE', statusAfter: 'SUSPENDED' }, 'TERMINATED')).toBe('TERMINATED');
    expect(of({ kind: 'RING' }, 'x')).toBe('x');
  });
});
