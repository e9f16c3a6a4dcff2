import { describe, expect, it } from 'vitest';
import { createAccountDetector } from '../../../src/detectors/account/account-detector.ts';
import { createAccountLinkIndex } from '../../../src/detectors/account/account-links.ts';
import { createBrushingDetector } from '../../../src/detectors/account/brushing-detector.ts';
import { movementOf } from '../../../src/detectors/account/order-movement.ts';
import { promotionEdges } from '../../../src/detectors/account/promotion-abuse.ts';
import { finding } from '../../../src/domain/finding.ts';
import { type Order, order } from '../../../src/domain/order.ts';
import { type AccountSketch, DAY_MS, NOW_MS, sketchAccount, testSettings } from './account-fixtures.ts';

const daysAgo = (days: number): string => new Date(NOW_MS - days * DAY_MS).toISOString();

type EventSketch = readonly [type: Order['events'][number]['type'], daysAgo: number, weightGrams?: number];

const makeOrder = (id: string, accountId: string, events: readonly EventSketch[], more: Partial<Order> = {}): Order =>
  order.parse({
    id,
    listingId: 'l1',
    sellerId: 's1',
    accountId,
    valueMinor: 1_000,
    currency: 'EUR',
    placedAt: daysAgo(60),
    events: events.map(([type, days, weightGrams], i) => ({
      id: `${id}-${i}`,
      type,
      at: daysAgo(days),
      ...(weightGrams === undefined ? {} : { weightGrams }),
    })),
    ...more,
  });

describe('movement of an order', () => {
  const movement = (events: readonly EventSketch[]) => {
    const result = movementOf(makeOrder('o', 'a', events), NOW_MS, testSettings.brushing);
    return result.kind === 'hollow' ? result.sign : result.kind;
  };

  it.each<[string, readonly EventSketch[], string]>([
    ['announced long ago, never scanned', [['TRACKING_UPLOADED', 40]], 'NO_MOVEMENT'],
    ['announced lately', [['TRACKING_UPLOADED', 5]], 'open'],
    [
      'delivered without a scan',
      [
        ['SHIPPED', 30],
        ['DELIVERED', 20],
      ],
      'DELIVERED_UNSCANNED',
    ],
    [
      'an empty envelope',
      [
        ['ACCEPTANCE_SCAN', 30, 5],
        ['DELIVERED', 20],
      ],
      'EMPTY_PARCEL',
    ],
    [
      'an ordinary delivery',
      [
        ['SHIPPED', 30],
        ['TRANSIT_SCAN', 25, 480],
        ['DELIVERED', 20],
      ],
      'moved',
    ],
    [
      'seized by customs',
      [
        ['SHIPPED', 30],
        ['CUSTOMS_SEIZURE', 25],
      ],
      'moved',
    ],
    [
      'cancelled',
      [
        ['TRACKING_UPLOADED', 40],
        ['CANCELLED', 39],
      ],
      'open',
    ],
    ['nothing known', [], 'open'],
  ])('is told for %s', (_, events, expected) => {
    expect(movement(events)).toBe(expected);
  });
});

describe('the brushing detector', () => {
  const detector = createBrushingDetector(testSettings.brushing);
  const farm: AccountSketch[] = Array.from({ length: 4 }, (_, i) => ({
    id: `b${i}`,
    device: 'd',
    payment: `p${i % 2}`,
    registeredDaysAgo: 90 - i,
  }));
  const strangers: AccountSketch[] = Array.from({ length: 8 }, (_, i) => ({
    id: `x${i}`,
    device: `own-${i}`,
    payment: `card-${i}`,
  }));
  const accountLinks = createAccountLinkIndex(testSettings.links);
  for (const sketch of [...farm, ...strangers, { id: 'store', kind: 'SELLER' as const, payment: 'p1' }])
    accountLinks.add(sketchAccount(sketch));

  const detect = (sellerOrders: readonly Order[]) => {
    const result = detector.detect({
      sellerId: 's1',
      sellerAccountIds: ['store'],
      sellerOrders,
      accountLinks,
      nowMs: NOW_MS,
    });
    return result.kind === 'findings' ? result.findings : result;
  };
  const hollow = (accountIds: readonly string[], each: number): Order[] =>
    accountIds.flatMap((id) =>
      Array.from({ length: each }, (_, i) =>
        makeOrder(`${id}-${i}`, id, [
          ['TRACKING_UPLOADED', 40],
          ['DELIVERED', 30],
        ]),
      ),
    );

  it('finds a seller whose hollow orders come from one cluster, to which the store itself belongs', () => {
    const found = detect(hollow(['b0', 'b1', 'b2', 'b3'], 2));
    expect(found).toMatchObject([
      {
        violationType: 'TRD_FAKE_TRANSACTION',
        about: 'brushing:s1:cluster-store',
        signals: { hollowOrders: 8, isLinkedWithSeller: true },
      },
    ]);
    if (Array.isArray(found)) for (const each of found) expect(finding.parse(each)).toEqual(each);
  });

  it('says nothing of a carrier’s strike, where parcels of strangers stand still', () => {
    expect(
      detect(
        hollow(
          strangers.map(({ id }) => id),
          2,
        ),
      ),
    ).toEqual([]);
  });

  it('says nothing of a cluster that receives its goods', () => {
    const delivered = farm.flatMap(({ id }) =>
      Array.from({ length: 3 }, (_, i) =>
        makeOrder(`${id}-${i}`, id, [
          ['SHIPPED', 30],
          ['TRANSIT_SCAN', 28, 500],
          ['DELIVERED', 25],
        ]),
      ),
    );
    expect(detect(delivered)).toMatchObject({ kind: 'skipped' });
  });

  it('says nothing where the cluster is a small part of the hollow orders', () => {
    expect(
      detect([
        ...hollow(['b0', 'b1', 'b2'], 2),
        ...hollow(
          strangers.map(({ id }) => id),
          3,
        ),
      ]),
    ).toEqual([]);
  });
});

