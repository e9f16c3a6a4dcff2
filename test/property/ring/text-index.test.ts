import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextIndex } from '../../../src/detectors/ring/text-index.ts';
import { evenText, jaccard01, shinglesOf } from '../../../src/detectors/ring/text-similarity.ts';

const word = fc.constantFrom(
  'lamp',
  'shoe',
  'green',
  'arrived',
  'never',
  'again',
  'lovely',
  'broken',
  'seller',
  'post',
);
const text = fc.array(word, { minLength: 8, maxLength: 30 }).map((words) => words.join(' '));

describe('text index', () => {
  it('finds a copy of a text among others, and no longer once it is gone', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), fc.nat(), (texts, pick) => {
        const index = new TextIndex();
        texts.forEach((one, slot) => index.add(slot, evenText(one)));
        const chosen = pick % texts.length;
        index.add(texts.length, evenText(texts[chosen]!));
        expect(index.candidates(chosen, 1_000)).toContain(texts.length);
        index.remove(texts.length);
        expect(index.candidates(chosen, 1_000)).not.toContain(texts.length);
        expect(index.size).toBe(texts.length);
      }),
      { numRuns: 60 },
    );
  });

  it('finds nine of ten texts of which one word in ten was changed', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const randomWord = (): string => Array.from({ length: 5 }, () => letters[Math.floor(random() * 26)]).join('');
    const index = new TextIndex();
    let found = 0;
    for (let i = 0; i < 200; i += 1) {
      const words = Array.from({ length: 60 }, randomWord);
      const edited = words.map((one) => (random() < 0.1 ? randomWord() : one));
      index.add(2 * i, words.join(' '));
      index.add(2 * i + 1, edited.join(' '));
    }
    for (let i = 0; i < 200; i += 1) if (index.candidates(2 * i, 1_000, 0.4).includes(2 * i + 1)) found += 1;
    expect(found).toBeGreaterThanOrEqual(180);
  });

  it('gives nothing for a text that too many share', () => {
    const index = new TextIndex();
    for (let slot = 0; slot < 20; slot += 1) index.add(slot, 'the same words over and over again');
    expect(index.candidates(3, 10)).toEqual([]);
    expect(index.candidates(3, 19)).toHaveLength(19);
  });
});

describe('text similarity', () => {
  it('of hashed shingles is that of the runs of five characters themselves', () => {
    const runs = (evened: string): Set<string> => {
      const set = new Set<string>();
      for (let i = 0; i + 5 <= evened.length; i += 1) set.add(evened.slice(i, i + 5));
      if (set.size === 0 && evened.length > 0) set.add(evened);
      return set;
    };
    fc.assert(
      fc.property(text, text, (left, right) => {
        const [a, b] = [runs(left), runs(right)];
        const shared = [...a].filter((run) => b.has(run)).length;
        expect(jaccard01(shinglesOf(left), shinglesOf(right))).toBeCloseTo(shared / (a.size + b.size - shared), 12);
      }),
    );
  });

  it('is symmetric, 1 for equal texts and evening is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
        const [a, b] = [shinglesOf(evenText(left)), shinglesOf(evenText(right))];
        expect(jaccard01(a, b)).toBe(jaccard01(b, a));
        if (a.length > 0) expect(jaccard01(a, a)).toBe(1);
        expect(evenText(evenText(left))).toBe(evenText(left));
      }),
    );
  });
});
