import { describe, expect, it } from 'vitest';
import { createAccountLinkIndex } from '../../../src/detectors/account/account-links.ts';
import { type AccountSketch, sketchAccount, testSettings } from './account-fixtures.ts';

const indexOf = (sketches: readonly AccountSketch[]) => {
  const index = createAccountLinkIndex(testSettings.links);
  for (const sketch of sketches) index.add(sketchAccount(sketch));
  return index;
};
const idsOf = (index: ReturnType<typeof indexOf>, id: string) =>
  index
    .clusterOf(id)
    .accounts.map((account) => account.id)
    .sort();

describe('the index of account links', () => {
  it('weighs a shared device more than a shared subnet, and strangers not at all', () => {
    const index = indexOf([
      { id: 'a', device: 'd', ip: '1' },
      { id: 'b', device: 'd', ip: '2' },
      { id: 'c', device: 'e', ip: '1' },
      { id: 'd', device: 'f', ip: '3' },
    ]);
    expect(index.linkStrength('a', 'b')).toBe(4);
    expect(index.linkStrength('a', 'c')).toBeLessThan(index.linkStrength('a', 'b'));
    expect(index.linkStrength('a', 'c')).toBeGreaterThan(0);
    expect(index.linkStrength('a', 'd')).toBe(0);
    expect(index.linkStrength('a', 'nobody')).toBe(0);
    expect(index.linkStrength('a', 'a')).toBe(0);
  });

  it('counts an address and its subnet once', () => {
    const index = indexOf([
      { id: 'a', ip: '1' },
      { id: 'b', ip: '1' },
    ]);
    expect(index.linkStrength('a', 'b')).toBe(testSettings.links.kinds.IP.nats);
  });

  it('gives no weight to a value that too many share, and gives it back when they leave', () => {
    const hub = testSettings.links.kinds.DEVICE.hubFromSharers;
    const index = indexOf(Array.from({ length: hub }, (_, i) => ({ id: `a${i}`, device: 'kiosk' })));
    expect(index.linkStrength('a0', 'a1')).toBe(0);
    for (let i = 2; i < hub; i += 1) index.remove(`a${i}`);
    expect(index.linkStrength('a0', 'a1')).toBe(4);
  });

  it('lets a link fade with the time between the two uses', () => {
    const index = indexOf([
      { id: 'a', ip: '1', seenDaysAgo: 0 },
      { id: 'b', ip: '1', seenDaysAgo: 0 },
      { id: 'c', ip: '1', seenDaysAgo: 28 },
    ]);
    const fresh = index.linkStrength('a', 'b');
    expect(index.linkStrength('a', 'c')).toBeLessThan(fresh * 0.6);
  });

  it('counts a value once although it is stored under the keys of two epochs', () => {
    const index = createAccountLinkIndex(testSettings.links);
    for (const id of ['a', 'b']) {
      const older = sketchAccount({ id, device: 'hash-under-key-4', epoch: 4 });
      const newer = sketchAccount({ id, device: 'hash-under-key-5', epoch: 5 });
      index.add({ ...newer, identifiers: [...older.identifiers, ...newer.identifiers] });
    }
    expect(index.linkStrength('a', 'b')).toBe(4);
  });

  it('keeps the id of a cluster when younger accounts join', () => {
    const index = indexOf([
      { id: 'eldest', device: 'd', registeredDaysAgo: 300 },
      { id: 'second', device: 'd', registeredDaysAgo: 200 },
    ]);
    expect(index.clusterOf('second').id).toBe('cluster-eldest');
    index.add(sketchAccount({ id: 'youngest', device: 'd', registeredDaysAgo: 1 }));
    expect(index.clusterOf('youngest').id).toBe('cluster-eldest');
  });

  it('keeps two families apart that only a second-hand telephone joins', () => {
    const household = (name: string, size: number): AccountSketch[] =>
      Array.from({ length: size }, (_, i) => ({ id: `${name}${i}`, payment: `${name}-card`, address: `${name}-home` }));
    const index = indexOf([
      ...household('smith', 4).map((sketch, i) => (i === 0 ? { ...sketch, device: 'sold' } : sketch)),
      ...household('jones', 4).map((sketch, i) => (i === 0 ? { ...sketch, device: 'sold' } : sketch)),
    ]);
    expect(index.linkStrength('smith0', 'jones0')).toBeGreaterThan(0);
    expect(idsOf(index, 'smith2')).toEqual(['smith0', 'smith1', 'smith2', 'smith3']);
    expect(idsOf(index, 'jones0')).toEqual(['jones0', 'jones1', 'jones2', 'jones3']);
  });

  it('joins two accounts by behaviour only where an identifier ties them too', () => {
    const index = indexOf([
      { id: 'a', ip: '1' },
      { id: 'b', ip: '1' },
      { id: 'c', ip: '9' },
    ]);
    const alike = (a: string, b: string) => ({
      a,
      b,
      kind: 'TEXT',
      nats: 6,
      why: 'Their reviews are nearly the same.',
    });
    expect(index.clusterOf('a').accounts).toHaveLength(1);
    expect(
      index
        .clusterOf('a', [alike('a', 'b'), alike('a', 'c')])
        .accounts.map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b']);
  });

  it('raises the joining threshold when a cluster grows beyond all reason', () => {
    const links = { ...testSettings.links, maxClusterAccounts: 10 };
    const index = createAccountLinkIndex(links);
    // A chain of weak ties around one strong pair.
    for (let i = 0; i < 40; i += 1)
      index.add(
        sketchAccount({
          id: `a${i}`,
          address: `home-${Math.floor(i / 2)}`,
          ip: `net-${Math.floor((i + 1) / 2)}`,
          phone: `p-${Math.floor((i + 1) / 2)}`,
          device: i < 2 ? 'shared' : `own-${i}`,
        }),
      );
    expect(index.clusterOf('a0').accounts.length).toBeLessThanOrEqual(10);
  });

  it('lists every cluster once', () => {
    const index = indexOf([
      { id: 'a', device: '1' },
      { id: 'b', device: '1' },
      { id: 'c', device: '2' },
      { id: 'd', device: '2' },
      { id: 'e', device: '3' },
    ]);
    expect([...index.clusters()].map((cluster) => cluster.accounts.map(({ id }) => id).sort())).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});

describe('the neighbourhood of an account', () => {
  it('reaches everybody who may come into its cluster, nearest first, and no further than asked', () => {
    const index = indexOf([
      { id: 'a', device: 'd1' },
      { id: 'b', device: 'd1', payment: 'p1' },
      { id: 'c', payment: 'p1', ip: 'net' },
      { id: 'd', ip: 'net', subnet: 'net' },
      { id: 'e', device: 'alone' },
    ]);
    expect(index.neighbourhoodOf('a')).toEqual(['a', 'b', 'c', 'd']);
    expect(index.neighbourhoodOf('a', 2)).toEqual(['a', 'b']);
    expect(index.neighbourhoodOf('e')).toEqual(['e']);
    expect(index.neighbourhoodOf('nobody')).toEqual([]);
  });

  it('holds the elder’s id when two clusters merge', () => {
    const index = indexOf([
      { id: 'elder', device: 'd1', registeredDaysAgo: 500 },
      { id: 'x', device: 'd1', registeredDaysAgo: 100 },
      { id: 'younger', device: 'd2', registeredDaysAgo: 400 },
      { id: 'y', device: 'd2', registeredDaysAgo: 90 },
    ]);
    expect([index.clusterOf('x').id, index.clusterOf('y').id]).toEqual(['cluster-elder', 'cluster-younger']);
    index.add(sketchAccount({ id: 'x', device: 'd1', payment: 'p', registeredDaysAgo: 100 }));
    index.add(sketchAccount({ id: 'y', device: 'd2', payment: 'p', registeredDaysAgo: 90 }));
    expect([index.clusterOf('x').id, index.clusterOf('y').id]).toEqual(['cluster-elder', 'cluster-elder']);
  });
});
