import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLiveCredit } from '../../../src/credit/live-credit.ts';
import { NOW_MS, scoreOf, shippedModel } from '../../unit/credit/ledger-fixtures.ts';
import { context, ledgerOf } from './ledger-arbitraries.ts';

const history = ledgerOf({ minLength: 1, maxLength: 25 }).chain((all) =>
  fc.shuffledSubarray(all, { minLength: all.length }),
);

it('kept event by event, the credit equals that of the whole ledger at every moment asked', () => {
  fc.assert(
    fc.property(
      history,
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }),
      context,
      (entries, steps, who) => {
        const live = createLiveCredit(shippedModel, { sellerLegalId: 'legal-1', context: who });
        let asOfMs = NOW_MS;
        entries.forEach((entry, index) => {
          live.record(entry);
          if (index % 4 === 0) live.record(entry);
          asOfMs += (steps[index] ?? 0) * 3_600_000;
          const { now, tier, tierNow } = live.standing(asOfMs);
          const whole = scoreOf(entries.slice(0, index + 1), {
            asOfMs,
            knownAtMs: Number.MAX_SAFE_INTEGER,
            context: who,
          });
          expect({ score: now.score, points: now.penalty.points, tier, tierNow }).toEqual({
            score: whole.score,
            points: whole.penaltyPoints,
            tier: whole.tier,
            tierNow: whole.tierNow,
          });
        });
      },
    ),
    { numRuns: 60 },
  );
});
