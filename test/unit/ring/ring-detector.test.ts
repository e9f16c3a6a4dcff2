import { describe, expect, it } from 'vitest';
import { createRingDetector } from '../../../src/detectors/ring/ring-detector.ts';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { finding as findingSchema } from '../../../src/domain/finding.ts';
import { honestMarket, NOW_MS, plantedRing, reviewOf, shippedSettings, stateOf } from './ring-fixture.ts';

const settings = shippedSettings();
const detector = createRingDetector(settings);

const findingsOf = (facts: Parameters<typeof detector.detect>[0]) => {
  const result = detector.detect(facts);
  return result.kind === 'findings' ? result.findings : [];
};

describe('ring detector', () => {
  const market = honestMarket(1);
  const praise = plantedRing('claque', { members: 8, listings: 5, stars: 5, seed: 2 });
  const attack = plantedRing('mob', { members: 8, listings: 4, stars: 1, seed: 3 });
  const state = stateOf([...market, ...praise, ...attack]);
  const lastPraise = praise.at(-1) ?? praise[0]!;

  it('finds a ring that praises from any late review of it, with all members', () => {
    const [found] = findingsOf({ review: lastPraise, ringState: state, nowMs: NOW_MS });
    expect(found?.violationType).toBe('REV_RING_BALLOT_STUFFING');
    const ring = found?.evidence[0];
    expect(ring?.kind === 'RING' ? ring.memberAccountIds : []).toEqual(
      Array.from({ length: 8 }, (_, member) => `claque-${member}`),
    );
    expect(ring?.kind === 'RING' ? ring.sellerIds : []).toEqual(['seller-of-claque-shop']);
  });

  it('names the seller who gains from praise without calling him the instigator', () => {
    const [found] = findingsOf({ review: lastPraise, ringState: state, nowMs: NOW_MS });
    const ring = found?.evidence[0];
    expect(ring?.kind === 'RING' ? ring.beneficiarySellerId : '').toBe('seller-of-claque-shop');
    expect(found?.signals['hasInstigatorEvidence']).toBe(false);
  });

  it('does not name the attacked seller as gaining', () => {
    const [found] = findingsOf({ review: attack.at(-1)!, ringState: state, nowMs: NOW_MS });
    expect(found?.violationType).toBe('REV_RING_BAD_MOUTHING');
    const ring = found?.evidence[0];
    expect(ring?.kind === 'RING' ? ring.beneficiarySellerId : 'no ring').toBeUndefined();
  });

  it('gives findings that fit the schema', () => {
    for (const found of findingsOf({ review: lastPraise, ringState: state, nowMs: NOW_MS })) {
      expect(findingSchema.parse(found)).toEqual(found);
    }
  });

  it('says nothing of honest reviews', () => {
    const flagged = market.filter((review) => findingsOf({ review, ringState: state, nowMs: NOW_MS }).length > 0);
    expect(flagged).toEqual([]);
  });

  it('leaves a review alone that a ring member wrote outside the ring', () => {
    const aside = reviewOf('claque-0', 'shop1.item-1', 30);
    const withAside = stateOf([...market, ...praise, aside]);
    expect(findingsOf({ review: aside, ringState: withAside, nowMs: NOW_MS })).toEqual([]);
  });

  it('says why it skips a review that the state does not hold', () => {
    const result = detector.detect({ review: reviewOf('x', 'y', 200), ringState: state, nowMs: NOW_MS });
    expect(result.kind).toBe('skipped');
  });

  it('finds both rings and nothing else in a sweep', () => {
    const rings = sweepRings(state, settings);
    expect(rings.map(({ ring }) => ring.memberAccountIds[0]).sort()).toEqual(['claque-0', 'mob-0']);
  });

  it('shows alike texts of members side by side', () => {
    const texts = praise.map((review, index) => ({
      ...review,
      text: `Simply the best ${['lamp', 'light', 'lantern'][index % 3]} that we have ever had in our house, thank you very much`,
    }));
    const [swept] = sweepRings(stateOf([...market, ...texts]), settings);
    const pair = swept?.finding.evidence.find((evidence) => evidence.kind === 'TEXT_PAIR');
    expect(pair?.kind === 'TEXT_PAIR' ? pair.jaccard01 : 0).toBeGreaterThanOrEqual(settings.text.minJaccard01);
    expect(swept?.ring.terms.some((term) => term.name === 'nearDuplicateTexts')).toBe(true);
  });
});
