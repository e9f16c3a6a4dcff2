import { beforeAll, describe, expect, it } from 'vitest';
import { creditLineCode, type CreditLine } from '../../../src/domain/credit.ts';
import { stubBrowser } from './stub-browser.ts';

let tellCreditLine: (typeof import('../../../src/console/credit-why.ts'))['tellCreditLine'];
let chooseLanguage: (typeof import('../../../src/console/language/use-language.ts'))['chooseLanguage'];

/** All figures that lines come with. */
const VALUES: NonNullable<CreditLine['values']> = {
  score: 429,
  minScore: 450,
  mass: 37.04,
  good: 15.6,
  quality: 431,
  events: 3,
  verdict: 'QUARANTINED',
  violationType: 'IP_TM_COUNTERFEIT_GOODS',
  cap: 649,
  strikes: 1,
  tier: 'WATCH',
  tierNow: 'GOOD',
  better: 'STANDARD',
  days: 7,
  legalIds: '77',
};

stubBrowser();

beforeAll(async () => {
  ({ tellCreditLine } = await import('../../../src/console/credit-why.ts'));
  ({ chooseLanguage } = await import('../../../src/console/language/use-language.ts'));
});

const lineOf = (code: CreditLine['code'], values = VALUES) => ({ why: 'As it was written.', code, values });

describe('why the credit is what it is', () => {
  it.each(['zh', 'ru'] as const)('is told in %s for every line that has a code', (language) => {
    chooseLanguage(language);
    for (const code of creditLineCode.options) {
      const told = tellCreditLine(lineOf(code));
      expect(told, code).not.toMatch(/undefined|NaN|[A-Za-z]{3}/);
      expect(told.length, code).toBeGreaterThan(4);
    }
  });

  it('names only the criteria that are missed', () => {
    chooseLanguage('zh');
    const missed = { tier: 'WATCH', better: 'STANDARD', minAgeDays: 90, ageDays: 12 };
    expect(tellCreditLine(lineOf('TIER_MISSED', missed))).toMatch(/：[^：；]*12[^；]*90[^；]*。$/);
    expect(tellCreditLine(lineOf('TIER_MISSED', { ...missed, hasStrike: 'true' }))).toContain('；');
  });

  it('is as it was written in English, and where there is no code', () => {
    chooseLanguage('en');
    expect(tellCreditLine(lineOf('NEWCOMER'))).toBe('As it was written.');
    chooseLanguage('ru');
    expect(tellCreditLine({ why: 'As it was written.' })).toBe('As it was written.');
  });
});