describe('promotions', () => {
  const offers = (ids: readonly string[], campaignId: string): Order[] =>
    ids.map((id) => makeOrder(`${campaignId}-${id}`, id, [], { campaignId }));
  const detector = createAccountDetector(testSettings);

  const check = (sketches: readonly AccountSketch[], orders: readonly Order[]) => {
    const accountLinks = createAccountLinkIndex(testSettings.links);
    const accounts = sketches.map(sketchAccount);
    for (const account of accounts) accountLinks.add(account);
    const [account] = accounts;
    if (account === undefined) throw new Error('no account');
    const result = detector.detect({ account, accountLinks, orders, nowMs: NOW_MS });
    return result.kind === 'findings' ? result.findings.map(({ violationType }) => violationType) : [];
  };

  it('weigh by how few buyers used the offer, and not at all when cancelled', () => {
    const orders = [...offers(['a', 'b'], 'rare'), ...offers(['c', 'd'], 'common')];
    const edges = promotionEdges(
      orders,
      new Map([
        ['rare', 0.01],
        ['common', 0.9],
      ]),
      testSettings.promotion,
    );
    const natsOf = (a: string) => edges.find((edge) => edge.a === a)?.nats ?? 0;
    expect(natsOf('a')).toBe(testSettings.promotion.offerCapNats);
    expect(natsOf('c')).toBeCloseTo(-Math.log(0.9));
    const cancelled = ['a', 'b'].map((id) => makeOrder(`o-${id}`, id, [['CANCELLED', 1]], { campaignId: 'x' }));
    expect(promotionEdges(cancelled, new Map(), testSettings.promotion)).toEqual([]);
  });

  it('are found harvested by a farm', () => {
    const farm = Array.from({ length: 6 }, (_, i) => ({
      id: `f${i}`,
      device: 'd',
      payment: `p${i % 2}`,
      ip: 'exit',
      networkClass: 'VPN' as const,
      registeredDaysAgo: 20 - i * 0.2,
    }));
    const orders = ['c1', 'c2', 'c3'].flatMap((campaign) =>
      offers(
        farm.map(({ id }) => id),
        campaign,
      ),
    );
    expect(check(farm, orders)).toEqual(['ACC_SOCK_PUPPET_VPN', 'TRD_PROMO_ABUSE']);
  });

  it('are no fault of a family in which each used the welcome offer', () => {
    const family = ['mother', 'father', 'daughter', 'son'].map((id, i) => ({
      id,
      device: 'tablet',
      payment: 'card',
      address: 'home',
      ip: 'home',
      registeredDaysAgo: 900 - i * 100,
    }));
    expect(
      check(
        family,
        offers(
          family.map(({ id }) => id),
          'welcome',
        ),
      ),
    ).toEqual([]);
  });
});

describe('impossible travel', () => {
  const detector = createAccountDetector(testSettings);
  const visits = (
    ...list: readonly [hour: number, country: string, networkClass: 'RESIDENTIAL' | 'VPN' | 'MOBILE' | 'RELAY'][]
  ) => {
    const account = {
      ...sketchAccount({ id: 'traveller' }),
      sessions: list.map(([hour, country, networkClass]) => ({
        atMs: NOW_MS + hour * 3_600_000,
        country,
        networkClass,
      })),
    };
    const accountLinks = createAccountLinkIndex(testSettings.links);
    accountLinks.add(account);
    const result = detector.detect({ account, accountLinks, nowMs: NOW_MS });
    return result.kind === 'findings' ? result.findings.map(({ violationType }) => violationType) : [];
  };

  it('is found when an account is there and back faster than anybody flies', () => {
    expect(visits([0, 'DE', 'RESIDENTIAL'], [1, 'BR', 'RESIDENTIAL'], [2, 'DE', 'RESIDENTIAL'])).toEqual([
      'ACC_IMPERSONATION_HIJACK',
    ]);
  });

  it('is none within the time of a flight, between neighbours, or once only', () => {
    expect(visits([0, 'DE', 'RESIDENTIAL'], [14, 'BR', 'RESIDENTIAL'], [40, 'DE', 'RESIDENTIAL'])).toEqual([]);
    expect(visits([0, 'DE', 'RESIDENTIAL'], [0.5, 'NL', 'RESIDENTIAL'], [1, 'DE', 'RESIDENTIAL'])).toEqual([]);
    expect(visits([0, 'DE', 'RESIDENTIAL'], [1, 'BR', 'RESIDENTIAL'])).toEqual([]);
  });

  it('is none over relay, VPN and carrier addresses, which stand elsewhere than their user', () => {
    for (const networkClass of ['VPN', 'MOBILE', 'RELAY'] as const)
      expect(
        visits([0, 'DE', 'RESIDENTIAL'], [1, 'BR', networkClass], [2, 'DE', 'RESIDENTIAL'], [3, 'BR', networkClass]),
      ).toEqual([]);
  });
});
