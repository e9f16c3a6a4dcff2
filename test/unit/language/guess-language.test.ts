import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../../src/adapters/language/guess-language.ts';

describe('the language of an item', () => {
  it('is told by a script that one language has, however short the title', () => {
    expect(guessLanguage('真皮手提包 棕色 大号')).toBe('zh');
    expect(guessLanguage('革のハンドバッグ')).toBe('ja');
    expect(guessLanguage('가죽 핸드백')).toBe('ko');
  });

  it('is told by letter groups where there is a sentence to read', () => {
    expect(guessLanguage('Кожаная сумка коричневого цвета, большая, бесплатная доставка по всей стране')).toBe('ru');
    expect(guessLanguage('Handtasche aus echtem Leder, braun, groß, mit kostenlosem Versand nach Österreich')).toBe(
      'de',
    );
    expect(guessLanguage('Sac à main en cuir véritable, marron, grande taille, livraison gratuite')).toBe('fr');
  });

  it('is left open where names and sizes are all that is said', () => {
    for (const title of ['iPhone 12 Pro Max 256GB', 'Nike Air Max 90', '', '12345', 'Кожаная сумка'])
      expect(guessLanguage(title)).toBeUndefined();
  });

  it('is not that of two foreign characters in a sentence', () => {
    expect(guessLanguage('A print with the word 龍 on it, made of heavy cotton and washed twice by hand')).toBe('en');
  });
});
