import { describe, expect, it } from 'vitest';
import { withInstigator, type InstigatorFacts, type LinkedSeller } from '../../../src/detectors/ring/instigator.ts';
import type { RingOrder } from '../../../src/detectors/ring/instigator.ts';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { finding as findingSchema, type Finding } from '../../../src/domain/finding.ts';
import { honestMarket, plantedRing, shippedSettings, stateOf } from './ring-fixture.ts';

const settings = shippedSettings();

const ringOf = (stars: number): Finding => {
  const ring = plantedRing('claque', { members: 8, listings: 5, stars, seed: 2 });
  const [found] = sweepRings(stateOf([...honestMarket(3), ...ring]), settings);
  if (found === undefined) throw new Error('no ring was found');
  return found.finding;
};
const praise = ringOf(5);
const attack = ringOf(1);
const PRAISED = 'seller-of-claque-shop';

const link = (sellerId: string, more: Partial<LinkedSeller> = {}): LinkedSeller => ({
  sellerId,
  sellerAccountId: `account-of-${sellerId}`,
  nats: 4,
  isOwnAccount: false,
  evidence: [],
  ...more,
});

const facts = (more: Partial<InstigatorFacts> = {}): InstigatorFacts => ({
  linkedSellers: () => [],
  orders: new Map(),
  offers: () => undefined,
  ...more,
});

/** Members of these numbers are tied to a seller. */
const tied = (sellerId: string, ...members: number[]): Partial<InstigatorFacts> => ({
  linkedSellers: (id) => (members.some((member) => id === `claque-${member}`) ? [link(sellerId)] : []),
});

const ordersOf = (finding: Finding, order: Partial<RingOrder>): ReadonlyMap<string, RingOrder> => {
  const ring = finding.evidence.find((piece) => piece.kind === 'RING');
  return new Map(
    (ring?.reviews ?? []).map(({ reviewId }) => [
      reviewId,
      { orderId: `order-${reviewId}`, sellerId: PRAISED, isHollow: false, ...order },
    ]),
  );
};

const instigatorOf = (finding: Finding, more: Partial<InstigatorFacts> = {}) => {
  const told = findingSchema.parse(withInstigator(finding, facts(more), settings));
  const ring = told.evidence.find((piece) => piece.kind === 'RING');
  expect(told.signals['hasInstigatorEvidence']).toBe(ring?.instigator !== undefined);
  return ring?.instigator;
};

describe('who is behind a ring', () => {
  it('is nobody when all that speaks against a seller is that he is praised', () => {
    expect(instigatorOf(praise)).toBeUndefined();
  });

  it('is the praised seller when two members are linked with his own account', () => {
    expect(instigatorOf(praise, tied(PRAISED, 0, 3))).toMatchObject({ sellerId: PRAISED, role: 'BENEFICIARY' });
  });

  it('is nobody when one member is linked, who may be a relative', () => {
    expect(instigatorOf(praise, tied(PRAISED, 0))).toBeUndefined();
  });

  it('is the praised seller when one member is linked and orders behind the reviews moved no goods', () => {
    const orders = ordersOf(praise, { isHollow: true });
    const found = instigatorOf(praise, { ...tied(PRAISED, 0), orders });
    expect(found?.terms.map(({ name }) => name).sort()).toEqual(['hollowOrders', 'sellerLinks']);
  });

  it('is the rival, not the praised seller, when the members are linked with the rival', () => {
    const found = instigatorOf(praise, tied('seller-rival', 0, 3));
    expect(found).toMatchObject({ sellerId: 'seller-rival', role: 'RIVAL' });
    expect(withInstigator(praise, facts(tied('seller-rival', 0, 3)), settings).summary).toMatch(
      /seller-rival is behind it, to harm seller-of-claque-shop/,
    );
  });

  it('is never the seller who is attacked', () => {
    const orders = ordersOf(attack, { isHollow: true });
    expect(instigatorOf(attack, { ...tied(PRAISED, 0, 1, 2), orders })).toBeUndefined();
    expect(instigatorOf(attack, tied('seller-rival', 0, 3))).toMatchObject({ sellerId: 'seller-rival', role: 'RIVAL' });
  });

  it('is the seller whose own account is a member', () => {
    const linkedSellers = (id: string) => (id === 'claque-0' ? [link(PRAISED, { isOwnAccount: true, nats: 0 })] : []);
    expect(instigatorOf(praise, { linkedSellers })?.sellerId).toBe(PRAISED);
  });

  it('is nobody for a coupon and a campaign alone, which a rival can use as well', () => {
    const ring = praise.evidence.find((piece) => piece.kind === 'RING');
    const orders = ordersOf(praise, { couponId: 'secret' });
    const offers = () => ({ campaignStartsMs: [ring?.firstAtMs ?? 0], couponShares: new Map([['secret', 0.05]]) });
    expect(instigatorOf(praise, { orders, offers })).toBeUndefined();
    const found = instigatorOf(praise, { orders, offers, ...tied(PRAISED, 0) });
    expect(found?.terms.map(({ name }) => name).sort()).toEqual(['campaignTiming', 'sellerLinks', 'sharedCoupon']);
  });

  it('is each of two sellers of whom evidence of their own says so, the strongest first', () => {
    const both: Partial<InstigatorFacts> = {
      linkedSellers: (id) =>
        ['claque-0', 'claque-1', 'claque-2'].includes(id)
          ? [link('seller-a')]
          : ['claque-4', 'claque-5'].includes(id)
            ? [link('seller-b')]
            : [],
    };
    const told = findingSchema.parse(withInstigator(praise, facts(both), settings));
    const ring = told.evidence.find((piece) => piece.kind === 'RING');
    expect(ring?.instigator).toMatchObject({ sellerId: 'seller-a', role: 'RIVAL', nats: 12 });
    expect(ring?.furtherInstigators).toMatchObject([{ sellerId: 'seller-b', role: 'RIVAL', nats: 8 }]);
    expect(told.summary).toMatch(/seller-a is behind it.*seller-b is behind it/);
  });
});
