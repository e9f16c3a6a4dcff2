import { describe, expect, it } from 'vitest';
import { finding } from '../../../src/domain/finding.ts';
import { createAccountDetector } from '../../../src/detectors/account/account-detector.ts';
import { createAccountLinkIndex } from '../../../src/detectors/account/account-links.ts';
import type { BehaviourEdge } from '../../../src/detectors/account/behaviour.ts';
import { scoreCluster } from '../../../src/detectors/account/cluster-score.ts';
import { type AccountSketch, NOW_MS, sketchAccount, testSettings } from './account-fixtures.ts';

const detector = createAccountDetector(testSettings);

const check = (
  sketches: readonly AccountSketch[],
  more: { behaviours?: readonly BehaviourEdge[]; terminated?: readonly string[] } = {},
) => {
  const accountLinks = createAccountLinkIndex(testSettings.links);
  const accounts = sketches.map(sketchAccount);
  for (const account of accounts) accountLinks.add(account);
  const account = accounts.at(-1);
  if (account === undefined) throw new Error('a check needs an account');
  const result = detector.detect({
    account,
    accountLinks,
    nowMs: NOW_MS,
    ...(more.behaviours === undefined ? {} : { behaviours: more.behaviours }),
    ...(more.terminated === undefined ? {} : { terminatedAccountIds: new Set(more.terminated) }),
  });
  if (result.kind !== 'findings') throw new Error(result.why);
  return result.findings;
};

/** Six accounts of one hand: one device and card, a VPN exit, registered in two days. */
const farm = (size = 6): AccountSketch[] =>
  Array.from({ length: size }, (_, i) => ({
    id: `puppet-${i}`,
    device: 'device-f',
    payment: i % 2 === 0 ? 'card-f' : 'card-g',
    ip: 'exit-f',
    networkClass: 'VPN' as const,
    registeredDaysAgo: 20 - i * 0.3,
  }));

const coReviews = (ids: readonly string[], nats: number): BehaviourEdge[] =>
  ids.slice(1).map((id, i) => ({
    a: ids[i] ?? '',
    b: id,
    kind: 'CO_REVIEW',
    nats,
    why: `${ids[i]} and ${id} reviewed 4 of the same products within a week of each other.`,
  }));

