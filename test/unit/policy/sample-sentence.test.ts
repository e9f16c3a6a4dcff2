import { describe, expect, it } from 'vitest';
import { sampleSentence } from '../../../src/domain/case-gist.ts';
import { finding } from '../../../src/domain/finding.ts';

const weak = (probability: number, summary: string) =>
  finding.parse({
    detector: 'brand',
    detectorVersion: 1,
    violationType: 'IP_TM_KEYWORD_MISUSE',
    probability,
    summary,
    evidence: [{ kind: 'FACT', why: 'A fact.', name: 'fact', value: 1 }],
    about: 'm-1',
  });

describe('the sentence of a sample', () => {
  it('says that it is one and what was looked at, not what a weak finding says', () => {
    const plain = sampleSentence('LISTING', []);
    expect(plain).toMatch(/^A sample: its texts and pictures/);
    expect(sampleSentence('REVIEW', [])).not.toBe(plain);
    const told = sampleSentence('LISTING', [weak(0.05, 'The lesser.'), weak(0.12, 'The nearest.')]);
    expect(told.startsWith(plain)).toBe(true);
    expect(told).toContain('12 %, The nearest.');
    expect(told).not.toContain('The lesser.');
  });

  it('fits the summary of a case, however long the finding talks', () => {
    const told = sampleSentence('ACCOUNT', [weak(0.1, 'x'.repeat(1_000))]);
    expect(told).toHaveLength(1_000);
  });
});
