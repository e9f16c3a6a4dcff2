import { beforeAll, describe, expect, it } from 'vitest';
import { gistOf } from '../../../src/domain/case-gist.ts';
import type { Evidence } from '../../../src/domain/evidence.ts';
import { stubBrowser } from './stub-browser.ts';

const RING: Evidence = {
  kind: 'RING',
  why: 'These accounts reviewed the same listings at the same times, all to praise them.',
  ringId: 'ring:1',
  direction: 'PRAISE',
  memberAccountIds: ['a-1', 'a-2', 'a-3'],
  listingIds: ['l-1', 'l-2'],
  sellerIds: ['s-1'],
  firstAtMs: 0,
  lastAtMs: 5 * 86_400_000,
  terms: [{ name: 'coReview', why: '3 accounts wrote 6 reviews.', nats: 9 }],
  reviews: [],
  clearedBy: 'Confirmed purchases.',
};
const SPAN: Evidence = {
  kind: 'TEXT_SPAN',
  why: 'Reads as VELLUNA, a name of the mark VELLUNA.',
  field: 'title',
  start: 0,
  end: 7,
  text: 'Velluna',
  markText: 'VELLUNA',
  ruleId: 'brand.view.NATIVE',
};

let tell: typeof import('../../../src/console/evidence/tell-evidence.ts');
let chooseLanguage: (typeof import('../../../src/console/language/use-language.ts'))['chooseLanguage'];

stubBrowser();

beforeAll(async () => {
  tell = await import('../../../src/console/evidence/tell-evidence.ts');
  ({ chooseLanguage } = await import('../../../src/console/language/use-language.ts'));
});

describe('why a case fired', () => {
  it('is told in English as the detector wrote it', () => {
    chooseLanguage('en');
    expect(tell.tellEvidence(RING)).toBe(RING.why);
    expect(tell.tellFinding({ summary: 'A ring.', evidence: [RING] })).toBe('A ring.');
  });

  it.each([
    ['zh', /\p{Script=Han}/u],
    ['ru', /\p{Script=Cyrillic}/u],
  ] as const)('is told in %s from its structure, with its figures', (language, script) => {
    chooseLanguage(language);
    const ring = tell.tellFinding({ summary: 'A ring.', evidence: [RING] });
    expect(ring).toMatch(script);
    // Members, listings, days.
    expect(ring.match(/\d+/g)).toEqual(expect.arrayContaining(['3', '2', '6']));
    const words = tell.tellFinding({ summary: 'Words.', evidence: [SPAN] });
    expect(words).toMatch(script);
    expect(words).toContain('Velluna');
    expect(tell.tellTerm({ name: 'coReview', why: '3 accounts wrote 6 reviews.' })).toMatch(script);
  });

  it('is told in lists from the gist, and in the sentence of the detector where there is none', () => {
    const gist = gistOf([RING]);
    const summary = 'A ring.';
    chooseLanguage('zh');
    expect(tell.tellSummary({ summary, gist })).toBe(tell.tellFinding({ summary, evidence: [RING] }));
    expect(tell.tellSummary({ summary })).toBe(summary);
    chooseLanguage('en');
    expect(tell.tellSummary({ summary, gist })).toBe(summary);
    expect(gistOf([SPAN])).toMatchObject({ kind: 'WORDS', spans: [{ text: 'Velluna', markText: 'VELLUNA' }] });
  });

  it.each(['zh', 'ru'] as const)('says of a sample in %s what was looked at, and what came nearest', (language) => {
    chooseLanguage(language);
    const weakest = { violationType: 'IP_TM_KEYWORD_MISUSE' as const, probability: 0.12 };
    const plain = tell.tellSummary({ summary: 'x', gist: { kind: 'SAMPLE', subjectKind: 'LISTING' } });
    const weak = tell.tellSummary({ summary: 'x', gist: { kind: 'SAMPLE', subjectKind: 'LISTING', weakest } });
    const review = tell.tellSummary({ summary: 'x', gist: { kind: 'SAMPLE', subjectKind: 'REVIEW' } });
    expect(plain).not.toMatch(/undefined|[A-Za-z]{3}/);
    expect(review).not.toBe(plain);
    expect(weak).toMatch(/12/);
    expect(weak.startsWith(plain)).toBe(true);
  });

  it('keeps the English sentence where the structure does not tell it', () => {
    chooseLanguage('ru');
    const subject = { kind: 'LISTING', id: 'l-1' } as const;
    const fact: Evidence = { kind: 'FACT', why: 'A sentence of its own.', name: 'nobodyKnows', value: 1 };
    expect(tell.tellEvidence(fact)).toBe('A sentence of its own.');
    expect(tell.tellCase({ summary: 'Merged by hand.', items: [], subject })).toBe('Merged by hand.');
  });
});
