import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textDifference } from '../../../src/detectors/ring/text-difference.ts';

const marked = (text: string, ranges: readonly (readonly [number, number])[]): string[] =>
  ranges.map(([start, end]) => text.slice(start, end));

describe('differences of two texts', () => {
  it('marks the words that differ in each, neighbours together', () => {
    const left = 'A very good lamp, it shines all night.';
    const right = 'A truly bright lamp, it shines all day.';
    const difference = textDifference(left, right);
    expect(marked(left, difference.left)).toEqual(['very good', 'night.']);
    expect(marked(right, difference.right)).toEqual(['truly bright', 'day.']);
  });

  it('leaves the same words in the same order once the marked ones are taken out', () => {
    const words = fc.array(fc.constantFrom('a', 'lamp', 'shines', 'well', 'night'), { maxLength: 12 });
    const rest = (text: string, ranges: readonly (readonly [number, number])[]): string[] => {
      let left = text;
      for (const [start, end] of [...ranges].reverse()) left = left.slice(0, start) + left.slice(end);
      return left.split(/\s+/).filter((word) => word !== '');
    };
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [left, right] = [a.join(' '), b.join('  ')];
        const difference = textDifference(left, right);
        expect(rest(left, difference.left)).toEqual(rest(right, difference.right));
      }),
    );
  });
});
