import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import { EVASIONS, seededRandom } from '../../../src/evaluation/brands/evasions.ts';
import { shippedSettings, someMark } from '../../unit/brand/brand-fixture.ts';

const marks = ['Zorvex', 'Quandelo Mira', 'Kelm', 'Brintosa Wexford', 'Olvari', '佐维卡'].map((text, at) =>
  someMark(`m${at}`, text, { hasReputation: true }),
);

describe('what an index remembers of words', () => {
  it('changes none of its answers: a new index says the same of each text', () => {
    const random = seededRandom(5);
    const warm = createMarkIndex(marks, shippedSettings);
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('new', 'Leather', 'shoes', '(2024)', 'size 42', '€10', 'of-the', 'Ümit', 'a b'),
          fc.tuple(fc.constantFrom(...Object.values(EVASIONS)), fc.constantFrom(...marks)).map(([evade, mark]) => {
            const name = mark.wordMarkSpecification.markVerbalElementText;
            return evade(name, random) ?? name;
          }),
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, (one) => {
        expect(warm.findMarks(one)).toEqual(createMarkIndex(marks, shippedSettings).findMarks(one));
      }),
      { numRuns: 300 },
    );
  });

  it('is forgotten when a mark is added or withdrawn', () => {
    const index = createMarkIndex([marks[0]!], shippedSettings);
    const text = 'wextorl bag, 0lvari bag, zorveks, newplivoran';
    index.findMarks(text);
    index.add(someMark('late', 'Plivoran', { hasReputation: true }));
    index.add(marks[4]!);
    expect(index.findMarks(text).map(({ markId }) => markId)).toEqual(['m4', 'late']);
    index.remove('late');
    expect(index.findMarks(text).map(({ markId }) => markId)).toEqual(['m4']);
  });
});
