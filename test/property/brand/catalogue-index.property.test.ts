import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogueIndex } from '../../../src/detectors/brand/catalogue-index.ts';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import { EVASIONS, seededRandom } from '../../../src/evaluation/brands/evasions.ts';
import { shippedSettings, someMark } from '../../unit/brand/brand-fixture.ts';

const marks = ['Zorvex', 'Quandelo Mira', 'Kelm', 'Brintosa Wexford', 'Olvari', '佐维卡'].map((text, at) =>
  someMark(`m${at}`, text, { hasReputation: true }),
);
const stored = (listingId: string, title: string, description = '') => ({
  listingId,
  sellerId: 's1',
  legalId: 'legal-s1',
  title,
  description,
  createdAt: '2026-01-01T00:00:00Z',
});

describe('catalogue index', () => {
  it('names every listing in which the matcher finds the mark, whatever its disguise', () => {
    const random = seededRandom(11);
    const title = fc
      .tuple(fc.constantFrom(...Object.keys(EVASIONS)), fc.constantFrom(...marks), fc.nat(3))
      .map(([family, mark, place]) => {
        const name = mark.wordMarkSpecification.markVerbalElementText;
        const words = ['new', 'leather', 'shoes', 'size'];
        words.splice(place, 0, EVASIONS[family]!(name, random) ?? name);
        return words.join(' ');
      });
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 12 }), fc.constantFrom(...marks), (titles, mark) => {
        const catalogue = new CatalogueIndex();
        for (const [at, text] of titles.entries()) catalogue.put(stored(`l${at}`, text));
        const matcher = createMarkIndex([mark], shippedSettings);
        const read = titles.flatMap((text, at) => (matcher.findMarks(text).length > 0 ? [`l${at}`] : []));
        expect(catalogue.candidatesFor(mark)).toEqual(expect.arrayContaining(read));
      }),
      { numRuns: 150 },
    );
  });

  it('reads a small part of a catalogue that has nothing to do with the mark', () => {
    const catalogue = new CatalogueIndex();
    const words = shippedSettings.ordinaryWords.filter((word) => /^[a-z]{4,8}$/.test(word));
    for (let at = 0; at < 400; at++) {
      catalogue.put(stored(`l${at}`, words.slice(at * 7, at * 7 + 7).join(' ')));
    }
    catalogue.put(stored('wanted', 'new brintosa vvexford bag'));
    const candidates = catalogue.candidatesFor(marks[3]!);
    expect(candidates).toContain('wanted');
    expect(candidates.length).toBeLessThan(40);
  });

  it('finds descriptions that were copied with small changes, and forgets what was removed', () => {
    const description =
      'Hand stitched from vegetable tanned leather of a small tannery in the hills, each pair takes nine hours and ages beautifully.';
    const catalogue = new CatalogueIndex();
    catalogue.put(stored('original', 'Shoes', description));
    catalogue.put(
      stored(
        'other',
        'Shoes',
        'A light rain jacket with taped seams and a hood that folds into the collar for the coast.',
      ),
    );
    const copy = description.replace('nine hours', 'ten hours');
    expect(catalogue.similarTo(copy).map((text) => text.listingId)).toEqual(['original']);
    catalogue.remove('original');
    expect(catalogue.similarTo(copy)).toEqual([]);
    expect(catalogue.size).toBe(1);
  });
});