describe('the account detector on sock puppets', () => {
  it('finds a farm that shares device and cards, registered in a burst and reviewing together', () => {
    const sketches = farm();
    const found = check(sketches, {
      behaviours: coReviews(
        sketches.map(({ id }) => id),
        4,
      ),
    });
    expect(found.map(({ violationType }) => violationType)).toEqual(['ACC_SOCK_PUPPET_VPN']);
    const [only] = found;
    expect(only?.about).toBe('cluster-puppet-0');
    expect(only?.evidence.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ACCOUNT_CLUSTER', 'ACCOUNT_LINK', 'NETWORK']),
    );
    for (const each of found) expect(finding.parse(each)).toEqual(each);
  });

  it('says nothing of a farm without any behaviour in common', () => {
    const spread = farm().map((sketch, i) => ({ ...sketch, registeredDaysAgo: 900 - i * 100 }));
    expect(check(spread)).toEqual([]);
  });

  it('says nothing of an account only because it uses a VPN that others use too', () => {
    const users = Array.from({ length: 12 }, (_, i) => ({
      id: `vpn-user-${i}`,
      device: `device-${i}`,
      payment: `card-${i}`,
      ip: 'exit',
      networkClass: 'VPN' as const,
      registeredDaysAgo: 5,
    }));
    expect(
      check(users, {
        behaviours: coReviews(
          users.map(({ id }) => id),
          4,
        ),
      }),
    ).toEqual([]);
  });

  it('says nothing of a family that shares address, network, tablet and card', () => {
    const family = ['mother', 'father', 'daughter', 'son'].map((id, i) => ({
      id,
      device: 'tablet',
      payment: 'card',
      address: 'home',
      ip: 'home',
      registeredDaysAgo: 1500 - i * 200,
    }));
    expect(check(family)).toEqual([]);
    const oneProduct = [
      { a: 'mother', b: 'son', kind: 'CO_REVIEW', nats: 2, why: 'mother and son reviewed one product in one week.' },
    ];
    expect(check(family, { behaviours: oneProduct })).toEqual([]);
  });

  it('takes accounts of one place for several people where each has means of his own, and for one hand where none has', () => {
    const atOnePlace = (owner: (id: string) => string) =>
      ['first', 'second'].flatMap((id) => {
        const shared = sketchAccount({ id, device: 'tablet', address: 'home', ip: 'home', payment: owner(id) });
        const own = sketchAccount({ id, device: owner(id), phone: owner(id) });
        return [{ ...shared, identifiers: [...shared.identifiers, ...own.identifiers] }];
      });
    const alike = [
      { a: 'first', b: 'second', kind: 'CO_REVIEW', nats: 4, why: 'Both reviewed the same products.' },
      { a: 'first', b: 'second', kind: 'TEXT', nats: 3, why: 'Two reviews are nearly the same.' },
    ];
    const scoreOf = (accounts: ReturnType<typeof atOnePlace>) => {
      const index = createAccountLinkIndex(testSettings.links);
      for (const account of accounts) index.add(account);
      return scoreCluster(index.clusterOf('first', alike), alike, testSettings.cluster);
    };
    const people = scoreOf(atOnePlace((id) => `${id}-own`));
    const oneHand = scoreOf(atOnePlace(() => 'common'));
    expect(people.isEligible && oneHand.isEligible).toBe(true);
    expect(people.probability01).toBeLessThan(testSettings.cluster.minProbability01);
    expect(oneHand.probability01).toBeGreaterThan(testSettings.cluster.minProbability01);
    const { DEVICE, PAYMENT, PHONE } = testSettings.cluster.household.ownMeansNats;
    expect(people.terms.filter(({ name }) => name.startsWith('own ')).map(({ nats }) => nats)).toEqual([
      -DEVICE,
      -PAYMENT,
      -PHONE,
    ]);
    expect(oneHand.terms.some(({ name }) => name.startsWith('own '))).toBe(false);
  });

  it('says nothing of a couple that registered on the same day', () => {
    const couple = ['she', 'he'].map((id) => ({
      id,
      device: 'tablet',
      payment: 'card',
      address: 'home',
      ip: 'home',
      registeredDaysAgo: 300,
    }));
    expect(check(couple)).toEqual([]);
  });

  it('says nothing of a dormitory where everybody registers in the first week of term', () => {
    const dorm = Array.from({ length: 30 }, (_, i) => ({
      id: `student-${i}`,
      device: `phone-${i}`,
      payment: `card-${i}`,
      address: 'dorm',
      ip: 'dorm',
      registeredDaysAgo: 250 + (i % 5),
    }));
    expect(
      check(dorm, {
        behaviours: coReviews(
          dorm.map(({ id }) => id),
          3,
        ),
      }),
    ).toEqual([]);
  });

  it('says nothing of subscribers behind one carrier address', () => {
    const carrier = Array.from({ length: 30 }, (_, i) => ({
      id: `subscriber-${i}`,
      device: `phone-${i}`,
      ip: 'carrier-nat',
      networkClass: 'MOBILE' as const,
      registeredDaysAgo: 10,
    }));
    expect(check(carrier)).toEqual([]);
  });

  it('gives every member of a cluster the same case', () => {
    const sketches = farm();
    const behaviours = coReviews(
      sketches.map(({ id }) => id),
      4,
    );
    const abouts = sketches.map(
      (_, i) => check([...sketches.slice(i + 1), ...sketches.slice(0, i + 1)], { behaviours })[0]?.about,
    );
    expect(new Set(abouts)).toEqual(new Set(['cluster-puppet-0']));
  });

  it('never writes an identifier into a finding', () => {
    const sketches = farm();
    const text = JSON.stringify(
      check(sketches, {
        behaviours: coReviews(
          sketches.map(({ id }) => id),
          4,
        ),
      }),
    );
    for (const hidden of ['device-f', 'card-f', 'card-g', 'exit-f']) expect(text).not.toContain(hidden);
  });
});

describe('the account detector on returning sellers', () => {
  const banned: AccountSketch = {
    id: 'banned',
    kind: 'SELLER',
    device: 'd',
    payment: 'bank',
    address: 'store',
    registeredDaysAgo: 500,
  };

  it('finds a new account with the device and bank account of a terminated one', () => {
    const found = check([banned, { id: 'new', kind: 'SELLER', device: 'd', payment: 'bank', registeredDaysAgo: 1 }], {
      terminated: ['banned'],
    });
    expect(found.map(({ violationType }) => violationType)).toEqual(['ACC_BAN_EVASION']);
    expect(found[0]?.about).toBe('ban-evasion:banned');
  });

  it('finds it by one device and the same pictures', () => {
    const pictures = [
      { a: 'new', b: 'banned', kind: 'PICTURE', nats: 3, why: '14 of the pictures of new were used by banned.' },
    ];
    const found = check([banned, { id: 'new', kind: 'SELLER', device: 'd', registeredDaysAgo: 1 }], {
      terminated: ['banned'],
      behaviours: pictures,
    });
    expect(found.map(({ violationType }) => violationType)).toEqual(['ACC_BAN_EVASION']);
  });

  it('says nothing of somebody who only lives at the same address and network', () => {
    const neighbour = { id: 'neighbour', address: 'store', ip: 'home', registeredDaysAgo: 1 };
    expect(check([{ ...banned, ip: 'home' }, neighbour], { terminated: ['banned'] })).toEqual([]);
  });

  it('says nothing where nobody was terminated', () => {
    expect(check([banned, { id: 'new', device: 'd', payment: 'bank', registeredDaysAgo: 1 }])).toEqual([]);
  });
});
