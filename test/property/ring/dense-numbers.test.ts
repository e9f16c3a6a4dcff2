import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DenseNumbers } from '../../../src/detectors/ring/dense-numbers.ts';

const step = fc.record({ isHold: fc.boolean(), id: fc.integer({ min: 0, max: 60 }) });

describe('numbers for ids', () => {
  it('count the holds on each id as a map does, one number for each id that is held', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 1, max: 3_000 }), (steps, crowd) => {
        const numbers = new DenseNumbers();
        const plain = new Map<string, number>();
        // A crowd that stays makes the table grow and its places collide.
        for (let i = 0; i < crowd; i += 1) numbers.hold(`crowd-${i}`);
        for (const { isHold, id: number } of steps) {
          const id = `id-${number}`;
          const holds = plain.get(id) ?? 0;
          if (isHold && holds === 0) expect(numbers.holdNew(id)).toBeGreaterThanOrEqual(0);
          else if (isHold) {
            expect(numbers.holdNew(id)).toBe(-1);
            numbers.holdLikely(id, crowd % 7 === 0 ? (numbers.numberOf(id) ?? -1) : (number % 9) - 1);
          } else if (holds > 0) expect(numbers.release(numbers.numberOf(id) ?? -1)).toBe(holds === 1);
          plain.set(id, Math.max(0, holds + (isHold ? 1 : -1)));
        }
        const held = [...plain].filter(([, holds]) => holds > 0);
        for (const [id, holds] of plain) {
          expect(numbers.holdsOf(id)).toBe(holds);
          const number = numbers.numberOf(id);
          expect(number === undefined).toBe(holds === 0);
          if (number !== undefined) expect(numbers.nameOf(number)).toBe(id);
        }
        expect(numbers.size).toBe(crowd + held.length);
        expect(new Set(numbers.ids()).size).toBe(numbers.size);
        expect(numbers.limit).toBeLessThanOrEqual(crowd + 61);
      }),
      { numRuns: 60 },
    );
  });
});
