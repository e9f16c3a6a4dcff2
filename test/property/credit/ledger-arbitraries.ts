import fc from 'fast-check';
import type { CreditEntryDraft } from '../../../src/domain/credit.ts';
import { faultParty } from '../../../src/domain/order.ts';
import { kybStatus } from '../../../src/domain/seller.ts';
import type { CreditContext } from '../../../src/credit/score-ledger.ts';
import { DAY_MS, entryOf, NOW_MS } from '../../unit/credit/ledger-fixtures.ts';

const HOUR_MS = 3_600_000;
const TYPES = ['IP_TM_COUNTERFEIT_GOODS', 'IP_CR_IMAGE_THEFT', 'LST_FAKE_DISCOUNT'] as const;

/** When something happened, and how long after that it was recorded: mostly at once, sometimes weeks later. */
const times = (maxDays: number): fc.Arbitrary<Pick<CreditEntryDraft, 'effectiveAtMs' | 'recordedAtMs'>> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: maxDays * 24 }),
      fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 * 24 })),
    )
    .map(([hoursAgo, delayHours]) => ({
      effectiveAtMs: NOW_MS - hoursAgo * HOUR_MS,
      recordedAtMs: NOW_MS - Math.max(0, hoursAgo - delayHours) * HOUR_MS,
    }));

/** Reviews and disputes of few clusters and orders, so that caps, disputes beside reviews and quarantines meet. */
export const evidence: fc.Arbitrary<CreditEntryDraft> = fc
  .record({
    times: times(900),
    stars: fc.integer({ min: 0, max: 4 }),
    party: fc.oneof({ weight: 4, arbitrary: fc.constant('SELLER' as const) }, fc.constantFrom(...faultParty.options)),
    presumed: fc.constantFrom(undefined, undefined, 'SELLER' as const, 'CARRIER' as const),
    authenticity: fc.constantFrom('NORMAL', 'NORMAL', 'QUARANTINED', 'CONFIRMED_INAUTHENTIC', 'CLEARED'),
    cluster: fc.integer({ min: 0, max: 6 }),
    weightPpm: fc.constantFrom(1_000_000, 1_000_000, 250_000, 0),
    order: fc.integer({ min: 0, max: 8 }),
    isDispute: fc.boolean(),
  })
  .map(({ times: when, stars, party, presumed, authenticity, cluster, weightPpm, order, isDispute }) =>
    entryOf(0, {
      ...when,
      valueBp: isDispute ? 0 : stars * 2_500,
      faultParty: party,
      ...(presumed === undefined ? {} : { presumedFault: presumed }),
      authenticity,
      buyerClusterId: `cluster-${cluster}`,
      weightPpm,
      orderId: `order-${order}`,
      ...(isDispute ? { subjectRef: `ORDER/order-${order}` } : {}),
    }),
  );

/** Of this entity, or of another that is linked with it. */
const legalId = fc.constantFrom('legal-1', 'legal-1', 'legal-2');

export const penalty: fc.Arbitrary<CreditEntryDraft> = fc
  .record({
    times: times(500),
    points: fc.constantFrom(1, 2, 4, 6, 12, 24),
    violationType: fc.constantFrom(...TYPES),
    sellerLegalId: legalId,
  })
  .map(({ times: when, ...fields }) => entryOf(0, { ...when, ...fields, kind: 'PENALTY', subjectRef: 'LISTING/l-1' }));

export const strike: fc.Arbitrary<CreditEntryDraft> = fc
  .tuple(times(500), legalId)
  .map(([when, sellerLegalId]) =>
    entryOf(0, { ...when, sellerLegalId, kind: 'STRIKE', subjectRef: 'LISTING/l-1', points: 1 }),
  );

export const cap: fc.Arbitrary<CreditEntryDraft> = fc
  .tuple(times(200), fc.constantFrom(400, 649, 799), fc.option(fc.integer({ min: 1, max: 120 })))
  .map(([when, points, days]) =>
    entryOf(0, {
      ...when,
      kind: 'CAP',
      subjectRef: 'SELLER/s-1',
      points,
      ...(days === null ? {} : { expiresAtMs: when.effectiveAtMs + days * DAY_MS }),
    }),
  );

export const entry = fc.oneof(
  { weight: 12, arbitrary: evidence },
  { weight: 4, arbitrary: penalty },
  { weight: 2, arbitrary: strike },
  { weight: 1, arbitrary: cap },
);

/** A later word on an entry: undone, of another fault or cluster, set aside, released or found inauthentic. */
const changeOf = (target: CreditEntryDraft, kind: number, delayHours: number): CreditEntryDraft => {
  const recordedAtMs = Math.min(NOW_MS, target.recordedAtMs + delayHours * HOUR_MS);
  const base = { reverses: target.entryId, subjectRef: target.subjectRef, recordedAtMs };
  const then = { ...base, effectiveAtMs: target.effectiveAtMs };
  if (kind === 0) return entryOf(0, { ...then, kind: 'REVERSAL' });
  if (kind === 1) return entryOf(0, { ...then, kind: 'REATTRIBUTION', faultParty: 'CARRIER' });
  if (kind === 2)
    return entryOf(0, { ...then, kind: 'REATTRIBUTION', faultParty: target.faultParty, buyerClusterId: 'apart' });
  const authenticity = (['QUARANTINED', 'CONFIRMED_INAUTHENTIC', 'CLEARED'] as const)[kind - 3]!;
  return entryOf(0, { ...base, effectiveAtMs: recordedAtMs, kind: 'REATTRIBUTION', authenticity });
};

/** Entries with what was said of some of them later. */
export const ledgerOf = (size: { readonly minLength?: number; readonly maxLength: number }) =>
  fc
    .tuple(
      fc.array(entry, size),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2_000 })), {
        maxLength: 8,
      }),
    )
    .map(([entries, changes]) => [
      ...entries,
      ...changes.flatMap(([at, kind, delayHours]) => {
        const target = entries[at % Math.max(1, entries.length)];
        return target === undefined ? [] : [changeOf(target, kind, delayHours)];
      }),
    ]);

/** Newcomers and old hands, with every state of their papers. */
export const context: fc.Arbitrary<CreditContext> = fc
  .tuple(fc.constantFrom(20, 95, 400, 1_000), fc.constantFrom(...kybStatus.options))
  .map(([ageDays, kyb]) => ({ registeredAtMs: NOW_MS - ageDays * DAY_MS, kyb }));
