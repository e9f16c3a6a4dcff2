import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { order, type Order } from '../../../src/domain/order.ts';
import { review, type Review } from '../../../src/domain/review.ts';
import { apartCluster, entriesForDispute, entriesForReview } from '../../../src/credit/evidence-entries.ts';
import { resolveLedger } from '../../../src/credit/resolve-ledger.ts';
import { createReviewReader } from '../../../src/credit/review-dimensions.ts';
import { reviewSettings } from '../../../src/credit/review-settings.ts';
import { NOW_MS, scoreOf, shippedModel } from './ledger-fixtures.ts';

const { settings } = shippedModel;
const reader = createReviewReader(
  reviewSettings.parse(parse(readFileSync(new URL('../../../rules/reviews.yaml', import.meta.url), 'utf8'))),
);
const rules = { settings, reader };
const stamp = { sellerLegalId: 'legal-1', recordedAtMs: NOW_MS, rulesetVersion: '0'.repeat(64) };

const orderOf = (events: readonly Record<string, unknown>[], fields: Record<string, unknown> = {}): Order =>
  order.parse({
    id: 'o-1',
    listingId: 'l-1',
    sellerId: 's-1',
    accountId: 'b-1',
    valueMinor: 2_000,
    currency: 'USD',
    placedAt: '2026-05-01T10:00:00Z',
    events: events.map((event, index) => ({ id: `ev-${index}`, ...event })),
    ...fields,
  });

const handedOver = [
  { type: 'TRACKING_UPLOADED', at: '2026-05-02T10:00:00Z' },
  { type: 'ACCEPTANCE_SCAN', at: '2026-05-02T18:00:00Z' },
];

const reviewOf = (stars: number, text: string): Review =>
  review.parse({
    id: 'r-1',
    listingId: 'l-1',
    sellerId: 's-1',
    accountId: 'b-1',
    orderId: 'o-1',
    stars,
    text,
    language: 'en',
    createdAt: '2026-06-10T10:00:00Z',
  });

const entriesOf = (given: Review, known?: Order) =>
  entriesForReview(
    { ...stamp, review: given, ...(known === undefined ? {} : { order: known }), buyerClusterId: 'b-1', existing: [] },
    rules,
  );

