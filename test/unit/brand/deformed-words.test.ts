import { describe, expect, it } from 'vitest';
import { createBrandScreen } from '../../../src/detectors/brand/brand-detector.ts';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import { shippedSettings, someFacts, someMark } from './brand-fixture.ts';

// Marks that are also words of the lists, and one that two ordinary words spell when they stand side by side.
const marks = [
  someMark('whirlpool', 'Whirlpool'),
  someMark('ernst', 'Ernst'),
  someMark('aurora', 'Aurora'),
  someMark('hofer', 'Hofer'),
  someMark('drive', 'DriveTime'),
  someMark('lucia', 'Lucia'),
  someMark('volt', 'Volt'),
  someMark('quarvo', 'Quarvo'),
  someMark('jedko', 'Jedko'),
  someMark('lorvitek', 'Lorvitek G'),
];
const index = createMarkIndex(marks, shippedSettings);
const see = (text: string): string[] => index.findMarks(text).map((hit) => `${hit.markId} ${hit.view}`);

const screen = createBrandScreen(shippedSettings);
const { review01 } = shippedSettings.rules.outcomes;
const probabilityOf = (title: string): number =>
  Math.max(0, ...screen(someFacts(marks, { listing: { title } })).findings.map((finding) => finding.probability));

describe('ordinary words as marks, deformed', () => {
  it.each([
    ['silver looplrihw washer', 'whirlpool REVERSED'],
    ['silver Whirpool washer', 'whirlpool FUZZY'],
    ['silver Whirlpolo washer', 'whirlpool FUZZY'],
    ['silver whirlpoolofficial washer', 'whirlpool GLUED'],
    ['silver Whirl pool washer', 'whirlpool SPLIT'],
    ['Intel 3rn5t core', 'ernst LEET'],
    ['Core Luc14 backpack', 'lucia LEET'],
    ['Hof er toaster', 'hofer SPLIT'],
  ])('are recognised in %s', (title, expected) => {
    expect(see(title)).toContain(expected);
  });

  it.each([
    'silver Whirlpool washer',
    'silver Whirpool washer',
    'silver whirlpoolofficial washer',
    'silver Whirl pool washer',
    'Core Luc14 backpack',
    'Hof er toaster',
    'Drive Time radio',
  ])('send no listing to review that may mean something else: %s', (title) => {
    expect(probabilityOf(title)).toBeLessThan(review01);
  });

  it.each([
    'silver looplrihw washer',
    'silver Whirl🔥pool washer',
    'silver Whirlp ool washer',
    'Au|rora lamp',
    'Hof~er toaster',
    'Hof.er toaster',
    'Drive⭐Time radio',
    'Hofer2024 toaster',
    'H\u1ecd\u0301f\u00e9\u0155 toaster',
    'Intel 3rn5t core',
  ])('send a listing to review that hides them from a search: %s', (title) => {
    expect(probabilityOf(title)).toBeGreaterThanOrEqual(review01);
  });

  it('leave a year alone that tells which model the goods fit', () => {
    expect(probabilityOf('Filter compatible with Hofer2024')).toBeLessThan(review01);
  });

  it('are torn where no text of a large catalogue uses the parts', () => {
    const searched = createMarkIndex(marks, shippedSettings);
    const catalogueOf = (count: number) => ({ textCount: 6_000, countOf: () => count, ownersOf: () => count });
    const certaintyAt = (count: number) => {
      searched.useCatalogue(catalogueOf(count));
      return searched.findMarks('Hof er toaster').map((hit) => hit.certainty01);
    };
    const [where] = certaintyAt(50);
    expect(where).toBeLessThan(0.5);
    expect(certaintyAt(1)).toEqual([1]);
  });

  it('are a sign that nobody is told by itself where a name of four letters is torn', () => {
    expect(see('Vol t lamp')).toEqual(['volt SPLIT']);
    expect(probabilityOf('Vol t lamp')).toBeLessThan(shippedSettings.rules.minProbability01);
  });

  it('leave words of two phrases alone', () => {
    expect(see('Hof, er toaster')).toEqual([]);
  });
});

describe('coined names with one wrong letter', () => {
  it('are not the name without a word of one letter, or with another one', () => {
    expect(see('Lorvitek C310 webcam')).toEqual([]);
    expect(see('LorvitekX fury')).toEqual([]);
    expect(see('Lorvitk G webcam')).toEqual(['lorvitek FUZZY']);
  });

  it.each(['black Quarv lamp', 'black Qarvo lamp', 'black Quaevo lamp', 'black Quavro lamp', 'black Jeddko lamp'])(
    'send a listing to review from six letters on, or when a letter is doubled: %s',
    (title) => {
      expect(probabilityOf(title)).toBeGreaterThanOrEqual(review01);
    },
  );

  it.each(['black Tuarvo lamp', 'black Jetko lamp'])(
    'do not with five letters, or when six begin otherwise: %s',
    (title) => {
      expect(probabilityOf(title)).toBeLessThan(review01);
    },
  );
});
