import { describe, expect, it } from 'vitest';
import { sourceOfCase, sourceOfTrigger } from '../../../src/policy/finding-source.ts';

const found = { trigger: 'SUBMISSION', isSampled: false };

describe('what brought a case up', () => {
  it('is a machine where its finding did, and a person where nothing was found', () => {
    expect(sourceOfCase([found])).toBe('AUTOMATED_RULE');
    expect(sourceOfCase([{ ...found, isSampled: true }])).toBe('PROACTIVE_REVIEW');
    expect(sourceOfCase([])).toBe('PROACTIVE_REVIEW');
    expect(sourceOfCase([{ ...found, isSampled: true }, found])).toBe('AUTOMATED_RULE');
  });

  it('is whoever asked for a check, of several the one whom the law gives most weight', () => {
    expect(sourceOfTrigger('extortion-report:e-1')).toBe('USER_REPORT');
    expect(sourceOfTrigger('mark:m-1@5')).toBeUndefined();
    const reported = { trigger: 'extortion-report:e-1', isSampled: false };
    expect(sourceOfCase([found, reported])).toBe('USER_REPORT');
    expect(sourceOfCase([found, reported, { ...found, source: 'ART16_NOTICE' }])).toBe('ART16_NOTICE');
    expect(
      sourceOfCase([
        { ...found, source: 'AUTHORITY_ORDER' },
        { ...found, source: 'TRUSTED_FLAGGER' },
      ]),
    ).toBe('AUTHORITY_ORDER');
  });
});
