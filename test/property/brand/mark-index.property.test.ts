import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedKey } from '../../../src/detectors/brand/folded-text.ts';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import type { MarkHit } from '../../../src/detectors/brand/mark-hit.ts';
import { EVASIONS, seededRandom } from '../../../src/evaluation/brands/evasions.ts';
import { shippedSettings, someMark } from '../../unit/brand/brand-fixture.ts';

/** Words of letters that no language of the word lists joins so. */
const strangeWord = fc.string({ unit: fc.constantFrom('z', 'x', 'q', 'v', 'j'), minLength: 4, maxLength: 7 });
const strangeName = fc.array(strangeWord, { minLength: 1, maxLength: 2 }).map((words) => words.join(' '));
const strangeText = fc.array(strangeWord, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));

/** A letter too many is also a letter twice, or a name with something glued to it; which view tells it is their matter. */
const WITH_A_LETTER_WRONG: ReadonlySet<MarkHit['view']> = new Set(['FUZZY', 'DOUBLED', 'GLUED']);

const place = (hit: MarkHit): string => `${hit.markId} ${hit.start} ${hit.end}`;
const marksOf = (names: readonly string[], overrides: object = {}) =>
  names.map((name, at) => someMark(`m${at}`, name, overrides));

/** Every range of whole words whose letters are those of a name, by reading all names for all ranges. */
const scanLinearly = (names: readonly string[], text: string): string[] => {
  const words = [...text.matchAll(/\S+/g)].map((word) => ({ start: word.index, end: word.index + word[0].length }));
  const found: string[] = [];
  for (const first of words) {
    for (const last of words) {
      if (last.end < first.end) continue;
      const letters = text.slice(first.start, last.end).replaceAll(' ', '');
      for (const [at, name] of names.entries()) {
        if (name.replaceAll(' ', '') === letters) found.push(`m${at} ${first.start} ${last.end}`);
      }
    }
  }
  return found.toSorted();
};

/** Optimal string alignment distance. */
const editDistance = (left: string, right: string): number => {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, at) => at)];
  for (let at = 1; at <= left.length; at++) {
    const row = [at];
    for (let other = 1; other <= right.length; other++) {
      const cost = left[at - 1] === right[other - 1] ? 0 : 1;
      let best = Math.min(rows[at - 1]![other]! + 1, row[other - 1]! + 1, rows[at - 1]![other - 1]! + cost);
      const isSwap = at > 1 && other > 1 && left[at - 1] === right[other - 2] && left[at - 2] === right[other - 1];
      if (isSwap) best = Math.min(best, rows[at - 2]![other - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[left.length]![right.length]!;
};

describe('mark index', () => {
  it('finds letter by letter what a linear scan finds', () => {
    fc.assert(
      fc.property(
        fc.array(strangeName, { minLength: 1, maxLength: 8 }),
        strangeText,
        fc.nat(7),
        (names, text, pick) => {
          // Text that holds a name is rare by chance.
          const withName = `${text} ${names[pick % names.length]!} ${text}`;
          const index = createMarkIndex(marksOf(names), shippedSettings);
          expect(index.findMarks(withName, 'EXACT').map(place).toSorted()).toEqual(scanLinearly(names, withName));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds misspelt single words as a linear scan by edit distance does', () => {
    const word = fc.string({ unit: fc.constantFrom('z', 'x', 'q', 'v'), minLength: 5, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
        fc.array(word, { minLength: 1, maxLength: 8 }),
        (names, words) => {
          const index = createMarkIndex(marksOf(names, { hasReputation: true }), shippedSettings);
          const found = words.flatMap((one) =>
            index.findMarks(one).flatMap((hit) => (WITH_A_LETTER_WRONG.has(hit.view) ? [`${one} ${hit.name}`] : [])),
          );
          const scanned = words.flatMap((one) =>
            names.includes(one)
              ? []
              : names.filter((name) => editDistance(one, name) === 1).map((name) => `${one} ${name}`),
          );
          expect(found.toSorted()).toEqual(expect.arrayContaining(scanned.toSorted()));
          const fuzzyOnly = words.flatMap((one) =>
            index.findMarks(one).flatMap((hit) => (hit.view === 'FUZZY' ? [`${one} ${hit.name}`] : [])),
          );
          expect(scanned).toEqual(expect.arrayContaining(fuzzyOnly));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('points at whole characters of the original text, whatever the text', () => {
    const index = createMarkIndex(
      marksOf(['Zorvex', 'Quandelo Mira', '佐维卡', 'найко'], { hasReputation: true }),
      shippedSettings,
    );
    const random = seededRandom(3);
    const disguised = fc
      .tuple(fc.constantFrom(...Object.keys(EVASIONS)), fc.constantFrom('Zorvex', 'Quandelo Mira'))
      .map(([family, name]) => EVASIONS[family]!(name, random) ?? name);
    const anyText = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), disguised), { maxLength: 6 });
    fc.assert(
      fc.property(anyText, (parts) => {
        const text = parts.join(' ');
        for (const hit of index.findMarks(text)) {
          expect(hit.start).toBeGreaterThanOrEqual(0);
          expect(hit.end).toBeGreaterThan(hit.start);
          expect(hit.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(hit.start, hit.end).isWellFormed() || !text.isWellFormed()).toBe(true);
          if (hit.view === 'NATIVE') expect(foldedKey(text.slice(hit.start, hit.end))).toBe(foldedKey(hit.name));
        }
      }),
      { numRuns: 120 },
    );
  });

  it('does not depend on the order of the marks, nor on whether they came at once or one by one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(strangeName, { minLength: 2, maxLength: 6 }), strangeText, (names, text) => {
        const marks = marksOf(names, { hasReputation: true });
        const whole = `${text} ${names[0]!}`;
        const expected = createMarkIndex(marks, shippedSettings).findMarks(whole);
        expect(createMarkIndex(marks.toReversed(), shippedSettings).findMarks(whole)).toEqual(expected);
        const grown = createMarkIndex(marks.slice(0, 1), shippedSettings);
        for (const mark of marks.slice(1)) grown.add(mark);
        // The length from which names are looked for with a wrong letter depends on a part's size, not on its content.
        expect(grown.findMarks(whole)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('folds a folded text to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = foldedKey(text);
        expect(foldedKey(once)).toBe(once);
      }),
      // The stretcher of Arabic words, also with a vowel sign as one character.
      { numRuns: 300, examples: [['\ufe77'], ['\u0640']] },
    );
  });
});
