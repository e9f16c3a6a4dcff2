import { describe, expect, it } from 'vitest';
import { createBrandDetector } from '../../../src/detectors/brand/brand-detector.ts';
import { finding } from '../../../src/domain/finding.ts';
import { shippedSettings, someFacts, someMark } from './brand-fixture.ts';

const detector = createBrandDetector(shippedSettings);
const zorvex = someMark('m1', 'Zorvex', { hasReputation: true, niceClasses: [25] });

const findingsOf = (...args: Parameters<typeof someFacts>) => {
  const result = detector.detect(someFacts(...args));
  if (result.kind !== 'findings') throw new Error(result.why);
  return result.findings.map((one) => finding.parse(one));
};

describe('brand detector', () => {
  it('finds a mark torn apart by dots and shows the exact words', () => {
    const [found] = findingsOf([zorvex], { listing: { title: 'New z.o.r.v.e.x shoes' } });
    expect(found).toMatchObject({ violationType: 'IP_TM_OBFUSCATED_BRAND', markId: 'm1' });
    expect(found?.evidence[0]).toMatchObject({ field: 'title', start: 4, end: 15, text: 'z.o.r.v.e.x', view: 'SPLIT' });
    expect(found?.probability).toBeGreaterThan(0.5);
  });

  it('finds full-width and mathematical letters and letters with invisible characters between them', () => {
    for (const title of [
      'Ｚｏｒｖｅｘ bag',
      '𝓩𝓸𝓻𝓿𝓮𝔁 bag',
      'Zor\u200Bvex bag',
      'Z\u0336o\u0336r\u0336v\u0336e\u0336x bag',
    ]) {
      expect(findingsOf([zorvex], { listing: { title, brand: 'Other' } }), title).toHaveLength(1);
    }
  });

  it('says nothing of an open mention by a seller of whom nothing is known', () => {
    expect(findingsOf([zorvex], { listing: { title: 'Zorvex running shoes', brand: 'Zorvex' } })).toEqual([]);
  });

  it('says nothing where the seller owns the mark or is authorised that day', () => {
    const own = someMark('m1', 'Zorvex', { ownSellerIds: ['s1'] });
    const authorised = someMark('m1', 'Zorvex', { authorizations: [{ sellerId: 's1', validUntil: '2026-06-15' }] });
    for (const mark of [own, authorised]) {
      expect(findingsOf([mark], { listing: { title: 'Zorvex replica 1:1' } })).toEqual([]);
    }
  });

  it('tells an authorisation that ran out the day before', () => {
    const expired = someMark('m1', 'Zorvex', {
      hasReputation: true,
      authorizations: [{ sellerId: 's1', validUntil: '2026-06-14' }],
    });
    const [found] = findingsOf([expired], { listing: { title: 'Zorvex shoes' } });
    expect(found?.violationType).toBe('IP_AUTHORISATION_MISSING_OR_EXPIRED');
  });

  it('tells a name spelt in another script, and not an everyday word that resembles it by ear', () => {
    const kireshi = someMark('m1', 'Kireshi', { hasReputation: true, authorizations: [{ sellerId: 's2' }] });
    const told = (description: string) => findingsOf([kireshi], { listing: { title: 'Кружка', description } });
    expect(told('Киреши, подарок ко дню рождения')).toHaveLength(1);
    expect(told('Хороший подарок ко дню рождения')).toEqual([]);
    // Beside another brand the likeness stays a sign.
    const beside = findingsOf([kireshi], { listing: { title: 'Кирешы кружка', brand: 'Ottavia' } });
    expect(beside).toHaveLength(1);
  });

  it('says nothing of goods outside the classes of a mark without reputation', () => {
    const paint = someMark('m1', 'Zorvex', { niceClasses: [2] });
    const goods = { title: 'Zorvex replica', category: 'Clothing > Shoes' };
    expect(findingsOf([paint], { listing: goods })).toEqual([]);
    expect(findingsOf([{ ...paint, hasReputation: true }], { listing: goods })).toHaveLength(1);
  });

  it('says nothing where the right does not hold in any destination', () => {
    const german = someMark('m1', 'Zorvex', { territories: ['DE'] });
    expect(findingsOf([german], { listing: { title: 'Zorvex replica', destinations: ['US'] } })).toEqual([]);
    expect(findingsOf([german], { listing: { title: 'Zorvex replica', destinations: ['US', 'DE'] } })).toHaveLength(1);
  });

  it('calls an imitation by its code word, the surer the nearer', () => {
    const near = findingsOf([zorvex], { listing: { title: 'replica Zorvex shoes' } });
    const far = findingsOf([zorvex], {
      listing: { title: 'replica of very nice shoes for the whole family by Zorvex' },
    });
    expect(near[0]?.violationType).toBe('IP_TM_COUNTERFEIT_GOODS');
    expect(near[0]!.probability).toBeGreaterThan(far[0]?.probability ?? 0);
  });

  it('does not take AAA for a code word beside batteries', () => {
    const plain = findingsOf([zorvex], { listing: { title: 'Zorvex AAA batteries 24 pack' } });
    const goods = findingsOf([zorvex], { listing: { title: 'Zorvex AAA shoes 24 pack' } });
    expect(plain).toEqual([]);
    expect(goods).toHaveLength(1);
  });

  it('allows a mark that tells what the goods fit', () => {
    for (const title of [
      'Leather strap for Zorvex watch',
      'Чехол для Zorvex',
      'Zorvex対応 ケース',
      'Hülle für Zorvex 12',
    ]) {
      expect(findingsOf([zorvex], { listing: { title, brand: 'Case Works' } }), title).toEqual([]);
    }
  });

  it('reports another brand in the title than in the brand attribute', () => {
    const [found] = findingsOf([zorvex], { listing: { title: 'Running shoes Zorvex', brand: 'Case Works' } });
    expect(found?.violationType).toBe('IP_TM_KEYWORD_MISUSE');
  });

  it('reports a store name that is built on a mark', () => {
    const [found] = findingsOf([zorvex], { seller: { storeName: 'Zorvex Official Store' } });
    expect(found).toMatchObject({ violationType: 'IP_TM_STORE_NAME', about: 'storeName m1' });
  });
});
