import { describe, expect, it } from 'vitest';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import type { MarkHit } from '../../../src/detectors/brand/mark-hit.ts';
import { shippedSettings, someMark } from './brand-fixture.ts';

const index = createMarkIndex(
  [
    someMark('zorvex', 'Zorvex', { hasReputation: true }),
    someMark('kelmora', 'Kelmora Danti', { hasReputation: true }),
    someMark('han', 'Zovi', { aliases: [{ text: '佐维卡', language: 'zh', kind: 'TRANSLITERATION' }] }),
    someMark('short', 'LQ'),
    someMark('level', 'Level', { hasReputation: true }),
    someMark('corn', 'Corn Brothers', { markDisclaimerText: ['Brothers'] }),
    someMark('vomex', 'Vomexal', { hasReputation: true }),
  ],
  shippedSettings,
);

const see = (text: string): string[] =>
  index.findMarks(text).map((hit: MarkHit) => `${hit.markId} ${hit.view} ${text.slice(hit.start, hit.end)}`);

describe('views of a text', () => {
  it.each([
    ['new ZORVEX bag', 'zorvex NATIVE ZORVEX'],
    ['Zörvéx bag', 'zorvex NATIVE Zörvéx'],
    ['Zo\u0308rvex bag', 'zorvex NATIVE Zo\u0308rvex'],
    ['🅉🄾🅁🅅🄴🅇 bag', 'zorvex STYLED 🅉🄾🅁🅅🄴🅇'],
    ['Z\u00ADorv\u200Dex', 'zorvex INVISIBLE Z\u00ADorv\u200Dex'],
    ['Z o r v e x', 'zorvex SPLIT Z o r v e x'],
    ['zor🔥vex', 'zorvex SPLIT zor🔥vex'],
    ['Zоrvех', 'zorvex SKELETON Zоrvех'],
    ['Vornexal cream', 'vomex SKELETON Vornexal'],
    ['z0rv3x', 'zorvex LEET z0rv3x'],
    ['Z€rvex', undefined],
    ['zorvexx', 'zorvex DOUBLED zorvexx'],
    ['zooooorvex', 'zorvex DOUBLED zooooorvex'],
    ['zo*vex', 'zorvex MASKED zo*vex'],
    ['佐*卡', 'han MASKED 佐*卡'],
    ['newzorvex2024', 'zorvex GLUED zorvex'],
    ['Zorvex2024', 'zorvex GLUED Zorvex'],
    ['Zorvex300', 'zorvex NATIVE Zorvex'],
    ['Zorvex20245', 'zorvex NATIVE Zorvex'],
    ['зорвекс', 'zorvex TRANSLITERATION зорвекс'],
    ['ζορβεξ', 'zorvex TRANSLITERATION ζορβεξ'],
    ['xevroz', 'zorvex REVERSED xevroz'],
    ['zorvx', 'zorvex FUZZY zorvx'],
    ['zorevx', 'zorvex FUZZY zorevx'],
    ['kelmora dansi', 'kelmora FUZZY kelmora dansi'],
    ['新款佐维卡正品', 'han NATIVE 佐维卡'],
    ['zuoweika bag', 'han PINYIN zuoweika'],
    ['kelmoradanti', 'kelmora NATIVE kelmoradanti'],
  ])('reads %s', (text, expected) => {
    if (expected === undefined) expect(see(text)).toEqual([]);
    else expect(see(text)).toContain(expected);
  });

  it('matches two letters only as they are registered, between separators', () => {
    expect(see('TV LQ 55')).toEqual(['short NATIVE LQ']);
    expect(see('TV lq L.Q L Q ALQ LQX')).toEqual([]);
  });

  it('does not take an ordinary word for a misspelt mark', () => {
    expect(see('lever set')).toEqual([]);
  });

  it('looks for a mark without the words that it disclaims', () => {
    expect(see('Brothers jeans')).toEqual([]);
    expect(see('fresh Corn Brothers flakes')).toContain('corn NATIVE Corn Brothers');
  });

  it('leaves Cyrillic words alone that only resemble Latin letters', () => {
    expect(see('Кроссовки новые для бега')).toEqual([]);
  });

  it('reads a name that runs from right to left under an override', () => {
    expect(see('\u202Exevroz\u202C')).toContain('zorvex REVERSED xevroz');
  });
});

describe('mark index', () => {
  it('finds an added mark at once and a withdrawn one no more', () => {
    const live = createMarkIndex([someMark('a', 'Zorvex')], shippedSettings);
    live.add(someMark('b', 'Quandelo'));
    expect(live.findMarks('Quandelo and Zorvex').map((hit) => hit.markId)).toEqual(['b', 'a']);
    expect(live.remove('a')).toBe(true);
    expect(live.remove('a')).toBe(false);
    expect(live.findMarks('Quandelo and Zorvex').map((hit) => hit.markId)).toEqual(['b']);
    expect(live.size).toBe(1);
  });

  it('puts a new version of a mark in place of the old one', () => {
    const live = createMarkIndex([someMark('a', 'Zorvex')], shippedSettings);
    live.add(someMark('a', 'Quandelo'));
    expect(live.findMarks('Zorvex Quandelo').map((hit) => hit.name)).toEqual(['Quandelo']);
    expect(live.get('a')?.text).toBe('Quandelo');
    expect(live.size).toBe(1);
  });

  it('does not take one mark for another misspelt one when they came at different times', () => {
    const live = createMarkIndex([someMark('a', 'zxqq', { hasReputation: true })], shippedSettings);
    live.add(someMark('b', 'zzxqq', { hasReputation: true }));
    expect(live.findMarks('zxqq').map((hit) => hit.markId)).toEqual(['a']);
  });

  it('finds every supplied name as it was supplied, short ones in each letter case given, and very long ones', () => {
    const names = ['Q&T', 'qt', 'H.Q.', 'ZAU!', 'Veranda & Quill Tailors of the Lower Garden Street and Sons Limited'];
    const [text, ...aliases] = names;
    const one = createMarkIndex(
      [someMark('a', text!, { aliases: aliases.map((name) => ({ text: name })) })],
      shippedSettings,
    );
    for (const name of names)
      expect(
        one.findMarks(`new ${name} black`).map((hit) => hit.markId),
        name,
      ).toEqual(['a']);
    expect(one.findMarks('new Qt black')).toEqual([]);
  });

  it('sees one wrong letter in a name of four words', () => {
    const one = createMarkIndex([someMark('a', 'Credit Union of Velmora', { hasReputation: true })], shippedSettings);
    expect(one.findMarks('card Credit Union of Vlemora new').map((hit) => hit.view)).toEqual(['FUZZY']);
  });

  it('keeps marks out that are no longer in force', () => {
    const marks = [someMark('a', 'Zorvex', { markCurrentStatusCode: 'EXPIRED' }), someMark('b', 'Quandelo')];
    expect(createMarkIndex(marks, shippedSettings).findMarks('Zorvex Quandelo')).toHaveLength(1);
  });

  it('gives back what a mark was registered with', () => {
    const one = someMark('a', 'Zorvex', {
      niceClasses: [9, 25, 33, 45],
      territories: ['DE', 'FR'],
      expiryDate: '2030-01-01',
      ownSellerIds: ['s9'],
    });
    expect(createMarkIndex([one], shippedSettings).get('a')).toMatchObject({
      text: 'Zorvex',
      rightsHolderId: 'holder-a',
      niceClasses: [9, 25, 33, 45],
      territories: ['DE', 'FR'],
      expiryDate: '2030-01-01',
      ownSellerIds: ['s9'],
    });
  });
});
