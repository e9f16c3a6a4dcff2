import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckView } from '../../../src/domain/views/check-view.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';

interface BatchAnswer {
  readonly items: readonly { readonly id?: string; readonly status: string; readonly checkId?: string }[];
}

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** Six accounts of one hand: a device, two cards, rented servers, made within six hours. */
const farm = Array.from({ length: 6 }, (_, i) => ({
  id: `farm-${i}`,
  registeredAt: hoursAgo(24 * 30 - i),
  sessions: [{ at: hoursAgo(24 * 10), ip: `5.9.17.${20 + i}`, deviceId: 'phone-f' }],
  payments: [{ fingerprint: `card-${i % 2}` }],
}));

const order = (accountId: string, at: number, more: object = {}) => ({
  id: `o-${accountId}-${at}`,
  listingId: 'l-1',
  sellerId: 's-brush',
  accountId,
  valueMinor: 900,
  currency: 'EUR',
  placedAt: hoursAgo(24 * 20 - at),
  campaignId: `welcome-${at}`,
  events: [
    { id: 'e1', type: 'TRACKING_UPLOADED', at: hoursAgo(24 * 18) },
    { id: 'e2', type: 'DELIVERED', at: hoursAgo(24 * 9) },
  ],
  ...more,
});

describe('trade fraud, from intake to finding', () => {
  let assay: TestAssay;
  beforeAll(async () => {
    assay = await openTestAssay();
  });
  afterAll(() => assay.close());

  /** Sends items, waits for their checks, and gives what was found on the last. */
  const findingsOfLast = async (path: string, items: readonly { id: string }[]): Promise<readonly string[]> => {
    const answer = await assay.client.post<BatchAnswer>(path, { items });
    expect(answer.items.map(({ status }) => status)).toEqual(items.map(() => 'accepted'));
    await assay.settle();
    const checkId = answer.items.at(-1)?.checkId;
    if (checkId === undefined) throw new Error('the last item has no check');
    const view = await assay.client.get<CheckView>(`/v1/checks/${checkId}`);
    return view.findings.map(({ violationType }) => violationType);
  };

  it('finds a store whose hollow orders come from one cluster, and the offers that the cluster harvests', async () => {
    await findingsOfLast('/v1/accounts', farm);
    const orders = farm.flatMap(({ id }) => [order(id, 1), order(id, 2)]);
    await findingsOfLast('/v1/orders', orders.slice(0, -1));
    expect(await findingsOfLast('/v1/orders', orders.slice(-1))).toEqual(['TRD_FAKE_TRANSACTION']);

    // A member comes again, now that the orders are known.
    const again = farm.slice(0, 1).map((account) => ({
      ...account,
      sessions: [...account.sessions, { at: hoursAgo(1), ip: '5.9.17.20', deviceId: 'phone-f' }],
    }));
    expect([...(await findingsOfLast('/v1/accounts', again))].sort()).toEqual([
      'ACC_SOCK_PUPPET_VPN',
      'TRD_PROMO_ABUSE',
    ]);
  });

  it('lets an account leave its cluster that shares nothing with it any more, and looks at the others again', async () => {
    const clusterIds = async () => {
      const where = { id: { startsWith: 'farm-' } };
      const rows = await assay.runtime.connected.prisma.account.findMany({ where, orderBy: { id: 'asc' } });
      return rows.map(({ clusterId }) => clusterId);
    };
    const before = await clusterIds();
    expect(before).toEqual(farm.map(() => 'cluster-farm-0'));
    const gone = farm.slice(5).map((account) => ({
      ...account,
      sessions: [{ at: hoursAgo(1), ip: '203.0.113.200', deviceId: 'own-phone' }],
      payments: [{ fingerprint: 'own-card' }],
    }));
    expect(await findingsOfLast('/v1/accounts', gone)).toEqual([]);
    expect(await clusterIds()).toEqual([...before.slice(0, 5), null]);
    const where = { subjectKind: 'ACCOUNT', trigger: { startsWith: 'cluster:' } };
    const again = await assay.runtime.connected.prisma.check.findMany({ where, orderBy: { subjectId: 'asc' } });
    expect(again.map(({ subjectId, state }) => [subjectId, state])).toEqual(
      farm.slice(0, 5).map(({ id }) => [id, 'DONE']),
    );
  });

  it('says nothing of a store whose parcels stand still for strangers', async () => {
    const strangers = Array.from({ length: 6 }, (_, i) => ({
      id: `stranger-${i}`,
      registeredAt: hoursAgo(24 * 300 + i * 50),
      sessions: [{ at: hoursAgo(24 * 10), ip: `203.0.113.${i * 7}`, deviceId: `own-${i}` }],
      payments: [{ fingerprint: `own-card-${i}` }],
    }));
    await findingsOfLast('/v1/accounts', strangers);
    const orders = strangers.flatMap(({ id }) => [1, 2].map((at) => order(id, at, { sellerId: 's-strike' })));
    expect(await findingsOfLast('/v1/orders', orders)).toEqual([]);
  });
});
