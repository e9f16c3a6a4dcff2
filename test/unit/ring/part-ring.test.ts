import { describe, expect, it } from 'vitest';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { honestMarket, plantedRing, reviewOf, shippedSettings, stateOf } from './ring-fixture.ts';

const settings = shippedSettings();
const membersOf = (name: string, members: number): string[] =>
  Array.from({ length: members }, (_, member) => `${name}-${member}`).sort();

describe('two rings in one dense block', () => {
  const claque = plantedRing('claque', { members: 10, listings: 4, stars: 5, seed: 11 });
  const choir = plantedRing('choir', { members: 14, listings: 5, stars: 5, seed: 12 });
  // Both hide behind the same two shops, some of each at the same time.
  const camouflage = [0, 1, 2, 3].flatMap((member) => [
    reviewOf(`claque-${member}`, 'shop1.item-1', 20 + member / 4),
    reviewOf(`choir-${member}`, 'shop1.item-1', 20.1 + member / 4),
    reviewOf(`claque-${member + 4}`, 'shop2.item-2', 30 + member / 4),
    reviewOf(`choir-${member + 2}`, 'shop2.item-2', 30.1 + member / 4),
  ]);
  const state = stateOf([...honestMarket(13), ...claque, ...choir, ...camouflage]);
  const both = [...membersOf('claque', 10), ...membersOf('choir', 14)];
  const sweep = (knownRings: Parameters<typeof sweepRings>[2] = {}) =>
    sweepRings(state, settings, { seedGroups: [both], ...knownRings });

  it('stay two, each with its own members and seller', () => {
    const found = sweep().map(({ ring }) => ring);
    const ringOf = (account: string) => found.filter(({ memberAccountIds }) => memberAccountIds.includes(account));
    expect(found).toHaveLength(2);
    expect(ringOf('claque-0').map(({ memberAccountIds }) => memberAccountIds)).toEqual([membersOf('claque', 10)]);
    expect(ringOf('choir-0').map(({ memberAccountIds }) => memberAccountIds)).toEqual([membersOf('choir', 14)]);
    expect(ringOf('claque-0')[0]?.sellerIds).not.toContain('seller-of-choir-shop');
    expect(ringOf('choir-0')[0]?.sellerIds).not.toContain('seller-of-claque-shop');
  });

  it('part again where they were once told as one: one keeps the name, nothing is told as swallowed', () => {
    const told = { ringId: 'ring:both', direction: 'PRAISE' as const, memberAccountIds: both, firstAtMs: 1 };
    const parted = sweep({ knownRings: [told] });
    expect(parted).toHaveLength(2);
    expect(parted.filter(({ ringId }) => ringId === 'ring:both')).toHaveLength(1);
    expect(parted.map(({ finding }) => finding.signals['mergedRingIds'])).toEqual(['', '']);
  });

  it('are one where all of them praise for both sellers', () => {
    const [one, ...more] = sweepRings(
      stateOf([...honestMarket(13), ...plantedRing('all', { members: 24, listings: 9, stars: 5, seed: 14 })]),
      settings,
      { seedGroups: [membersOf('all', 24)] },
    );
    expect(more).toEqual([]);
    expect(one?.ring.memberAccountIds).toEqual(membersOf('all', 24));
  });
});
