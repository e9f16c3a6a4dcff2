import { describe, expect, it } from 'vitest';
import { cohensKappa } from '../../../src/policy/kappa.ts';
import { samplingWhy, secondReviewWhy } from '../../../src/policy/second-review.ts';

const repeat = (count: number, left: string, right: string) =>
  Array.from({ length: count }, () => [left, right] as const);

describe("Cohen's kappa", () => {
  it('is what the textbook says of fifty grant proposals', () => {
    // 20 both yes, 15 both no, 5 and 10 apart: observed 0.7, by chance 0.5.
    const pairs = [...repeat(20, 'y', 'y'), ...repeat(5, 'y', 'n'), ...repeat(10, 'n', 'y'), ...repeat(15, 'n', 'n')];
    const { kappa, standardError, agreed } = cohensKappa(pairs);
    expect([agreed, kappa]).toEqual([35, expect.closeTo(0.4, 10)]);
    expect(standardError).toBeCloseTo(0.127, 2);
  });

  it('is one where all agree, zero where agreement is chance, and not defined where there is but one class', () => {
    expect(cohensKappa([...repeat(4, 'a', 'a'), ...repeat(4, 'b', 'b')])).toMatchObject({ kappa: 1, standardError: 0 });
    const even = ['a', 'b'].flatMap((left) => ['a', 'b'].flatMap((right) => repeat(5, left, right)));
    expect(cohensKappa(even).kappa).toBeCloseTo(0, 10);
    expect(cohensKappa(repeat(9, 'a', 'a'))).toEqual({ pairs: 9, agreed: 9 });
    expect(cohensKappa([])).toEqual({ pairs: 0, agreed: 0 });
  });
});

describe('the conditions of a second look', () => {
  const decision = { severity: 'S2', reason: 'CONFIRMED', actions: ['REMOVE'], pointsAfter: 0, bulkCount: 1 } as const;

  it('must all hold, and the first line that holds speaks', () => {
    const rules = {
      secondReview: [
        { why: 'limits', actions: ['LIMIT_LISTINGS' as const], pointsFrom: 24 },
        { why: 'bulk', bulkFrom: 50 },
      ],
    };
    expect(secondReviewWhy(decision, rules)).toBeUndefined();
    expect(secondReviewWhy({ ...decision, actions: ['LIMIT_LISTINGS'], pointsAfter: 23 }, rules)).toBeUndefined();
    expect(secondReviewWhy({ ...decision, actions: ['LIMIT_LISTINGS'], pointsAfter: 24 }, rules)).toBe('limits');
    expect(secondReviewWhy({ ...decision, bulkCount: 50 }, rules)).toBe('bulk');
  });

  it('draw the share that the first fitting line gives', () => {
    const rules = {
      sampling: [
        { why: 'new', reviewerDecisionsBelow: 100, share01: 0.2 },
        { why: 'any', share01: 0.05 },
      ],
    };
    const sampled = { severity: 'S2', reason: 'CONFIRMED', queue: 'ip', reviewerDecisions: 99, roll01: 0.19 } as const;
    expect(samplingWhy(sampled, rules)).toBe('new');
    expect(samplingWhy({ ...sampled, reviewerDecisions: 100 }, rules)).toBeUndefined();
    expect(samplingWhy({ ...sampled, reviewerDecisions: 100, roll01: 0.04 }, rules)).toBe('any');
  });
});
