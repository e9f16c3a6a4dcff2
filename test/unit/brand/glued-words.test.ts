import { describe, expect, it } from 'vitest';
import { createBrandScreen } from '../../../src/detectors/brand/brand-detector.ts';
import { countCatalogueWords } from '../../../src/detectors/brand/catalogue-words.ts';
import { createMarkIndex, indexRulesOf } from '../../../src/detectors/brand/mark-index.ts';
import { shippedSettings, someFacts, someMark } from './brand-fixture.ts';

const marks = [
  someMark('jyra', 'Jyra'),
  someMark('vyveko', 'Vyveko'),
  someMark('olyght', 'Olyght'),
  someMark('smart', 'S-Mart'),
  someMark('jordax', 'Jordax'),
  someMark('gormin', 'Gormin'),
  someMark('hrbloq', 'H&R Bloq'),
];
const index = createMarkIndex(marks, shippedSettings);
const see = (text: string): string[] => index.findMarks(text).map((hit) => `${hit.markId} ${hit.view}`);
const screen = createBrandScreen(shippedSettings);
const isReviewed = (title: string): boolean =>
  screen(someFacts(marks, { listing: { title } })).findings.some(
    (finding) => finding.probability >= shippedSettings.rules.outcomes.review01,
  );

describe('names beside words in one', () => {
  it.each(['blue newjyrashoes', 'blue bestJyraofficial', 'blue myvyveko', 'blue originalvyveko2024'])(
    'go to review where sellers glue such words to names: %s',
    (title) => {
      expect(see(title).some((seen) => seen.endsWith('GLUED'))).toBe(true);
      expect(isReviewed(title)).toBe(true);
    },
  );

  it.each(['strobe monolyght studio', 'kit SmartMemory 16GB'])('are the rest of another word in %s', (title) => {
    expect(isReviewed(title)).toBe(false);
  });
});

describe('words one letter away from a name', () => {
  it.each(['retro Jordaxs white', 'Nike run Carmin'])('are seen and need other reasons in %s', (title) => {
    expect(isReviewed(title)).toBe(false);
  });

  it('are words of the marketplace where a few texts use them and none uses the name', () => {
    const searched = createMarkIndex(marks, shippedSettings);
    const { vocabulary } = indexRulesOf(shippedSettings);
    const useTexts = (...texts: string[]) => searched.useCatalogue(countCatalogueWords(texts, vocabulary));
    const seen = () => searched.findMarks('gormon watch').map((hit) => hit.view);
    useTexts('gormon watch', 'gormon band', 'gormon strap');
    expect(seen()).toEqual(['FUZZY']);
    useTexts('gormon watch', 'gormon band', 'gormon strap', 'gormon dial');
    expect(seen()).toEqual([]);
    useTexts('gormon watch', 'gormon band', 'gormon strap', 'gormon dial', 'gormin watch');
    expect(seen()).toEqual(['FUZZY']);
  });

  it('are no name across two phrases', () => {
    expect(see('sports watch with HR - Blog')).toEqual([]);
    expect(see('tax service HR Blog')).toEqual(['hrbloq FUZZY']);
  });
});

describe('letters in parentheses', () => {
  it('are read as letters', () => {
    expect(see('⒱⒴⒱⒠⒦⒪ shirt')).toEqual(['vyveko STYLED']);
  });
});
