import { describe, expect, it } from 'vitest';
import type { RingEvidence } from '../../../src/domain/evidence.ts';
import { ringMatrixSvg } from '../../../src/detectors/ring/ring-matrix-svg.ts';

const evidence = (reviews: RingEvidence['reviews']): RingEvidence => ({
  kind: 'RING',
  why: 'why',
  ringId: 'ring:<1>',
  direction: 'ATTACK',
  memberAccountIds: ['a', 'b', 'c'],
  listingIds: ['l', 'm'],
  sellerIds: ['s'],
  firstAtMs: 0,
  lastAtMs: 86_400_000,
  terms: [],
  reviews,
  clearedBy: 'receipts',
});
const reviews = [
  { reviewId: '1', accountId: 'a', listingId: 'l', stars: 1, atMs: 0 },
  { reviewId: '2', accountId: 'b', listingId: 'l', stars: 2, atMs: 43_200_000 },
  { reviewId: '3', accountId: 'a', listingId: 'm', stars: 1, atMs: 86_400_000 },
];

describe('matrix of a ring', () => {
  it('draws one square for each review, darker the later', () => {
    const svg = ringMatrixSvg(evidence(reviews));
    expect(svg.match(/<rect /g)).toHaveLength(3);
    const shades = [...svg.matchAll(/60% (\d+)%/g)].map(([, shade]) => Number(shade));
    expect(shades).toEqual([80, 55, 30]);
  });

  it('is the same whatever the order of the reviews', () => {
    expect(ringMatrixSvg(evidence(reviews.toReversed()))).toBe(ringMatrixSvg(evidence(reviews)));
  });

  it('lets no identifier break out of the picture', () => {
    const svg = ringMatrixSvg(evidence([{ ...reviews[0]!, accountId: '<script>"&' }]));
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;script&gt;&quot;&amp;');
  });

  it('says so when a ring is too large to be drawn whole', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ ...reviews[0]!, reviewId: `${i}`, accountId: `a${i}` }));
    expect(ringMatrixSvg(evidence(many))).toContain('The first 80 members and 1 listings are drawn.');
  });
});
