import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runRuleTests } from '../../../src/policy/rule-tests.ts';
import { parseRuleset } from '../../../src/policy/parse-ruleset.ts';
import { filesWith, shippedRuleset } from './policy-fixtures.ts';

const folder = new URL('../../../rules/tests/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name: `tests/${name}`, text: readFileSync(new URL(name, folder), 'utf8') }));

describe('the cases beside the rules', () => {
  it('hold for the rules that ship, and make every rule fire', () => {
    const report = runRuleTests(cases, shippedRuleset);
    expect(report.failures).toEqual([]);
    expect(report.untestedRules).toEqual([]);
    expect(report.passed).toBeGreaterThan(15);
  });

  it('tell which case a change of the rules breaks, and where it stands', () => {
    const lax = parseRuleset(filesWith('policy.yaml', 'reviewFrom01: 0.8', 'reviewFrom01: 0.95'), {});
    const { failures } = runRuleTests(cases, lax);
    expect(failures.map(({ message }) => message).join('\n')).toContain('step is L2, expected L3');
    expect(failures.every(({ file, line }) => file.startsWith('tests/') && line > 1)).toBe(true);
  });

  it('are refused with their place where they are written wrongly', () => {
    const text = 'cases:\n  - name: a case with a misspelt key\n    findings: []\n    expects: { step: L0 }\n';
    const { failures } = runRuleTests([{ name: 'tests/wrong.yaml', text }], shippedRuleset);
    expect(failures).toContainEqual(
      expect.objectContaining({ file: 'tests/wrong.yaml', line: 4, message: expect.stringContaining('expects') }),
    );
  });
});
