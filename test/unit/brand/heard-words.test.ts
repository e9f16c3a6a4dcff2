import { describe, expect, it } from 'vitest';
import { createBrandScreen } from '../../../src/detectors/brand/brand-detector.ts';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import { shippedSettings, someFacts, someMark } from './brand-fixture.ts';

const marks = [
  someMark('koide', 'Koide Camera', { hasReputation: true }),
  someMark('costco', 'Costco', { hasReputation: true }),
  someMark('homeplus', 'Homeplus', { hasReputation: true }),
  someMark('compose', 'Compose Coffee', { hasReputation: true }),
  someMark('renuar', 'Renuar', { hasReputation: true }),
  someMark('makro', 'Makro', { hasReputation: true }),
  someMark('kekale', 'Kekäle', { hasReputation: true }),
  someMark('harburg', 'Harburg', { hasReputation: true }),
  someMark('pelvorin', 'Pelvorin', { hasReputation: true }),
  someMark('rivolan', 'Rivolan', { hasReputation: true }),
];
const index = createMarkIndex(marks, shippedSettings);
const hear = (text: string): string[] =>
  index.findMarks(text).flatMap((hit) => (hit.view === 'TRANSLITERATION' ? [hit.markId] : []));

describe('names heard in another script', () => {
  it.each([
    ['two words in one row of kana', 'コイデカメラ 中古', 'koide'],
    ['vowels that kana puts between consonants', 'コストコ 会員', 'costco'],
    ['vowels that Hangul puts between consonants', '홈플러스 컵', 'homeplus'],
    ['two words in one row of Hangul', '컴포즈커피 쿠폰', 'compose'],
    ['consonants of Hebrew, which leaves vowels out', 'רנואר שמלה', 'renuar'],
    ['an r that kana leaves out', 'ハーバーグ 時計', 'harburg'],
    ['sounds that Hangul does not tell apart', '리볼란 신발', 'rivolan'],
    ['sounds that kana does not tell apart', 'リボラン 靴', 'rivolan'],
    ['sounds and vowels that Arabic has no letters for', 'عطر بلفورين', 'pelvorin'],
    ['vowels that Thai writes before their consonant', 'แม็คโคร คูปอง', 'makro'],
  ])('are found through %s', (_, text, expected) => {
    expect(hear(text)).toContain(expected);
  });

  it('are no words of trade', () => {
    expect(hear('Чехол противоударный')).toEqual([]);
  });

  it('send nothing to review by themselves, not even beside another brand', () => {
    const screen = createBrandScreen(shippedSettings);
    const { findings } = screen(someFacts(marks, { listing: { title: '홈플러스 컵', brand: 'Norvik' } }));
    const most = Math.max(0, ...findings.map((finding) => finding.probability));
    expect(most).toBeLessThan(shippedSettings.rules.outcomes.review01);
  });
});
