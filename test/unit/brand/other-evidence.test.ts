import { describe, expect, it } from 'vitest';
import { createBrandDetector } from '../../../src/detectors/brand/brand-detector.ts';
import { compareTexts } from '../../../src/detectors/brand/compare-texts.ts';
import { createContextLexicon, niceClassesOf } from '../../../src/detectors/brand/context-lexicon.ts';
import { findFakeComplaints } from '../../../src/detectors/brand/reading-complaints.ts';
import { finding } from '../../../src/domain/finding.ts';
import type { ViolationType } from '../../../src/domain/violation.ts';
import { shippedSettings, someFacts, someMark } from './brand-fixture.ts';

const detector = createBrandDetector(shippedSettings);
const lexicon = createContextLexicon(shippedSettings);

const probabilityOf = (type: ViolationType, ...args: Parameters<typeof someFacts>): number => {
  const result = detector.detect(someFacts(...args));
  if (result.kind !== 'findings') throw new Error(result.why);
  const found = result.findings.map((one) => finding.parse(one)).filter((one) => one.violationType === type);
  return Math.max(0, ...found.map((one) => one.probability));
};

const complaintsIn = (text: string, stars = 1): number =>
  findFakeComplaints([{ reviewId: 'r1', text, stars }], lexicon).length;

describe('complaints of buyers', () => {
  it.each([
    'This is fake!',
    'definitely not original, bad seams',
    'Это подделка',
    '是假货，不要买',
    'es falso',
    'Fälschung, Finger weg',
    '偽物でした',
  ])('hears %s', (text) => {
    expect(complaintsIn(text)).toBe(1);
  });

  it.each([
    'not fake, all good',
    'It is not a fake at all',
    'это не подделка, рекомендую',
    'не фейк',
    '不是假货',
    'kein Plagiat',
    'lovely shoes, fast delivery',
  ])('does not hear one in: %s', (text) => {
    expect(complaintsIn(text)).toBe(0);
  });

  it('does not let a negation reach over the end of a sentence', () => {
    expect(complaintsIn('I would not. Fake goods')).toBe(1);
  });

  it('adds to a mention, and does not condemn alone', () => {
    const zorvex = someMark('m1', 'Zorvex', { hasReputation: true });
    const title = { title: 'Zorvex running shoes' };
    const said = (count: number) => ({
      fakeComplaints: Array.from({ length: count }, (_, at) => ({ reviewId: `r${at}`, text: 'fake', stars: 1 })),
    });
    const quiet = probabilityOf('IP_TM_COUNTERFEIT_GOODS', [zorvex], { listing: title });
    const loud = probabilityOf('IP_TM_COUNTERFEIT_GOODS', [zorvex], { listing: title, facts: said(5) });
    expect(loud).toBeGreaterThan(quiet);
    expect(loud).toBeLessThan(shippedSettings.rules.outcomes.block01);
    expect(probabilityOf('IP_TM_COUNTERFEIT_GOODS', [], { listing: title, facts: said(5) })).toBe(0);
  });
});

describe('price', () => {
  const zorvex = someMark('m1', 'Zorvex', {
    hasReputation: true,
    niceClasses: [25],
    usualPriceMinor: 10_000,
    usualPriceCurrency: 'EUR',
  });
  const shoes = { title: 'Zorvex shoes', category: 'Shoes' };

  it('far below the usual one adds to a mention', () => {
    const usual = probabilityOf('IP_TM_COUNTERFEIT_GOODS', [zorvex], { listing: { ...shoes, priceMinor: 9_000 } });
    const cheap = probabilityOf('IP_TM_COUNTERFEIT_GOODS', [zorvex], { listing: { ...shoes, priceMinor: 1_000 } });
    expect(cheap).toBeGreaterThan(usual);
  });

  it('of another currency is not compared', () => {
    const listing = { ...shoes, priceMinor: 1_000, currency: 'JPY' };
    expect(probabilityOf('IP_TM_COUNTERFEIT_GOODS', [zorvex], { listing })).toBe(0);
  });

  it('of comparable offers goes before the figure of the owner', () => {
    const offers = (medianMinor: number) => ({
      priceComparables: [{ markId: 'm1', currency: 'EUR', medianMinor, madMinor: 100, count: 40 }],
    });
    const listing = { ...shoes, priceMinor: 1_000 };
    expect(probabilityOf('IP_TM_COUNTERFEIT_GOODS', [zorvex], { listing, facts: offers(1_100) })).toBe(0);
    expect(probabilityOf('IP_TM_COUNTERFEIT_GOODS', [zorvex], { listing, facts: offers(8_000) })).toBeGreaterThan(0);
  });
});

