import { describe, expect, it } from 'vitest';
import { reviewerPriors } from '../../../src/detectors/ring/reviewer-prior.ts';
import { honestMarket, reviewOf } from './ring-fixture.ts';

describe('reviewer prior', () => {
  it('ranks an account that writes ten extreme reviews in a day above nearly everybody', () => {
    const odd = Array.from({ length: 10 }, (_, index) => reviewOf('odd', `shop0.item-${index}`, 5, { stars: 1 }));
    const priors = reviewerPriors([...honestMarket(2), ...odd]);
    const above = [...priors.values()].filter((prior) => prior > (priors.get('odd') ?? 0)).length;
    expect(above / priors.size).toBeLessThan(0.02);
  });

  it('stays within 0 and 1 and does not depend on the order of the reviews', () => {
    const market = honestMarket(3);
    const priors = reviewerPriors(market);
    for (const prior of priors.values()) {
      expect(prior).toBeGreaterThanOrEqual(0);
      expect(prior).toBeLessThanOrEqual(1);
    }
    const reversed = reviewerPriors(market.toReversed());
    for (const [account, prior] of priors) expect(reversed.get(account)).toBeCloseTo(prior, 12);
  });
});
