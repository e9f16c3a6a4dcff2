import { describe, expect, it } from 'vitest';
import type { CreditEntryDraft } from '../../../src/domain/credit.ts';
import { DAY_MS, entriesOf, NOW_MS, penaltyOf, scoreOf } from './ledger-fixtures.ts';

/**
 * The table of the founding design, row by row. It gives no ages and no stars for "good"; those here are the only
 * ones of a search over whole days at which the model yields every figure (docs/decisions/0180-credit-model.md).
 * 200 good orders: 152 of five and 48 of four stars, mean value 0.94, thirty days old.
 */
const goodSeller = (): CreditEntryDraft[] => [...entriesOf(152, 30), ...entriesOf(48, 30, { valueBp: 7_500 })];
const oneStars = (count: number, ageDays: number, fields: Partial<CreditEntryDraft> = {}) =>
  entriesOf(count, ageDays, { valueBp: 0, ...fields });
const poorSeller = (): CreditEntryDraft[] => [...oneStars(10, 20), ...entriesOf(10, 20)];
/** Spreads entries over a few buyer clusters. */
const fromClusters = (entries: CreditEntryDraft[], clusters: number): CreditEntryDraft[] =>
  entries.map((entry, index) => ({ ...entry, buyerClusterId: `ring-${index % clusters}` }));

/** Penalties that count exactly `points`, each of its own type and far enough apart to count each. */
const penaltiesWorth = (points: number): CreditEntryDraft[] => {
  const types = ['IP_TM_COUNTERFEIT_GOODS', 'LST_UNSAFE_GOODS', 'TRD_FAKE_TRANSACTION', 'LST_HIDDEN_LINK'] as const;
  if (points < 12) return [penaltyOf(40, points, { violationType: 'LST_BAIT_SWITCH' })];
  return types.slice(0, points / 12).map((violationType, index) => penaltyOf(40 + index * 10, 12, { violationType }));
};

describe('the score of the founding table', () => {
  it.each<[string, () => CreditEntryDraft[], number]>([
    ['a new seller', () => [], 679],
    ['20 five-star reviews today', () => entriesOf(20, 0), 888],
    ['200 good orders, 30 days old', goodSeller, 914],
    ['with 20 one-stars for lost and customs parcels, counted', () => [...goodSeller(), ...oneStars(20, 12)], 821],
    [
      'with the same, attributed to carrier and customs',
      () => [
        ...goodSeller(),
        ...oneStars(10, 12, { faultParty: 'CARRIER' }),
        ...oneStars(10, 12, { faultParty: 'CUSTOMS' }),
      ],
      914,
    ],
    ['with 60 sock-puppet one-stars, uncapped', () => [...goodSeller(), ...oneStars(60, 3)], 680],
    ['with the same from 5 clusters, capped', () => [...goodSeller(), ...fromClusters(oneStars(60, 3), 5)], 888],
    [
      'with the same in quarantine',
      () => [...goodSeller(), ...fromClusters(oneStars(60, 3, { authenticity: 'QUARANTINED' }), 5)],
      914,
    ],
    ['a poor seller, 10 bad and 10 good', poorSeller, 515],
    ['the poor seller with 200 fake five-stars, uncapped', () => [...poorSeller(), ...entriesOf(200, 2)], 936],
    [
      'the poor seller with 200 fake five-stars from 8 clusters, capped',
      () => [...poorSeller(), ...fromClusters(entriesOf(200, 2), 8)],
      615,
    ],
    ['the good seller at 6 points', () => [...goodSeller(), ...penaltiesWorth(6)], 854],
    ['the good seller at 12 points', () => [...goodSeller(), ...penaltiesWorth(12)], 794],
    ['the good seller at 24 points', () => [...goodSeller(), ...penaltiesWorth(24)], 674],
    ['the good seller at 36 points', () => [...goodSeller(), ...penaltiesWorth(36)], 554],
    ['the good seller at 48 points', () => [...goodSeller(), ...penaltiesWorth(48)], 434],
  ])('%s', (_row, entries, score) => {
    expect(scoreOf(entries()).score).toBe(score);
  });

  it('lets a poor seller who waits 720 days come from 483 to 601, and gives no better tier for the waiting', () => {
    const entries = [...oneStars(30, 0), ...entriesOf(30, 0)];
    expect(scoreOf(entries)).toMatchObject({ score: 483, tier: 'WATCH' });
    expect(scoreOf(entries, { asOfMs: NOW_MS + 720 * DAY_MS })).toMatchObject({ score: 601, tier: 'WATCH' });
  });
});