describe('search cheating', () => {
  const owners = ['Zorvex', 'Quandelo', 'Kelmora', 'Brintosa'].map((text, at) =>
    someMark(`m${at}`, text, { hasReputation: true, rightsHolderId: `owner-${at}` }),
  );

  it('is a listing that names marks of several owners', () => {
    const title = 'Bag Zorvex Quandelo Kelmora Brintosa';
    expect(probabilityOf('LST_SEARCH_CHEATING', owners, { listing: { title } })).toBeGreaterThan(0.5);
  });

  it('is not a list of what the goods fit', () => {
    const listing = { title: 'Charger cable for Zorvex, Quandelo, Kelmora, Brintosa', brand: 'Cable Works' };
    expect(probabilityOf('LST_SEARCH_CHEATING', owners, { listing })).toBe(0);
  });

  it('is not two marks side by side', () => {
    expect(probabilityOf('LST_SEARCH_CHEATING', owners, { listing: { title: 'Zorvex x Quandelo bag' } })).toBe(0);
  });

  it('hears when the offer is hidden behind another one', () => {
    const listing = { description: 'Hidden link, you know what it is. See album' };
    expect(probabilityOf('LST_HIDDEN_LINK', [], { listing })).toBeGreaterThan(0.5);
    expect(probabilityOf('LST_HIDDEN_LINK', [], { listing: { description: 'Chain with hidden clasp' } })).toBe(0);
  });
});

describe('copied description', () => {
  const description =
    'Hand stitched from vegetable tanned leather of a small tannery in the hills, each pair takes our shoemaker nine hours and ages beautifully over the years.';
  const stored = (parts: object = {}) => ({
    kind: 'LISTING' as const,
    listingId: 'l0',
    legalId: 'legal-s0',
    description,
    createdAt: '2026-01-01T00:00:00Z',
    ...parts,
  });
  const copy = (similarTexts: ReturnType<typeof stored>[], text = description): number =>
    probabilityOf('IP_CR_TEXT_COPY', [], {
      listing: { description: text },
      facts: { similarTexts: compareTexts(text, similarTexts) },
    });

  it('is told with the earlier listing, also when a few words were changed', () => {
    expect(copy([stored()])).toBeGreaterThan(0.8);
    expect(copy([stored()], description.replace('nine hours', 'ten hours').replace('small', 'tiny'))).toBeGreaterThan(
      0.5,
    );
  });

  it('is no copy when the other one came later, belongs to the same owner, or says something else', () => {
    expect(copy([stored({ createdAt: '2026-06-20T00:00:00Z' })])).toBe(0);
    expect(copy([stored({ legalId: 'legal-s1' })])).toBe(0);
    const other =
      'A light rain jacket with taped seams and a hood that folds into the collar, tested for three winters on the coast by our own customers and friends.';
    expect(copy([stored()], other)).toBe(0);
  });

  it('is no theft when many owners use the text of one supplier', () => {
    const many = Array.from({ length: 6 }, (_, at) =>
      stored({ listingId: `l${at + 10}`, legalId: `legal-${at + 10}` }),
    );
    expect(copy(many)).toBe(0);
  });
});

describe('description of the owner of a mark', () => {
  const description =
    'The Zorvex Ridge is cut from one sheet of recycled sailcloth, sewn in our own workshop in Bergen and tested for ten thousand hours on deck.';
  const owned = someMark('m1', 'Zorvex', { ownSellerIds: ['s7'], officialTexts: [{ text: description }] });
  const ofOwner = (seller: object = {}, others: number = 0): number =>
    probabilityOf('IP_CR_TEXT_COPY', [], {
      listing: { description },
      seller,
      facts: {
        similarTexts: compareTexts(description, [
          { kind: 'MARK' as const, mark: owned, description },
          ...Array.from({ length: others }, (_, at) => ({
            kind: 'LISTING' as const,
            listingId: `l${at + 10}`,
            legalId: `legal-${at + 10}`,
            description,
            createdAt: '2026-01-01T00:00:00Z',
          })),
        ]),
      },
    });

  it('is the original, however many sellers use it', () => {
    expect(ofOwner()).toBeGreaterThan(0.8);
    expect(ofOwner({}, 20)).toBeGreaterThan(0.8);
  });

  it('may be used by the sellers of the owner', () => {
    expect(ofOwner({ id: 's7' }, 2)).toBe(0);
  });
});

describe('classes of goods', () => {
  it('come from the marketplace where it knows them, else from the words of the category', () => {
    expect(niceClassesOf({ niceClasses: [3], category: 'Shoes' }, lexicon)).toEqual([3]);
    expect(niceClassesOf({ niceClasses: [], category: 'Fashion > Shoes' }, lexicon)).toEqual([25]);
    expect(niceClassesOf({ niceClasses: [], category: 'Miscellany' }, lexicon)).toEqual([]);
  });
});
