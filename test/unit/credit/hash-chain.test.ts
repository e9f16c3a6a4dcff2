import { describe, expect, it } from 'vitest';
import { decayTablePpm, timesPpm } from '../../../src/credit/decay.ts';
import { CHAIN_START, chainEntries, verifyChain } from '../../../src/credit/hash-chain.ts';
import { qualityOf } from '../../../src/credit/quality.ts';
import { creditEntry } from '../../../src/domain/credit.ts';
import { entriesOf, entryOf } from './ledger-fixtures.ts';

describe('the hash chain', () => {
  const chain = chainEntries(CHAIN_START, entriesOf(5, 3));

  it('links entries that fit their schema and is whole', () => {
    expect(chain.map((entry) => creditEntry.parse(entry))).toEqual(chain);
    expect(verifyChain(chain)).toEqual({ kind: 'whole' });
  });

  it('is continued from its end', () => {
    const more = chainEntries(chain.at(-1)?.hash ?? '', [entryOf(1)]);
    expect(verifyChain([...chain, ...more])).toEqual({ kind: 'whole' });
  });

  it('names the entry that was changed, left out or put elsewhere', () => {
    const changed = chain.map((entry, index) => (index === 2 ? { ...entry, valueBp: 0 } : entry));
    expect(verifyChain(changed)).toMatchObject({ kind: 'broken', entryId: chain[2]?.entryId });
    expect(verifyChain(chain.toSpliced(2, 1))).toMatchObject({ kind: 'broken', entryId: chain[3]?.entryId });
    expect(verifyChain(chain.toReversed())).toMatchObject({ kind: 'broken', entryId: chain[4]?.entryId });
  });

  it('does not depend on the order of the fields', () => {
    const [first] = chain;
    if (first === undefined) throw new Error('no entry');
    const turned = Object.fromEntries(Object.entries(first).toReversed());
    expect(verifyChain([creditEntry.parse(turned)])).toEqual({ kind: 'whole' });
  });
});

describe('the decay table', () => {
  const table = decayTablePpm(180, 730);

  it('halves every 180 days, ends after 730 and never rises', () => {
    expect([0, 180, 360, 540, 720].map((day) => table[day])).toEqual([1_000_000, 500_000, 250_000, 125_000, 62_500]);
    expect(table).toHaveLength(731);
    expect(table.every((ppm, day) => day === 0 || ppm < (table[day - 1] ?? 0))).toBe(true);
  });

  it('is the nearest millionth to the power of two at every day', () => {
    table.forEach((ppm, day) => expect(Math.abs(ppm - 1e6 * 2 ** (-day / 180))).toBeLessThanOrEqual(0.5 + 1e-6));
  });

  it('weighs masses of any size in whole millionths, rounded down', () => {
    expect(timesPpm(9_000_000_000_000, 999_999)).toBe(8_999_991_000_000);
    expect(timesPpm(3, 500_000)).toBe(1);
  });
});

describe('the quality', () => {
  it('is exact where it falls on a whole number', () => {
    // α = 8, β = 8: mean ½, variance ¼/17; 1000·(0.5 − √(1/68)) = 378.73…; α = β = 1.5: 1000·(0.5 − 0.25) = 250.
    expect(qualityOf(8_000_000, 8_000_000)).toBe(378);
    expect(qualityOf(1_500_000, 1_500_000)).toBe(250);
    expect(qualityOf(1_500_000, 1_500_001)).toBe(249);
  });
});
