import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CreditEntryDraft } from '../../../src/domain/credit.ts';
import { faultParty } from '../../../src/domain/order.ts';
import { createLiveCredit } from '../../../src/credit/live-credit.ts';
import { DAY_MS, entryOf, NOW_MS, scoreOf, shippedModel } from '../../unit/credit/ledger-fixtures.ts';

const context = { registeredAtMs: NOW_MS - 1_000 * DAY_MS, kyb: 'VERIFIED' } as const;

const evidence = fc
  .record({
    hoursAgo: fc.integer({ min: -48, max: 60 * 24 }),
    stars: fc.integer({ min: 0, max: 4 }),
    party: fc.constantFrom('SELLER', 'SELLER', 'SELLER', ...faultParty.options),
    authenticity: fc.constantFrom('NORMAL', 'NORMAL', 'NORMAL', 'QUARANTINED'),
    cluster: fc.integer({ min: 0, max: 8 }),
    order: fc.integer({ min: 0, max: 12 }),
    isDispute: fc.boolean(),
  })
  .map(({ hoursAgo, stars, party, authenticity, cluster, order, isDispute }) =>
    entryOf(hoursAgo / 24, {
      valueBp: isDispute ? 0 : stars * 2_500,
      faultParty: party,
      authenticity,
      buyerClusterId: `cluster-${cluster}`,
      orderId: `order-${order}`,
      ...(isDispute ? { subjectRef: `ORDER/order-${order}` } : {}),
    }),
  );

const penalty = fc
  .tuple(fc.integer({ min: 0, max: 30 * 24 }), fc.constantFrom(2, 6, 12))
  .map(([hoursAgo, points]) =>
    entryOf(hoursAgo / 24, { kind: 'PENALTY', subjectRef: 'LISTING/l-1', points, violationType: 'LST_BAIT_SWITCH' }),
  );

/** A change of one of the entries: undone, of another fault, quarantined, found inauthentic. */
const changeOf = (target: CreditEntryDraft, kind: number): CreditEntryDraft => {
  const base = { reverses: target.entryId, subjectRef: target.subjectRef, effectiveAtMs: target.effectiveAtMs };
  if (kind === 0) return entryOf(0, { ...base, kind: 'REVERSAL' });
  if (kind === 1) return entryOf(0, { ...base, kind: 'REATTRIBUTION', faultParty: 'CARRIER' });
  if (kind === 4)
    return entryOf(0, { ...base, kind: 'REATTRIBUTION', faultParty: target.faultParty, buyerClusterId: 'apart-b' });
  const authenticity = kind === 2 ? 'QUARANTINED' : 'CONFIRMED_INAUTHENTIC';
  return entryOf(3, { ...base, kind: 'REATTRIBUTION', authenticity, effectiveAtMs: NOW_MS - 3 * DAY_MS });
};

const history = fc
  .tuple(
    fc.array(fc.oneof({ weight: 5, arbitrary: evidence }, penalty), { minLength: 1, maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 4 })), { maxLength: 5 }),
  )
  .map(([entries, changes]) => [
    ...entries,
    ...changes.flatMap(([at, kind]) => {
      const target = entries[at % entries.length];
      return target === undefined ? [] : [changeOf(target, kind)];
    }),
  ])
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

it('kept event by event, the credit equals that of the whole ledger at every moment asked', () => {
  fc.assert(
    fc.property(history, fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }), (entries, steps) => {
      const live = createLiveCredit(shippedModel, { sellerLegalId: 'legal-1', context });
      let asOfMs = NOW_MS;
      entries.forEach((entry, index) => {
        live.record(entry);
        if (index % 4 === 0) live.record(entry);
        asOfMs += (steps[index] ?? 0) * 3_600_000;
        const { now, tier, tierNow } = live.standing(asOfMs);
        const whole = scoreOf(entries.slice(0, index + 1), { asOfMs, knownAtMs: Number.MAX_SAFE_INTEGER, context });
        expect({ score: now.score, points: now.penalty.points, tier, tierNow }).toEqual({
          score: whole.score,
          points: whole.penaltyPoints,
          tier: whole.tier,
          tierNow: whole.tierNow,
        });
      });
    }),
    { numRuns: 60 },
  );
});
