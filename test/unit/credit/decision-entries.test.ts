import { describe, expect, it } from 'vitest';
import { creditEntryDraft } from '../../../src/domain/credit.ts';
import { entriesForAuthenticity, entriesForPenalty, entriesForReversal } from '../../../src/credit/decision-entries.ts';
import { CHAIN_START, chainEntry, verifyChain } from '../../../src/credit/hash-chain.ts';
import { DAY_MS, entriesOf, NOW_MS, scoreOf } from './ledger-fixtures.ts';

const penalty = {
  sellerLegalId: 'legal-1',
  recordedAtMs: NOW_MS - 5 * DAY_MS,
  rulesetVersion: '0'.repeat(64),
  decisionId: 'd-1',
  subject: { kind: 'LISTING', id: 'l-1' },
  violationType: 'IP_TM_COUNTERFEIT_GOODS',
  points: 12,
  strikes: 1,
  effectiveAtMs: NOW_MS - 10 * DAY_MS,
  why: 'The listing sold counterfeit goods.',
} as const;

const stamp = {
  recordedAtMs: NOW_MS,
  rulesetVersion: '0'.repeat(64),
  decisionId: 'd-2',
  why: 'The appeal was won.',
  gist: { code: 'REVERSED', values: {} } as const,
};

describe('the entries of a decision', () => {
  it('are a penalty and a strike, the same whenever the decision is delivered again', () => {
    const entries = entriesForPenalty(penalty);
    expect(entries.map((entry) => creditEntryDraft.parse(entry))).toMatchObject([
      { kind: 'PENALTY', points: 12, subjectRef: 'LISTING/l-1', decisionId: 'd-1' },
      { kind: 'STRIKE', points: 1 },
    ]);
    expect(entriesForPenalty(penalty)).toEqual(entries);
    expect(entriesForPenalty({ ...penalty, points: 0, strikes: 0 })).toEqual([]);
    expect(scoreOf([...entries, ...entriesForPenalty(penalty)])).toMatchObject({ penaltyPoints: 12, strikes: 1 });
  });

  it('that reverse others stand at their original dates and leave nothing of them', () => {
    const entries = entriesForPenalty(penalty);
    const reversals = entriesForReversal(entries, stamp);
    expect(reversals).toMatchObject([
      { kind: 'REVERSAL', reverses: entries[0]?.entryId, effectiveAtMs: penalty.effectiveAtMs, recordedAtMs: NOW_MS },
      { kind: 'REVERSAL', reverses: entries[1]?.entryId },
    ]);
    const good = entriesOf(40, 20);
    expect(scoreOf([...good, ...entries, ...reversals]).score).toBe(scoreOf(good).score);
    const before = { asOfMs: NOW_MS - 1, knownAtMs: NOW_MS - 1 };
    expect(scoreOf([...good, ...entries, ...reversals], before).penaltyPoints).toBe(12);
  });

  it('that quarantine reviews end by themselves after fourteen days unless people found them inauthentic', () => {
    const bad = entriesOf(30, 20, { valueBp: 0 });
    const good = entriesOf(40, 20);
    const quarantine = entriesForAuthenticity(bad, 'QUARANTINED', stamp);
    const at = (days: number, more: typeof bad = []) =>
      scoreOf([...good, ...bad, ...quarantine, ...more], { asOfMs: NOW_MS + days * DAY_MS }).score;
    const withoutBad = (days: number) => scoreOf(good, { asOfMs: NOW_MS + days * DAY_MS }).score;
    expect(at(13)).toBe(withoutBad(13));
    expect(at(14)).toBeLessThan(withoutBad(14));
    const later = { ...stamp, recordedAtMs: NOW_MS + 1, decisionId: 'd-3' };
    const removed = entriesForAuthenticity(bad, 'CONFIRMED_INAUTHENTIC', later);
    expect(at(14, removed)).toBe(withoutBad(14));
    const cleared = entriesForAuthenticity(bad, 'CLEARED', later);
    expect(at(1, cleared)).toBeLessThan(withoutBad(1));
  });

  it('are linked one by one', () => {
    const [first, second] = entriesForPenalty(penalty);
    if (first === undefined || second === undefined) throw new Error('two entries are needed');
    const linked = chainEntry(CHAIN_START, first);
    expect(verifyChain([linked, chainEntry(linked.hash, second)])).toEqual({ kind: 'whole' });
  });
});
