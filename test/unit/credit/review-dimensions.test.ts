import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createReviewReader } from '../../../src/credit/review-dimensions.ts';
import { reviewSettings } from '../../../src/credit/review-settings.ts';

const reader = createReviewReader(
  reviewSettings.parse(parse(readFileSync(new URL('../../../rules/reviews.yaml', import.meta.url), 'utf8'))),
);

/** Complaints by letter: D delivery, I item, S service; empty where none is recognised. */
const LETTERS = { D: 'DELIVERY', I: 'ITEM', S: 'SERVICE' } as const;

const CASES: readonly (readonly [language: string, text: string, complaints: string])[] = [
  ['en', 'The parcel never arrived.', 'D'],
  ['en', 'Great bag, but shipping took three months', 'D'],
  ['en', 'Item came broken and the seller ignored my messages', 'IS'],
  ['en', 'Nothing wrong with the quality, the courier lost it twice', 'D'],
  ['en', 'No problem with delivery, but the fabric is torn', 'I'],
  ['en', 'Delivery slow. Colour not as described.', 'DI'],
  ['en', 'Stuck in customs for weeks and I had to pay import duty', 'D'],
  ['en', 'Not good quality', 'I'],
  ['en', 'The item arrived two weeks late', 'D'],
  ['en', 'Terrible!!!', ''],
  ['en', 'This is a fake', 'I'],
  ['en', 'Package was delivered to the wrong house, product itself is fine', 'D'],
  ['en', 'Customer service was rude', 'S'],
  ['en', 'Refund refused', 'S'],
  ['en', 'The product never arrived', 'D'],
  ['zh', '物流太慢了，等了一个月', 'D'],
  ['zh', '质量很差，像假货', 'I'],
  ['zh', '东西很好，但是快递太慢', 'D'],
  ['zh', '快递慢，质量也不好', 'DI'],
  ['zh', '包裹在海关被扣了', 'D'],
  ['zh', '质量没问题，就是物流慢', 'D'],
  ['zh', '客服态度很差', 'S'],
  ['ru', 'Посылка так и не пришла', 'D'],
  ['ru', 'Товар отличный, но доставка шла три месяца', 'D'],
  ['ru', 'Качество ужасное, подделка', 'I'],
  ['ru', 'Доставка быстрая, к качеству претензий нет, но продавец хамит', 'S'],
  ['ru', 'Застряла на таможне, трек не отслеживается', 'D'],
  ['ru', 'Долгая доставка и размер не тот', 'DI'],
  ['de', 'Paket kam nie an', 'D'],
  ['de', 'Die Ware ist gut, aber die Lieferung dauerte ewig', 'D'],
  ['de', 'Artikel defekt', 'I'],
  ['de', 'Keine Beanstandung der Qualität, nur der Zoll war teuer', 'D'],
  ['de', 'Verkäufer antwortet nicht', 'S'],
  ['es', 'El paquete llegó dos meses tarde', 'D'],
  ['es', 'Buen producto pero el envío fue un desastre', 'D'],
  ['es', 'Mala calidad, llegó roto', 'DI'],
  ['es', 'Es falso', 'I'],
  ['fr', 'Colis jamais reçu', 'D'],
  ['fr', 'Très bon produit mais livraison très lente', 'D'],
  ['fr', 'La taille ne correspond pas', 'I'],
  ['fr', 'Livraison en retard et article cassé', 'DI'],
  ['pt', 'A encomenda ficou presa na alfândega', 'D'],
  ['pt', 'Produto ótimo, mas a entrega demorou muito', 'D'],
  ['pt', 'Não funciona, qualidade péssima', 'I'],
];

describe('what a review complains of', () => {
  it.each(CASES)('%s: %s', (language, text, complaints) => {
    const expected = Object.entries(LETTERS).flatMap(([letter, name]) => (complaints.includes(letter) ? [name] : []));
    expect(reader.read(text, language).complaints).toEqual(expected);
    expect(reader.read(text, language).isDeliveryAlone).toBe(complaints === 'D');
  });

  it('is found in the right language where the review does not name it', () => {
    const guessed = CASES.filter(([, , complaints]) => complaints !== '').filter(
      ([language, text]) => reader.read(text).language === language,
    );
    expect(guessed.length).toBeGreaterThanOrEqual(Math.floor(CASES.length * 0.9));
  });

  it('is marked in the text by the words that say so', () => {
    const text = 'Great bag, but the parcel never arrived';
    const { spans } = reader.read(text, 'en');
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['parcel', 'arrived']);
  });

  it('is read in linear time, whatever the text', () => {
    for (const text of ['parcel '.repeat(1_400), 'a'.repeat(10_000), 'not '.repeat(2_500), '快递'.repeat(5_000)]) {
      const began = performance.now();
      reader.read(text);
      expect(performance.now() - began).toBeLessThan(3_000);
    }
  });
});
