import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOfQuery, queriesOfMark, termsOfText } from '../../../src/detectors/brand/catalogue-terms.ts';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import { MIN_COMMON_SKETCH, sketchOf } from '../../../src/detectors/brand/text-sketch.ts';
import type { Mark } from '../../../src/domain/mark.ts';
import { EVASIONS, seededRandom } from '../../../src/evaluation/brands/evasions.ts';
import { shippedSettings, someMark } from '../../unit/brand/brand-fixture.ts';

const marks = ['Zorvex', 'Quandelo Mira', 'Kelm', 'Brintosa Wexford', 'Olvari', '佐维卡'].map((text, at) =>
  someMark(`m${at}`, text, { hasReputation: true }),
);
const isCandidate = (mark: Mark, terms: ReadonlySet<number>): boolean =>
  queriesOfMark(mark).some(({ terms: wanted, least }) => wanted.filter((term) => terms.has(term)).length >= least);

describe('terms of a catalogue', () => {
  it('name every listing in which the matcher finds the mark, whatever its disguise', () => {
    const random = seededRandom(11);
    const matchers = new Map(marks.map((mark) => [mark.id, createMarkIndex([mark], shippedSettings)]));
    const title = fc
      .tuple(fc.constantFrom(...Object.keys(EVASIONS)), fc.constantFrom(...marks), fc.nat(3))
      .map(([family, mark, place]) => {
        const name = mark.wordMarkSpecification.markVerbalElementText;
        const words = ['new', 'leather', 'shoes', 'size'];
        words.splice(place, 0, EVASIONS[family]!(name, random) ?? name);
        return words.join(' ');
      });
    fc.assert(
      fc.property(title, fc.constantFrom(...marks), (text, mark) => {
        const isFound = matchers.get(mark.id)!.findMarks(text).length > 0;
        if (isFound) expect(isCandidate(mark, termsOfText(text)), text).toBe(true);
      }),
      { numRuns: 1_500 },
    );
  });

  it('hold one whole group of every query that they answer', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (terms, n, skip) => {
          const query = { terms, least: 1 + (n % terms.length) };
          const held = new Set(terms.toSorted((a, b) => ((a ^ skip) >>> 0) - ((b ^ skip) >>> 0)).slice(0, query.least));
          expect(groupsOfQuery(query).some((group) => group.every((term) => held.has(term)))).toBe(true);
        },
      ),
    );
  });

  it('name a small part of a catalogue that has nothing to do with the mark', () => {
    const words = shippedSettings.ordinaryWords.filter((word) => /^[a-z]{4,8}$/.test(word));
    const texts = Array.from({ length: 400 }, (_, at) => words.slice(at * 7, at * 7 + 7).join(' '));
    expect(isCandidate(marks[3]!, termsOfText('new brintosa vvexford bag'))).toBe(true);
    for (const mark of marks) {
      expect(texts.filter((text) => isCandidate(mark, termsOfText(text))).length, mark.id).toBeLessThan(20);
    }
  });
});

describe('sketches', () => {
  const description =
    'Hand stitched from vegetable tanned leather of a small tannery in the hills, each pair takes nine hours and ages beautifully.';
  const common = (left: string, right: string): number => {
    const hashes = new Set(sketchOf(left));
    return sketchOf(right).filter((hash) => hashes.has(hash)).length;
  };

  it('have much in common where a text was copied with small changes, and little elsewhere', () => {
    expect(common(description, description.replace('nine hours', 'ten hours'))).toBeGreaterThan(MIN_COMMON_SKETCH);
    const other = 'A light rain jacket with taped seams and a hood that folds into the collar for the coast.';
    expect(common(description, other)).toBeLessThan(MIN_COMMON_SKETCH);
  });
});
