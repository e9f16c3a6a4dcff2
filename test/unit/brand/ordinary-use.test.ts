import { describe, expect, it } from 'vitest';
import { createBrandScreen } from '../../../src/detectors/brand/brand-detector.ts';
import { shippedSettings, someFacts, someMark } from './brand-fixture.ts';

// An ordinary word and a coined one of the same owner, whose goods are computers and whose sellers are named.
const orange = someMark('orange', 'Orange', {
  rightsHolderId: 'holder',
  hasReputation: true,
  niceClasses: [9],
  ownSellerIds: ['the-owner'],
});
const zorvex = someMark('zorvex', 'Zorvex', { rightsHolderId: 'holder' });

const screen = createBrandScreen(shippedSettings);
const termsOf = (listing: object): string[] => {
  const facts = someFacts([orange, zorvex], { listing });
  const found = screen(facts).uses.find(({ use }) => use.mark.id === 'orange');
  return found?.verdict.kind === 'WEIGHED' ? found.verdict.terms.map((term) => term.name) : [];
};
const probabilityOf = (listing: object): number => {
  const found = screen(someFacts([orange, zorvex], { listing })).uses.find(({ use }) => use.mark.id === 'orange');
  return found?.verdict.kind === 'WEIGHED' ? found.verdict.probability : 0;
};

describe('an ordinary word that is a mark', () => {
  it('is a name where it has a capital letter and other words have none', () => {
    expect(termsOf({ title: 'used phone from Orange with charger' })).toContain('ordinaryAsName');
    expect(termsOf({ title: 'sim card ORANGE with 5 GB' })).toContain('ordinaryAsName');
    expect(termsOf({ title: 'Used Phone From Orange With Charger' })).not.toContain('ordinaryAsName');
    expect(termsOf({ title: 'Orange juice press with two cones' })).not.toContain('ordinaryAsName');
  });

  it('is a word where it is written small and names are not', () => {
    expect(termsOf({ title: 'Electric orange juicer with Steel Cone' })).toContain('ordinaryAsWord');
    expect(termsOf({ title: 'electric orange juicer with steel cone' })).not.toContain('ordinaryAsWord');
  });

  it('leads a title like a brand only among goods of its class', () => {
    const title = 'Orange Phone Black 64 GB';
    expect(termsOf({ title, niceClasses: [9] })).toContain('ordinaryLeads');
    expect(termsOf({ title, niceClasses: [25] })).toContain('ordinaryOtherGoods');
    expect(probabilityOf({ title, niceClasses: [25] })).toBeLessThan(probabilityOf({ title, niceClasses: [9] }));
  });

  it('is the mark where the brand attribute says so or another mark of its owner stands beside it', () => {
    expect(termsOf({ title: 'Orange phone black', brand: 'Orange' })).not.toContain('ordinaryName');
    expect(termsOf({ title: 'Orange Zorvex phone black' })).not.toContain('ordinaryName');
    expect(termsOf({ title: 'Orange phone black' })).toContain('ordinaryName');
  });

  it.each([
    { title: 'Electric orange juicer 40W', brand: 'Braun' },
    { title: 'Women orange summer dress floral', brand: 'Mirabel', niceClasses: [25] },
    { title: 'ORANGE COTTON HOODIE OVERSIZE', brand: 'Mirabel' },
  ])('does not send a listing to review that says what the goods are: $title', (listing) => {
    expect(probabilityOf(listing)).toBeLessThan(shippedSettings.rules.outcomes.review01);
  });

  it('sends a listing to review that announces an imitation of the mark', () => {
    expect(probabilityOf({ title: 'Orange phone replica 1:1' })).toBeGreaterThan(0.5);
  });
});
