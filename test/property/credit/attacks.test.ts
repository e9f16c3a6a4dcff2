import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditEntryDraft } from '../../../src/domain/credit.ts';
import { DAY_MS, entriesOf, entryOf, NOW_MS, penaltyOf, scoreOf } from '../../unit/credit/ledger-fixtures.ts';

const goodSeller = (): CreditEntryDraft[] => [...entriesOf(152, 30), ...entriesOf(48, 30, { valueBp: 7_500 })];
const poorSeller = (): CreditEntryDraft[] => [...entriesOf(10, 20, { valueBp: 0 }), ...entriesOf(10, 20)];

/** Reviews of `clusters` buyers, at hours within the last `days`. */
const campaign = (clusters: number, days: number, reviews: { min: number; max: number }, valueBp: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: clusters - 1 }), fc.integer({ min: 0, max: days * 24 - 1 })), {
      minLength: reviews.min,
      maxLength: reviews.max,
    })
    .map((hits) =>
      hits.map(([cluster, hoursAgo]) => entryOf(hoursAgo / 24, { valueBp, buyerClusterId: `ring-${cluster}` })),
    );

describe('an attack', () => {
  it('of up to 60 one-stars by five buyers within two weeks takes no more than the table says', () => {
    fc.assert(
      fc.property(campaign(5, 13, { min: 1, max: 60 }, 0), (bad) => {
        expect(scoreOf([...goodSeller(), ...bad]).score).toBeGreaterThanOrEqual(887);
      }),
      { numRuns: 40 },
    );
  });

  it('of up to 200 five-stars by eight buyers within two weeks gains no more than the table says', () => {
    fc.assert(
      fc.property(campaign(8, 13, { min: 1, max: 200 }, 10_000), (praise) => {
        expect(scoreOf([...poorSeller(), ...praise]).score).toBeLessThanOrEqual(617);
      }),
      { numRuns: 30 },
    );
  });

  it('by reviews in quarantine moves nothing, and one found inauthentic moves nothing ever after', () => {
    fc.assert(
      fc.property(campaign(60, 13, { min: 1, max: 60 }, 0), fc.integer({ min: 0, max: 400 }), (bad, daysLater) => {
        const quarantined = bad.map((entry): CreditEntryDraft => ({ ...entry, authenticity: 'QUARANTINED' }));
        const removed = bad.map((entry): CreditEntryDraft => ({ ...entry, authenticity: 'CONFIRMED_INAUTHENTIC' }));
        const clean = scoreOf(goodSeller()).score;
        expect(scoreOf([...goodSeller(), ...quarantined]).score).toBe(clean);
        const asOfMs = NOW_MS + daysLater * DAY_MS;
        expect(scoreOf([...goodSeller(), ...removed], { asOfMs }).score).toBe(scoreOf(goodSeller(), { asOfMs }).score);
      }),
      { numRuns: 15 },
    );
  });

  it('by a fresh store of the same legal entity or of a linked one keeps the points', () => {
    const points = [penaltyOf(10, 24), penaltyOf(30, 12, { violationType: 'LST_UNSAFE_GOODS' })];
    const fresh = { registeredAtMs: NOW_MS - DAY_MS, kyb: 'VERIFIED' } as const;
    const washed = scoreOf(points, { sellerLegalId: 'legal-2', context: fresh });
    expect(washed).toMatchObject({ penaltyPoints: 36, tier: 'RESTRICTED' });
    expect(scoreOf([], { sellerLegalId: 'legal-2', context: fresh })).toMatchObject({ score: 679, tier: 'NEW' });
  });

  it('by waiting for time to pass gives a seller with a record no better tier', () => {
    const waits = fc.record({
      size: fc.integer({ min: 40, max: 90 }),
      badPercent: fc.integer({ min: 55, max: 75 }),
      days: fc.integer({ min: 450, max: 729 }),
    });
    fc.assert(
      fc.property(waits, ({ size, badPercent, days }) => {
        const bad = Math.round((size * badPercent) / 100);
        const record = [...entriesOf(bad, 0, { valueBp: 0 }), ...entriesOf(size - bad, 0)];
        const before = scoreOf(record);
        const later = scoreOf(record, { asOfMs: NOW_MS + days * DAY_MS });
        // The score alone would be one of the next tier by now.
        fc.pre(before.score < 450 && later.score >= 450);
        expect(later.tier).toBe('RESTRICTED');
      }),
      { numRuns: 20 },
    );
  });
});
