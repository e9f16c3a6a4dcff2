import { describe, expect, it } from 'vitest';
import type { Ring } from '../../../src/detectors/ring/ring.ts';
import { nameRing } from '../../../src/detectors/ring/ring-id.ts';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { honestMarket, plantedRing, shippedSettings, stateOf } from './ring-fixture.ts';

const ringOf = (members: readonly string[], direction: 'PRAISE' | 'ATTACK' = 'PRAISE'): Ring => ({
  direction,
  memberAccountIds: members,
  listingIds: ['l'],
  sellerIds: ['s'],
  reviews: [{ reviewId: 'first', accountId: 'a', listingId: 'l', sellerId: 's', stars: 5, atMs: 1, text: '' }],
  textPairs: [],
  terms: [],
  nats: 20,
  density01: 1,
});
const known = (ringId: string, members: readonly string[], firstAtMs = 1) => ({
  ringId,
  direction: 'PRAISE' as const,
  memberAccountIds: members,
  firstAtMs,
});

describe('name of a ring', () => {
  it('comes from the first review where no ring is known', () => {
    expect(nameRing(ringOf(['a', 'b', 'c']), [])).toEqual({ ringId: 'ring:first', mergedRingIds: [] });
  });

  it('stays when the ring grows', () => {
    expect(nameRing(ringOf(['a', 'b', 'c', 'd', 'e']), [known('old', ['a', 'b'])]).ringId).toBe('old');
  });

  it('is that of the largest part when rings merge, and the others are told', () => {
    const name = nameRing(ringOf(['a', 'b', 'c', 'd', 'e', 'f']), [
      known('small', ['a', 'b']),
      known('large', ['c', 'd', 'e']),
    ]);
    expect(name).toEqual({ ringId: 'large', mergedRingIds: ['small'] });
  });

  it('is its own where only one member or less than half is shared, or the direction differs', () => {
    const rings = [known('one', ['a', 'x']), known('third', ['a', 'b', 'u', 'v', 'w', 'x'])];
    expect(nameRing(ringOf(['a', 'b', 'c', 'd', 'e', 'f']), rings).ringId).toBe('ring:first');
    expect(nameRing(ringOf(['a', 'b'], 'ATTACK'), [known('praise', ['a', 'b'])]).ringId).toBe('ring:first');
  });

  it('stays over sweeps while reviews keep coming', () => {
    const ring = plantedRing('claque', { members: 10, listings: 6, stars: 5, seed: 8 }).sort((a, b) => a.atMs - b.atMs);
    const settings = shippedSettings();
    const market = honestMarket(3);
    const names = [30, 40, ring.length].map((count) => {
      const rings = sweepRings(stateOf([...market, ...ring.slice(0, count)]), settings);
      return rings.map(({ ringId }) => ringId);
    });
    expect(new Set(names.flat()).size).toBe(1);
    expect(names.every((found) => found.length === 1)).toBe(true);
  });
});
