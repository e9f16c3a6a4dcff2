import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditEntryDraft } from '../../../src/domain/credit.ts';
import { faultParty } from '../../../src/domain/order.ts';
import { DAY_MS, entryOf, NOW_MS, reversalOf, scoreOf } from '../../unit/credit/ledger-fixtures.ts';

const TYPES = ['IP_TM_COUNTERFEIT_GOODS', 'IP_CR_IMAGE_THEFT', 'LST_FAKE_DISCOUNT'] as const;

const evidence: fc.Arbitrary<CreditEntryDraft> = fc
  .record({
    ageHours: fc.integer({ min: 0, max: 900 * 24 }),
    stars: fc.integer({ min: 0, max: 4 }),
    party: fc.oneof({ weight: 4, arbitrary: fc.constant('SELLER' as const) }, fc.constantFrom(...faultParty.options)),
    authenticity: fc.constantFrom('NORMAL', 'NORMAL', 'QUARANTINED', 'CONFIRMED_INAUTHENTIC', 'CLEARED'),
    cluster: fc.integer({ min: 0, max: 6 }),
    weightPpm: fc.constantFrom(1_000_000, 1_000_000, 250_000, 0),
    order: fc.integer({ min: 0, max: 8 }),
    isDispute: fc.boolean(),
  })
  .map(({ ageHours, stars, party, authenticity, cluster, weightPpm, order, isDispute }) =>
    entryOf(ageHours / 24, {
      valueBp: isDispute ? 0 : stars * 2_500,
      faultParty: party,
      authenticity,
      buyerClusterId: `cluster-${cluster}`,
      weightPpm,
      orderId: `order-${order}`,
      ...(isDispute ? { subjectRef: `ORDER/order-${order}` } : {}),
    }),
  );

const penalty: fc.Arbitrary<CreditEntryDraft> = fc
  .record({
    ageHours: fc.integer({ min: 0, max: 500 * 24 }),
    points: fc.constantFrom(1, 2, 4, 6, 12, 24),
    violationType: fc.constantFrom(...TYPES),
  })
  .map(({ ageHours, points, violationType }) =>
    entryOf(ageHours / 24, { kind: 'PENALTY', subjectRef: 'LISTING/l-1', points, violationType }),
  );

const strike: fc.Arbitrary<CreditEntryDraft> = fc
  .integer({ min: 0, max: 500 * 24 })
  .map((ageHours) => entryOf(ageHours / 24, { kind: 'STRIKE', subjectRef: 'LISTING/l-1', points: 1 }));

const entry = fc.oneof({ weight: 6, arbitrary: evidence }, { weight: 3, arbitrary: penalty }, strike);
const ledger = fc.array(entry, { maxLength: 40 });

const withoutExplanation = (entries: readonly CreditEntryDraft[]) => {
  const { inputsSha256: _inputs, lines: _lines, ...rest } = scoreOf(entries);
  return rest;
};

describe('a ledger', () => {
  it('gives the same report whatever the order in which its entries arrived, and however often', () => {
    const shuffled = ledger.chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc.shuffledSubarray([...entries, ...entries.slice(0, 5)], {
          minLength: entries.length + Math.min(5, entries.length),
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([entries, mixed]) => {
        expect(scoreOf(mixed)).toEqual(scoreOf(entries));
      }),
      { numRuns: 60 },
    );
  });

  it('forgets a reversed entry as if it had never been', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), fc.nat(), (entries, pick) => {
        const undone = entries[pick % entries.length];
        if (undone === undefined) return;
        const never = entries.filter((one) => one !== undone);
        expect(withoutExplanation([...entries, reversalOf(undone)])).toEqual(withoutExplanation(never));
      }),
      { numRuns: 100 },
    );
  });

  it('is unmoved by a reversal that was itself reversed', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), (entries) => {
        const [first] = entries;
        if (first === undefined) return;
        const reversal = reversalOf(first, NOW_MS - 2);
        const back = reversalOf(reversal, NOW_MS - 1);
        expect(withoutExplanation([...entries, reversal, back])).toEqual(withoutExplanation(entries));
      }),
      { numRuns: 40 },
    );
  });

  it('says at any earlier moment, as known then, what it said then', () => {
    fc.assert(
      fc.property(ledger, fc.integer({ min: 0, max: 900 }), (entries, daysAgo) => {
        const thenMs = NOW_MS - daysAgo * DAY_MS;
        const question = { asOfMs: thenMs, knownAtMs: thenMs };
        const knownThen = entries.filter(({ recordedAtMs }) => recordedAtMs <= thenMs);
        expect(scoreOf(entries, question)).toEqual(scoreOf(knownThen, question));
      }),
      { numRuns: 60 },
    );
  });

  it('never scores better, and never stands in a better tier, for one more penalty or strike', () => {
    fc.assert(
      fc.property(ledger, fc.oneof(penalty, strike), (entries, more) => {
        const before = scoreOf(entries);
        const after = scoreOf([...entries, more]);
        expect(after.score).toBeLessThanOrEqual(before.score);
        expect(after.penaltyPoints).toBeGreaterThanOrEqual(before.penaltyPoints);
        expect(after.strikes).toBeGreaterThanOrEqual(before.strikes);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps score, cap and parts within their bounds, and the penalty lines add up', () => {
    fc.assert(
      fc.property(ledger, (entries) => {
        const report = scoreOf(entries);
        expect(report.score).toBeGreaterThanOrEqual(0);
        expect(report.score).toBeLessThanOrEqual(report.cap);
        expect(report.penalties.reduce((sum, line) => sum + line.countedPoints, 0)).toBe(report.penaltyPoints);
        const moved = report.lines.reduce((sum, line) => sum + (line.deltaScore ?? 0), 0);
        expect(Math.max(0, moved)).toBe(report.score);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves out events that were not the seller’s fault altogether, good ones too', () => {
    const foreign = evidence.map((one) => ({
      ...one,
      faultParty: 'CUSTOMS' as const,
      authenticity: 'NORMAL' as const,
    }));
    fc.assert(
      fc.property(ledger, fc.array(foreign, { maxLength: 10 }), (entries, more) => {
        const { score, tier } = scoreOf(entries.filter(({ subjectRef }) => subjectRef.startsWith('REVIEW/')));
        const both = scoreOf([
          ...entries.filter(({ subjectRef }) => subjectRef.startsWith('REVIEW/')),
          ...more.filter(({ subjectRef }) => subjectRef.startsWith('REVIEW/')),
        ]);
        expect({ score: both.score, tier: both.tier }).toEqual({ score, tier });
      }),
      { numRuns: 60 },
    );
  });
});
