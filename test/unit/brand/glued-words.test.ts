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
  someMark('bravo', 'Bravo'),
  someMark('pcexpres', 'PC Expres'),
  someMark('cnax', 'CNAX'),
  someMark('xioz', 'XIOZ'),
  someMark('gcore', 'Gcore'),
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

  it.each(['blue bravo2024', 'blue officialbravo2025', 'blue jyra2024'])(
    'go to review where a year or words on both sides hide the name: %s',
    (title) => {
      expect(isReviewed(title)).toBe(true);
    },
  );

  it.each(['strobe monolyght studio', 'kit SmartMemory 16GB', 'blue bravocase', 'blue newbravo', 'Jyractive tracker'])(
    'are the rest of another word in %s',
    (title) => {
      expect(isReviewed(title)).toBe(false);
    },
  );
});

describe('words one letter away from a name', () => {
  it.each(['retro Jordaxs white', 'Nike run Carmin'])('are seen and need other reasons in %s', (title) => {
    expect(isReviewed(title)).toBe(false);
  });

  it('are words of the marketplace where a few texts use them and none uses the name', () => {
    const searched = createMarkIndex(marks, shippedSettings);
    const { vocabulary } = indexRulesOf(shippedSettings);
    const useTexts = (...texts: string[]) =>
      searched.useCatalogue(
        countCatalogueWords(
          texts.map((text) => ({ text })),
          vocabulary,
        ),
      );
    const seen = () => searched.findMarks('gormon watch').map((hit) => hit.view);
    useTexts('gormon watch', 'gormon band', 'gormon strap');
    expect(seen()).toEqual(['FUZZY']);
    useTexts('gormon watch', 'gormon band', 'gormon strap', 'gormon dial');
    expect(seen()).toEqual([]);
    useTexts('gormon watch', 'gormon band', 'gormon strap', 'gormon dial', 'gormin watch');
    expect(seen()).toEqual(['FUZZY']);
  });

  it('are no words of the marketplace because two owners write them in many texts', () => {
    const searched = createMarkIndex(marks, shippedSettings);
    const { vocabulary } = indexRulesOf(shippedSettings);
    const seen = (owners: number) => {
      const texts = Array.from({ length: 12 }, (_, at) => ({
        text: `gormon watch ${at}`,
        ownerId: `owner ${at % owners}`,
      }));
      searched.useCatalogue(countCatalogueWords(texts, vocabulary));
      return searched.findMarks('gormon watch').map((hit) => hit.view);
    };
    expect(seen(2)).toEqual(['FUZZY']);
    expect(seen(4)).toEqual([]);
  });

  it('are words of the marketplace, each of a phrase, however rare the name is', () => {
    const searched = createMarkIndex(marks, shippedSettings);
    const { vocabulary } = indexRulesOf(shippedSettings);
    const seen = () => searched.findMarks('PCI Expres card').map((hit) => hit.markId);
    const texts = Array.from({ length: 8 }, (_, at) => ({ text: `PCI Expres card ${at}`, ownerId: `s${at % 4}` }));
    searched.useCatalogue(countCatalogueWords(texts, vocabulary));
    expect(seen()).toEqual([]);
    const ofOne = texts.map(({ text }) => ({ text, ownerId: 'flood' }));
    searched.useCatalogue(countCatalogueWords(ofOne, vocabulary));
    expect(seen()).toEqual(['pcexpres']);
  });

  it('are no name across two phrases', () => {
    expect(see('sports watch with HR - Blog')).toEqual([]);
    expect(see('tax service HR Blog')).toEqual(['hrbloq FUZZY']);
  });
});

describe('signs and digits that are no letters', () => {
  it.each(['2TB network (NAX) black', 'compact X102 camera'])('are none in %s', (title) => {
    expect(isReviewed(title)).toBe(false);
  });

  it('are still read in (NAX without an end', () => {
    expect(see('2TB network (NAX black')).toEqual(['cnax LEET']);
  });

  it('count little before a word: 6core', () => {
    expect(see('processor 6core boxed')).toEqual(['gcore LEET']);
    expect(isReviewed('processor 6core boxed')).toBe(false);
  });
});

describe('letters in parentheses', () => {
  it('are read as letters', () => {
    expect(see('⒱⒴⒱⒠⒦⒪ shirt')).toEqual(['vyveko STYLED']);
  });
});