describe('the entries of a review', () => {
  it('leave out a one-star about delivery when the carrier lost the parcel', () => {
    const lost = orderOf([...handedOver, { type: 'LOST', at: '2026-05-20T10:00:00Z' }]);
    const entries = entriesOf(reviewOf(1, 'Parcel never arrived, delivery is a joke'), lost);
    expect(entries).toMatchObject([{ dimension: 'DELIVERY', faultParty: 'CARRIER', valueBp: 0 }]);
    expect(scoreOf(entries).score).toBe(679);
  });

  it.each([
    ['the carrier’s, when it was handed over in time', handedOver, 'CARRIER'],
    ['the seller’s, when it was handed over late', [{ type: 'ACCEPTANCE_SCAN', at: '2026-05-20T10:00:00Z' }], 'SELLER'],
    ['undetermined, when nobody scanned it', [], 'UNDETERMINED'],
  ])('make a slow delivery without an incident %s', (_whose, events, faultParty) => {
    const slow = orderOf([...events, { type: 'DELIVERED', at: '2026-06-08T10:00:00Z' }]);
    expect(entriesOf(reviewOf(2, 'Shipping took five weeks'), slow)).toMatchObject([
      { dimension: 'DELIVERY', faultParty },
    ]);
  });

  it('follow a buyer whom a person let go out of a cluster, and back when that is taken back', () => {
    const bad = reviewOf(1, 'It broke.');
    const said = [...entriesOf(bad)];
    const sayAs = (buyerClusterId: string) => {
      const recordedAtMs = NOW_MS + said.length;
      const news = entriesForReview({ ...stamp, recordedAtMs, review: bad, buyerClusterId, existing: said }, rules);
      said.push(...news);
      return news;
    };
    const clusterNow = () =>
      resolveLedger(said, { ...stamp, knownAtMs: NOW_MS + 9, context: { kyb: 'VERIFIED' } }).evidence[0]
        ?.buyerClusterId;
    // A scan that draws another cluster moves nothing.
    expect(sayAs('cluster-x')).toEqual([]);
    expect(sayAs(apartCluster('b-1'))).toMatchObject([{ kind: 'REATTRIBUTION', buyerClusterId: 'apart-b-1' }]);
    expect(clusterNow()).toBe('apart-b-1');
    expect(sayAs(apartCluster('b-1'))).toEqual([]);
    sayAs('cluster-x');
    expect(clusterNow()).toBe('cluster-x');
  });

  it('keep a one-star that also complains of the goods', () => {
    const held = orderOf([...handedOver, { type: 'CUSTOMS_HOLD', at: '2026-05-10T10:00:00Z' }]);
    const entries = entriesOf(reviewOf(1, 'Delivery took months and the fabric is torn'), held);
    expect(entries).toMatchObject([{ dimension: 'ITEM', faultParty: 'SELLER' }]);
    expect(scoreOf(entries).score).toBeLessThan(679);
  });

  it('weigh nothing for an order under the smallest value', () => {
    const small = orderOf(handedOver, { valueMinor: 499 });
    expect(entriesOf(reviewOf(5, 'Great'), small)).toMatchObject([{ weightPpm: 0 }]);
  });

  it('change the fault when the parcel turns out to have been seized as counterfeit', () => {
    const held = orderOf([...handedOver, { type: 'CUSTOMS_HOLD', at: '2026-05-10T10:00:00Z' }]);
    const given = reviewOf(1, 'Stuck in customs');
    const [first] = entriesOf(given, held);
    const seized = orderOf([
      ...handedOver,
      { type: 'CUSTOMS_HOLD', at: '2026-05-10T10:00:00Z' },
      { type: 'CUSTOMS_SEIZURE', at: '2026-06-12T10:00:00Z', reason: 'COUNTERFEIT' },
    ]);
    const existing = first === undefined ? [] : [first];
    const input = { ...stamp, review: given, order: seized, buyerClusterId: 'b-1', existing };
    const later = entriesForReview(input, rules);
    expect(later).toMatchObject([{ kind: 'REATTRIBUTION', reverses: first?.entryId, faultParty: 'SELLER' }]);
    expect(entriesForReview({ ...input, existing: [...existing, ...later] }, rules)).toEqual([]);
    expect(scoreOf(existing).score).toBe(679);
    expect(scoreOf([...existing, ...later]).score).toBeLessThan(679);
  });
});

describe('the entries of a dispute', () => {
  it('count against a seller who was ruled responsible, and not beside the review of the same order', () => {
    const disputed = orderOf([
      ...handedOver,
      { type: 'DISPUTE_OPENED', at: '2026-06-01T10:00:00Z', reason: 'NOT_AS_DESCRIBED' },
      { type: 'DISPUTE_RULED', at: '2026-06-05T10:00:00Z', responsible: 'SELLER' },
    ]);
    const dispute = entriesForDispute({ ...stamp, order: disputed, buyerClusterId: 'b-1', existing: [] }, settings);
    expect(dispute).toMatchObject([{ valueBp: 0, faultParty: 'SELLER', subjectRef: 'ORDER/o-1' }]);
    const reviewed = entriesOf(reviewOf(1, 'It is a fake'), disputed);
    expect(scoreOf(dispute).score).toBeLessThan(679);
    expect(scoreOf([...dispute, ...reviewed]).score).toBe(scoreOf(reviewed).score);
  });

  it('wait while nobody knows whose fault it was, then fall on whom the order presumes', () => {
    const open = orderOf([{ type: 'DISPUTE_OPENED', at: '2026-06-10T10:00:00Z', reason: 'NOT_RECEIVED' }]);
    const entries = entriesForDispute({ ...stamp, order: open, buyerClusterId: 'b-1', existing: [] }, settings);
    expect(entries).toMatchObject([{ faultParty: 'UNDETERMINED', presumedFault: 'SELLER' }]);
    expect(scoreOf(entries).score).toBe(679);
    expect(scoreOf(entries, { asOfMs: NOW_MS + 40 * 86_400_000 }).score).toBeLessThan(679);
  });
});
