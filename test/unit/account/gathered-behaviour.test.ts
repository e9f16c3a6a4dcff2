import { describe, expect, it } from 'vitest';
import { coReviewEdges } from '../../../src/detectors/account/co-review-edges.ts';
import { goodsEdges } from '../../../src/detectors/account/goods-edges.ts';
import { likeGoods } from '../../../src/detectors/account/like-goods.ts';
import { sessionEdges } from '../../../src/detectors/account/session-behaviour.ts';
import type { PseudonymousAccount } from '../../../src/domain/account.ts';
import { DAY_MS, NOW_MS, testSettings } from './account-fixtures.ts';

const visitor = (id: string, sessions: readonly Partial<PseudonymousAccount['sessions'][number]>[]) =>
  ({
    id,
    kind: 'BUYER',
    registeredAt: new Date(NOW_MS - 400 * DAY_MS).toISOString(),
    identifiers: [],
    sessions: sessions.map((session) => ({ atMs: NOW_MS, networkClass: 'VPN', ...session })),
  }) satisfies PseudonymousAccount;

const kindsOf = (accounts: readonly PseudonymousAccount[]): string[] =>
  sessionEdges(accounts, testSettings).map(({ kind }) => kind);

describe('co-reviews', () => {
  const cell = (accountId: string, listingId: string) => ({ accountId, listingId });
  const ring = {
    ringId: 'ring:1',
    direction: 'PRAISE' as const,
    reviews: [cell('a', '1'), cell('b', '1'), cell('a', '2'), cell('b', '2'), cell('c', '3'), cell('b', '3')],
  };

  it('join only members who reviewed the same listings, the more the stronger', () => {
    const edges = coReviewEdges([ring], new Set(['a', 'b', 'c']), testSettings.coReview);
    expect(edges.map(({ a, b, nats }) => [a, b, nats])).toEqual([
      ['a', 'b', 3],
      ['b', 'c', 1.5],
    ]);
  });

  it('say nothing of accounts that are not asked for', () => {
    expect(coReviewEdges([ring], new Set(['a', 'c', 'x']), testSettings.coReview)).toEqual([]);
  });
});

describe('visits', () => {
  const at = (minutes: number) => ({ atMs: NOW_MS + minutes * 60_000 });
  const days = [0, 3, 9, 14, 20].map((day) => day * 24 * 60);

  it('of two accounts minutes apart again and again are alike', () => {
    const left = visitor('a', days.map(at));
    const right = visitor(
      'b',
      days.map((minutes) => at(minutes + 4)),
    );
    const [edge] = sessionEdges([left, right], testSettings);
    expect(edge).toMatchObject({ a: 'a', b: 'b', kind: 'SESSION_TIMING' });
    expect(edge?.nats).toBe(testSettings.sessions.timing.capNats);
  });

  it('of two busy accounts meet by chance', () => {
    const busy = (id: string, from: number) =>
      visitor(
        id,
        Array.from({ length: 100 }, (_, index) => at(from + 13 * index)),
      );
    expect(kindsOf([busy('a', 0), busy('b', 5)])).toEqual([]);
  });

  it('with clocks that are not those of the country are alike when both show the same', () => {
    const shanghai = { country: 'US', timeZone: 'Asia/Shanghai' };
    const pair = ['a', 'b'].map((id) => visitor(id, [shanghai, shanghai]));
    expect(kindsOf(pair)).toEqual(['TIME_ZONE']);
  });

  it('with clocks of the country, however wide it is, are nothing', () => {
    for (const [country, timeZone] of [
      ['US', 'America/Los_Angeles'],
      ['US', 'Pacific/Honolulu'],
      ['CN', 'Asia/Shanghai'],
      ['ES', 'Europe/Madrid'],
      ['RU', 'Asia/Vladivostok'],
      ['NZ', 'Pacific/Auckland'],
      ['US', 'No/Such_Zone'],
    ] as const) {
      const session = { country, timeZone };
      expect([timeZone, ...kindsOf(['a', 'b'].map((id) => visitor(id, [session, session])))]).toEqual([timeZone]);
    }
  });
});

describe('goods of two stores', () => {
  it('are a behaviour of each kind, capped', () => {
    const shared = { sellerId: 's', otherSellerId: 't', pictures: 9, texts: 1, nearPictures: 0, nearTexts: 0 };
    expect(goodsEdges('a', 'b', shared, testSettings.goods).map(({ kind, nats }) => [kind, nats])).toEqual([
      ['PICTURE', 5],
      ['LISTING_TEXT', 2],
    ]);
    expect(goodsEdges('a', 'b', { ...shared, pictures: 0, texts: 0 }, testSettings.goods)).toEqual([]);
  });

  it('speak less where they are only nearly the same', () => {
    const shared = { sellerId: 's', otherSellerId: 't', pictures: 1, texts: 0, nearPictures: 1, nearTexts: 1 };
    expect(goodsEdges('a', 'b', shared, testSettings.goods).map(({ nats, why }) => [nats, why])).toEqual([
      [3.8, 'The stores s and t show 1 of the same pictures and 1 nearly the same pictures.'],
      [1.8, 'The stores s and t show 1 nearly the same descriptions.'],
    ]);
  });
});

describe('what a picture or a text of a listing is like', () => {
  const like = (owner: string, likeness01: number, isSame = false) => ({
    listingId: `l-${owner}-${likeness01}`,
    owner,
    likeness01,
    isSame,
  });
  const otherIds = (sought: Parameters<typeof likeGoods>[0], found: readonly ReturnType<typeof like>[]) =>
    likeGoods(sought, found, testSettings.goods).map(({ otherListingId }) => otherListingId);

  it('is the nearest listing of each other owner that is near enough', () => {
    const found = [like('a', 0.9), like('a', 0.95), like('b', 0.85), like('c', 0.3)];
    expect(otherIds({ kind: 'PICTURE' }, found)).toEqual(['l-a-0.95', 'l-b-0.85']);
  });

  it('is nothing of an owner who shows the very same, which counts by itself', () => {
    expect(otherIds({ kind: 'PICTURE' }, [like('a', 0.99), like('a', 0.9, true), like('b', 0.9)])).toEqual(['l-b-0.9']);
  });

  it('is nothing where so many show the like that it is the maker’s own, or where a text is short', () => {
    const owners = ['a', 'b', 'c', 'd'].map((owner) => like(owner, 0.9));
    expect(otherIds({ kind: 'PICTURE' }, owners.slice(0, 3))).toHaveLength(3);
    expect(otherIds({ kind: 'PICTURE' }, owners)).toEqual([]);
    expect(otherIds({ kind: 'TEXT', chars: 20 }, owners.slice(0, 1))).toEqual([]);
  });
});
