import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RingView } from '../../../src/domain/views/ring-view.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';
import { marketRows, ringReviews, sendItems } from './ring-market.ts';

const registeredAt = new Date(Date.now() - 60 * 86_400_000).toISOString();
const visit = (deviceId: string, ip: string) => ({ at: registeredAt, ip, deviceId });

describe('sellers beside a ring', () => {
  let assay: TestAssay;
  const ringOf = async (member: string): Promise<RingView> => {
    const row = await assay.runtime.connected.prisma.ring.findFirst({ where: { memberAccountIds: { has: member } } });
    return assay.client.get<RingView>(`/v1/rings/${encodeURIComponent(row?.id ?? '')}`);
  };
  const caseSellerOf = async (ringId: string) =>
    (await assay.runtime.connected.prisma.case.findFirst({ where: { subjectKind: 'RING', subjectId: ringId } }))
      ?.sellerId;

  beforeAll(async () => {
    assay = await openTestAssay();
    await assay.runtime.connected.prisma.review.createMany({ data: marketRows(2) });
    await sendItems(assay, '/v1/accounts', [
      {
        id: 'rival-owner',
        kind: 'SELLER',
        sellerId: 's-rival',
        registeredAt,
        sessions: [visit('desk', '203.0.113.5'), visit('phone', '203.0.113.5')],
      },
      ...[0, 1].map((member) => ({
        id: `claque-${member}`,
        registeredAt,
        sessions: [visit(member === 0 ? 'desk' : 'phone', `198.51.100.${member}`)],
      })),
    ]);
    await sendItems(assay, '/v1/reviews', [
      ...ringReviews('claque', { members: 5, listings: 4, stars: 5 }),
      ...ringReviews('mob', { members: 5, listings: 4, stars: 1 }),
    ]);
  });
  afterAll(() => assay.close());

  it('names the rival whose devices the members use, and not the seller whom they praise to frame', async () => {
    const ring = await ringOf('claque-0');
    expect(ring.instigator).toMatchObject({ sellerId: 's-rival', role: 'RIVAL' });
    expect(ring.sellers.map(({ sellerId, roles }) => [sellerId, ...roles]).sort()).toEqual([
      ['s-claque', 'PRAISED', 'GAINS'],
      ['s-rival', 'INSTIGATOR'],
    ]);
    expect(ring.links.map(({ linkKind, why }) => [linkKind, /runs the store s-rival/.test(why)])).toEqual([
      ['DEVICE', true],
      ['DEVICE', true],
    ]);
    expect(await caseSellerOf(ring.id)).toBe('s-rival');
  });

  it('holds nothing against a seller who is attacked', async () => {
    const ring = await ringOf('mob-0');
    expect(ring.direction).toBe('ATTACK');
    expect(ring.sellers).toEqual([{ sellerId: 's-mob', roles: ['ATTACKED'] }]);
    expect(await caseSellerOf(ring.id)).toBeNull();
    const cases = await assay.runtime.connected.prisma.case.count({ where: { sellerId: 's-mob' } });
    expect(cases).toBe(0);
  });
});
