import { beforeAll, describe, expect, it } from 'vitest';
import {
  creditGistCode,
  faultCode,
  sellersPartCode,
  type CreditGist,
  type CreditPenaltyLine,
} from '../../../src/domain/credit.ts';
import { stubBrowser } from './stub-browser.ts';

let ledger: typeof import('../../../src/console/ledger-why.ts');
let chooseLanguage: (typeof import('../../../src/console/language/use-language.ts'))['chooseLanguage'];

const VALUES: CreditGist['values'] = {
  stars: 2,
  violationType: 'IP_TM_COUNTERFEIT_GOODS',
  ringId: '7',
  event: 'LOST',
  party: 'CARRIER',
  reason: 'COUNTERFEIT',
  deliveredAt: '2026-03-04T05:06:00Z',
  scannedAt: '2026-03-04T05:06:00Z',
  handlingHours: 48,
};

stubBrowser();

beforeAll(async () => {
  ledger = await import('../../../src/console/ledger-why.ts');
  ({ chooseLanguage } = await import('../../../src/console/language/use-language.ts'));
});

const WHY = 'As it was written.';
const entry = (code: CreditGist['code'], values: CreditGist['values'] = VALUES) =>
  ledger.tellLedgerEntry({ why: WHY, gist: { code, values } });

const penalty: CreditPenaltyLine = {
  entryId: 'p',
  violationType: 'IP_TM_COUNTERFEIT_GOODS',
  points: 12,
  countedPoints: 12,
  occurrence: 1,
  effectiveAtMs: 0,
  expiresAtMs: 1,
  why: WHY,
};

describe('an entry of the ledger', () => {
  it.each(['zh', 'ru'] as const)('is told in %s with its figures, whatever was found', (language) => {
    chooseLanguage(language);
    for (const code of creditGistCode.options) expect(entry(code), code).not.toMatch(/undefined|NaN|[A-Za-z]{3}/);
    for (const fault of faultCode.options) {
      const told = entry('REVIEW', { ...VALUES, fault });
      expect(told, fault).not.toMatch(/undefined|NaN|[A-Za-z]{3}/);
      expect(told.length, fault).toBeGreaterThan(entry('REVIEW').length + 3);
    }
    for (const part of sellersPartCode.options) {
      const told = entry('DISPUTE', { ...VALUES, fault: 'INCIDENT', part });
      expect(told, part).not.toMatch(/undefined|NaN|[A-Za-z]{3}/);
      expect(told.length, part).toBeGreaterThan(entry('DISPUTE', { ...VALUES, fault: 'INCIDENT' }).length + 3);
    }
    expect(entry('DISPUTE', { ...VALUES, fault: 'INCIDENT', part: 'SCANNED_LATE' })).toContain('48');
  });

  it('says what raised or limited a penalty', () => {
    chooseLanguage('ru');
    const plain = ledger.tellPenalty(penalty);
    expect(plain).not.toBe(WHY);
    expect(ledger.tellPenalty({ ...penalty, occurrence: 3 })).toMatch(/3/);
    expect(ledger.tellPenalty({ ...penalty, countedPoints: 5 })).toMatch(/5/);
    expect(ledger.tellPenalty({ ...penalty, countedPoints: 0 }).length).toBeGreaterThan(plain.length);
  });

  it('says which step the ledger brings to people', () => {
    chooseLanguage('zh');
    const sums = { penaltyPoints: 36, strikes: 2 };
    expect(ledger.tellProposal({ step: 'L4', limitDays: 14, approvals: 1, why: WHY }, sums)).toMatch(/36.*14/);
    expect(ledger.tellProposal({ step: 'L6', approvals: 2, why: WHY }, sums)).toMatch(/36.*2/);
  });

  it('is as it was written in English, and where it has no code', () => {
    chooseLanguage('en');
    expect(entry('REVIEW')).toBe(WHY);
    expect(ledger.tellPenalty(penalty)).toBe(WHY);
    chooseLanguage('ru');
    expect(ledger.tellLedgerEntry({ why: WHY })).toBe(WHY);
  });
});
