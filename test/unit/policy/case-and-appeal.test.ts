import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APPEAL_MOVES,
  type AppealMoment,
  appealRuling,
  appealState,
  moveAppeal,
  settleAppeal,
} from '../../../src/domain/appeal.ts';
import {
  CASE_LEASE_MS,
  CASE_MOVES,
  caseState,
  type CaseEvent,
  caseEventType,
  type CaseMoment,
  caseMoment,
  moveCase,
} from '../../../src/domain/case.ts';
import { queuePriority } from '../../../src/policy/queue-priority.ts';
import { NOW_MS, shippedRuleset } from './policy-fixtures.ts';

const queued: CaseMoment = { state: 'QUEUED', level: 1, lastFencingToken: 0 };

const moved = (moment: CaseMoment, event: Omit<CaseEvent, 'atMs'> & { atMs?: number }): CaseMoment => {
  const move = moveCase(moment, { atMs: NOW_MS, ...event });
  if (move.kind === 'refused') throw new Error(`${move.reason}: ${move.why}`);
  return move.moment;
};

describe('a case', () => {
  const claimed = moved(queued, { type: 'CLAIM', byId: 'ann' });

  it('is claimed for ten minutes, renewed by a heartbeat, and given back when its reviewer goes silent', () => {
    expect(claimed.lease).toEqual({ holderId: 'ann', fencingToken: 1, untilMs: NOW_MS + CASE_LEASE_MS });
    const later = NOW_MS + CASE_LEASE_MS - 1;
    const renewed = moved(claimed, { type: 'HEARTBEAT', byId: 'ann', fencingToken: 1, atMs: later });
    expect(renewed.lease?.untilMs).toBe(later + CASE_LEASE_MS);
    expect(moveCase(claimed, { type: 'LEASE_LAPSED', byId: 'system', atMs: NOW_MS + 1 })).toMatchObject({
      reason: 'LEASE_STILL_RUNS',
    });
    const lapsed = moved(claimed, { type: 'LEASE_LAPSED', byId: 'system', atMs: NOW_MS + CASE_LEASE_MS + 1 });
    expect(lapsed).toMatchObject({ state: 'QUEUED', lastFencingToken: 1 });
    expect(lapsed).not.toHaveProperty('lease');
  });

  it('takes no decision of somebody whose claim has passed to another', () => {
    const lapsed = moved(claimed, { type: 'LEASE_LAPSED', byId: 'system', atMs: NOW_MS + CASE_LEASE_MS + 1 });
    const taken = moved(lapsed, { type: 'CLAIM', byId: 'ann', atMs: NOW_MS + CASE_LEASE_MS + 2 });
    const stale = { type: 'DECIDE', byId: 'ann', fencingToken: 1, atMs: NOW_MS + CASE_LEASE_MS + 3 } as const;
    expect(moveCase(taken, stale)).toMatchObject({ kind: 'refused', reason: 'NOT_THE_HOLDER' });
    expect(moved(taken, { ...stale, fencingToken: 2 }).state).toBe('DECIDED');
    expect(
      moveCase(claimed, { type: 'DECIDE', byId: 'ann', fencingToken: 1, atMs: NOW_MS + CASE_LEASE_MS + 1 }),
    ).toMatchObject({ reason: 'LEASE_LAPSED' });
  });

  it('needs a second person for what was proposed, and a third voice where they disagree', () => {
    const proposed = moved(claimed, { type: 'PROPOSE', byId: 'ann', fencingToken: 1 });
    expect(moveCase(proposed, { type: 'BEGIN_SECOND_REVIEW', byId: 'ann', atMs: NOW_MS })).toMatchObject({
      reason: 'SAME_PERSON',
    });
    const second = moved(proposed, { type: 'BEGIN_SECOND_REVIEW', byId: 'bob' });
    const token = { fencingToken: second.lastFencingToken };
    expect(moveCase(second, { type: 'AGREE', byId: 'ann', atMs: NOW_MS, ...token })).toMatchObject({
      reason: 'SAME_PERSON',
    });
    expect(moveCase(second, { type: 'AGREE', byId: 'eve', atMs: NOW_MS, ...token })).toMatchObject({
      reason: 'NOT_THE_HOLDER',
    });
    expect(moved(second, { type: 'AGREE', byId: 'bob', ...token }).state).toBe('DECIDED');
    const disputed = moved(second, { type: 'DISAGREE', byId: 'bob', ...token });
    expect(disputed.state).toBe('ADJUDICATION');
    for (const byId of ['ann', 'bob'])
      expect(moveCase(disputed, { type: 'CLAIM', byId, atMs: NOW_MS })).toMatchObject({ reason: 'SAME_PERSON' });
    const third = moved(disputed, { type: 'CLAIM', byId: 'eve' });
    expect(moveCase(third, { type: 'CLAIM', byId: 'kim', atMs: NOW_MS })).toMatchObject({ reason: 'ALREADY_HELD' });
    expect(moved(third, { type: 'ADJUDICATE', byId: 'eve', fencingToken: 3 }).state).toBe('DECIDED');
  });

  it('goes up a level when it is escalated, and waits for information with whoever asked', () => {
    const escalated = moved(claimed, { type: 'ESCALATE', byId: 'ann', fencingToken: 1 });
    expect(moved(escalated, { type: 'ENQUEUE', byId: 'system' })).toMatchObject({ state: 'QUEUED', level: 2 });
    const waiting = moved(claimed, { type: 'ASK_INFO', byId: 'ann', fencingToken: 1 });
    const answered = moved(waiting, { type: 'INFO_ARRIVED', byId: 'seller', atMs: NOW_MS + 86_400_000 });
    expect(answered).toMatchObject({
      state: 'CLAIMED',
      lease: { holderId: 'ann', untilMs: NOW_MS + 86_400_000 + CASE_LEASE_MS },
    });
  });

  it('is held longer with a reason, handed over under a new token, and taken back while a decision can be undone', () => {
    const untilMs = NOW_MS + 86_400_000;
    const held = moved(claimed, { type: 'HOLD', byId: 'ann', fencingToken: 1, untilMs });
    expect(held.lease?.untilMs).toBe(untilMs);
    expect(moved(held, { type: 'HEARTBEAT', byId: 'ann', fencingToken: 1 }).lease?.untilMs).toBe(untilMs);
    const handed = moved(held, { type: 'HANDOVER', byId: 'ann', fencingToken: 1, toId: 'bob' });
    expect(handed.lease).toMatchObject({ holderId: 'bob', fencingToken: 2 });
    const decided = moved(handed, { type: 'DECIDE', byId: 'bob', fencingToken: 2 });
    expect(moved(decided, { type: 'UNDO', byId: 'bob' })).toMatchObject({
      state: 'CLAIMED',
      lease: { holderId: 'bob', fencingToken: 3 },
    });
  });

  it('refuses every event that the table does not name, and takes every one that it names in some moment', () => {
    for (const state of caseState.options) {
      for (const type of caseEventType.options) {
        const atMs = NOW_MS + CASE_LEASE_MS + 1;
        const moments: CaseMoment[] = [
          { state, level: 1, lastFencingToken: 1, lease: { holderId: 'ann', fencingToken: 1, untilMs: atMs } },
          { state, level: 1, lastFencingToken: 1, lease: { holderId: 'ann', fencingToken: 1, untilMs: NOW_MS } },
          { state, level: 1, lastFencingToken: 1 },
        ];
        const moves = moments.map((moment) => moveCase(moment, { type, byId: 'ann', fencingToken: 1, atMs }));
        const target = CASE_MOVES[state][type];
        if (target === undefined) for (const move of moves) expect(move).toMatchObject({ reason: 'NOT_ALLOWED_HERE' });
        else expect(moves.some((move) => move.kind === 'moved' && move.moment.state === target)).toBe(true);
      }
    }
  });

  it('is held by one person at most, and its fencing token never falls, whatever happens', () => {
    const events = fc.array(
      fc.record({
        type: fc.constantFrom(...caseEventType.options),
        byId: fc.constantFrom('ann', 'bob', 'system'),
        fencingToken: fc.integer({ min: 1, max: 4 }),
        waitMs: fc.integer({ min: 0, max: CASE_LEASE_MS * 2 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(events, (given) => {
        let moment = queued;
        let atMs = NOW_MS;
        for (const { waitMs, ...event } of given) {
          atMs += waitMs;
          const move = moveCase(moment, { ...event, atMs });
          if (move.kind === 'refused') continue;
          expect(caseMoment.parse(move.moment)).toEqual(move.moment);
          expect(move.moment.lastFencingToken).toBeGreaterThanOrEqual(moment.lastFencingToken);
          if (moment.state === 'CLAIMED') expect(event.type).not.toBe('CLAIM');
          moment = move.moment;
        }
      }),
    );
  });
});

describe('an appeal', () => {
  const admissible: AppealMoment = { state: 'ADMISSIBLE', priorReviewerIds: ['ann', 'bob'] };

  it('is decided by somebody who had no hand in the decision', () => {
    expect(moveAppeal(admissible, { type: 'ASSIGN', byId: 'lead', reviewerId: 'ann' })).toMatchObject({
      reason: 'PRIOR_REVIEWER',
    });
    expect(moveAppeal(admissible, { type: 'ASSIGN', byId: 'lead' })).toMatchObject({ reason: 'REVIEWER_MISSING' });
    const assigned = moveAppeal(admissible, { type: 'ASSIGN', byId: 'lead', reviewerId: 'eve' });
    if (assigned.kind === 'refused') throw new Error(assigned.why);
    expect(moveAppeal(assigned.moment, { type: 'OVERTURN', byId: 'ann' })).toMatchObject({
      reason: 'NOT_THE_REVIEWER',
    });
    expect(moveAppeal(assigned.moment, { type: 'OVERTURN', byId: 'eve' })).toMatchObject({
      moment: { state: 'OVERTURNED' },
    });
  });

  it('that is won passes through the ledger before the seller is told', () => {
    const overturned: AppealMoment = { ...admissible, state: 'OVERTURNED', reviewerId: 'eve' };
    expect(moveAppeal(overturned, { type: 'NOTIFY', byId: 'system' })).toMatchObject({ reason: 'NOT_ALLOWED_HERE' });
    expect(moveAppeal(overturned, { type: 'REINSTATE', byId: 'system' })).toMatchObject({
      moment: { state: 'REINSTATING' },
    });
  });
});

describe('a ruling', () => {
  const admissible: AppealMoment = { state: 'ADMISSIBLE', priorReviewerIds: ['ann'] };

  it('passes the appeal through the hands of its reviewer to the seller, by the ledger where something is undone', () => {
    const passed = Object.fromEntries(
      appealRuling.options.map((ruling) => {
        const passage = settleAppeal(admissible, { reviewerId: 'eve', ruling });
        return [ruling, passage.kind === 'passed' ? passage.states : passage.reason];
      }),
    );
    expect(passed).toEqual({
      UPHELD: ['ASSIGNED', 'UPHELD', 'NOTIFIED'],
      OVERTURNED: ['ASSIGNED', 'OVERTURNED', 'REINSTATING', 'NOTIFIED'],
      MODIFIED: ['ASSIGNED', 'MODIFIED', 'REINSTATING', 'NOTIFIED'],
      INADMISSIBLE: ['ASSIGNED', 'INADMISSIBLE', 'NOTIFIED'],
    });
  });

  it('is given once, and never by whoever had a hand in the decision', () => {
    for (const ruling of appealRuling.options) {
      expect(settleAppeal(admissible, { reviewerId: 'ann', ruling })).toMatchObject({ reason: 'PRIOR_REVIEWER' });
      for (const state of appealState.exclude(['ADMISSIBLE']).options)
        expect(settleAppeal({ ...admissible, state }, { reviewerId: 'eve', ruling })).toMatchObject({
          reason: 'NOT_ALLOWED_HERE',
        });
    }
  });
});

describe('the tables of moves', () => {
  const reachable = (moves: Readonly<Record<string, Readonly<Record<string, string>>>>, start: string): Set<string> => {
    const reached = new Set([start]);
    for (const state of reached) for (const next of Object.values(moves[state] ?? {})) reached.add(next);
    return reached;
  };

  it('reach every state from the first, and leave no way out of the ends alone', () => {
    expect([...reachable(CASE_MOVES, 'OPEN')].toSorted()).toEqual([...caseState.options].toSorted());
    expect([...reachable(APPEAL_MOVES, 'SUBMITTED')].toSorted()).toEqual([...appealState.options].toSorted());
    const ends = (moves: object) =>
      Object.entries(moves).flatMap(([state, out]) => (Object.keys(out).length === 0 ? [state] : []));
    expect(ends(CASE_MOVES)).toEqual(['MERGED']);
    expect(ends(APPEAL_MOVES)).toEqual(['CLOSED']);
  });
});

describe('the order of a queue', () => {
  const urgency = {
    severity: 'S2',
    exposure: 100,
    openedAtMs: NOW_MS,
    dueAtMs: NOW_MS + 1_000,
    nowMs: NOW_MS,
    confidence01: 0.8,
  } as const;
  const of = (fields: object) => queuePriority({ ...urgency, ...fields }, shippedRuleset.queues.priority);

  it('puts the graver, the more seen, the sooner due and the surer case first', () => {
    const plain = of({});
    expect(of({ severity: 'S3' })).toBeGreaterThan(plain);
    expect(of({ exposure: 10_000 })).toBeGreaterThan(plain);
    expect(of({ nowMs: NOW_MS + 900 })).toBeGreaterThan(plain);
    expect(of({ nowMs: NOW_MS + 1_001 })).toBeGreaterThan(of({ nowMs: NOW_MS + 1_000 }));
    expect(of({ confidence01: 0.95 })).toBeGreaterThan(plain);
  });

  it('lets no exposure outrun danger to people', () => {
    expect(of({ severity: 'S4', exposure: 0 })).toBeGreaterThan(of({ severity: 'S2', exposure: 1e9 }));
  });
});
