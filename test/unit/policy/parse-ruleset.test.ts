import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../../src/domain/errors.ts';
import { digestRuleFiles, parseRuleset } from '../../../src/policy/parse-ruleset.ts';
import type { RuleFile } from '../../../src/policy/rule-file.ts';
import { filesWith, shippedFiles, shippedRuleset } from './policy-fixtures.ts';

/** The message with which the files are refused; fails when they are accepted. */
const refusalOf = (files: readonly RuleFile[]): string => {
  try {
    parseRuleset(files, {});
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'rules.invalid') return fault.message;
    throw fault;
  }
  throw new Error('The rules were accepted.');
};

/** Line and column, from 1, of a text in a file. */
const placeOf = (files: readonly RuleFile[], name: string, text: string): string => {
  const content = files.find((file) => file.name === name)?.text ?? '';
  const before = content.slice(0, content.indexOf(text)).split('\n');
  return `rules/${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
};

describe('a wrong rule file is refused with its place', () => {
  it.each([
    [
      'a misspelt signal',
      'policy.yaml',
      'hasReplicaWord &&',
      'hasReplicWord &&',
      'hasReplicWord &&',
      'Did you mean hasReplicaWord?',
    ],
    ['a misspelt variable', 'policy.yaml', 'seller.points >=', 'seler.points >=', 'seler', 'Did you mean seller?'],
    [
      'a misspelt value',
      'policy.yaml',
      'f.detector == "brand"',
      'f.detector == "bramd"',
      '"bramd"',
      'Did you mean brand?',
    ],
    ['a misspelt key', 'policy.yaml', 'holdDays:', 'holdDay:', 'holdDay:', 'Did you mean holdDays?'],
    [
      'a misspelt queue',
      'policy.yaml',
      'queue: incomplete',
      'queue: incomplet',
      'incomplet }',
      'Did you mean incomplete?',
    ],
    ['a misspelt severity in a queue', 'queues.yaml', '== "S4"', '== "S44"', '"S44"', 'Did you mean S4?'],
  ])('%s', (_what, name, before, after, place, suggestion) => {
    const files = filesWith(name, before, after);
    const message = refusalOf(files);
    expect(message).toContain(suggestion);
    expect(message).toContain(placeOf(files, name, place));
  });

  it.each([
    [
      'text compared with a number',
      'finding.signals.hasReplicaWord &&',
      'finding.detector > 3.0 &&',
      'no such overload',
    ],
    [
      'a condition that is no condition',
      'finding.signals.hasReplicaWord && finding.probability >= 0.15',
      'finding.detector',
      'not true or false',
    ],
    ['an unfinished condition', 'finding.probability >= 0.15', 'finding.probability >=', 'Unexpected token'],
    [
      'a pattern, whose time has no bound',
      'finding.signals.hasReplicaWord &&',
      'finding.about.matches("(a+)+$") &&',
      'not available',
    ],
    [
      'findings in the place of one',
      'findings.exists(f, f.probability >= 0.45',
      'finding.probability > 0.1 || findings.exists(f, f.probability >= 0.45',
      'there is no finding',
    ],
  ])('%s', (_what, before, after, reason) => {
    expect(refusalOf(filesWith('policy.yaml', before, after))).toContain(reason);
  });

  it('deep nesting of loops over findings', () => {
    const nested =
      'findings.exists(a, findings.exists(b, findings.exists(c, a.about == c.about && b.about == c.about)))';
    const files = filesWith('policy.yaml', 'seller.points >= 24.0 &&', `${nested} &&`);
    expect(refusalOf(files)).toContain('loops over findings');
  });

  it('an automatic disabling that forgets to ask for disputes', () => {
    const files = filesWith('policy.yaml', ' && !finding.isMarkDisputed', '');
    expect(refusalOf(files)).toContain('missing: isMarkDisputed');
  });

  it('a violation that lets a failed check pass', () => {
    expect(refusalOf(filesWith('violations.yaml', 'minimumStep: L3', 'minimumStep: L1'))).toContain(
      'never passes an item',
    );
  });

  it('a violation type that is missing', () => {
    const files = filesWith('violations.yaml', '  IP_PATENT:', '  IP_PATEND:');
    expect(refusalOf(files)).toContain('IP_PATENT');
  });

  it('text that is no YAML, with every problem of every file at once', () => {
    const files = filesWith('queues.yaml', 'queues:', 'queues: [').map((file) =>
      file.name === 'violations.yaml' ? { ...file, text: file.text.replace('severity: S3', 'severity: S9') } : file,
    );
    const message = refusalOf(files);
    expect(message).toMatch(/rules\/queues\.yaml:\d+:\d+: /);
    expect(message).toMatch(/rules\/violations\.yaml:\d+:\d+: .*severity/);
  });

  it('a file that is missing, unknown or there twice', () => {
    expect(refusalOf(shippedFiles.slice(1))).toContain('rules/policy.yaml:1:1: is missing');
    expect(refusalOf([...shippedFiles, { name: 'quues.yaml', text: '' }])).toContain('Did you mean queues.yaml?');
    expect(refusalOf([...shippedFiles, ...shippedFiles.slice(0, 1)])).toContain('is there twice');
  });
});

describe('a ruleset', () => {
  it('has one digest for the same content, whatever the order of files and the line ends', () => {
    const windows = shippedFiles.map(({ name, text }) => ({ name, text: text.replaceAll('\n', '\r\n') })).toReversed();
    expect(digestRuleFiles(windows)).toBe(shippedRuleset.digest);
    expect(digestRuleFiles(filesWith('policy.yaml', 'holdDays: 14', 'holdDays: 13'))).not.toBe(shippedRuleset.digest);
  });

  it('carries the checked settings of other rooms under their file names', () => {
    const files = [...shippedFiles, { name: 'extra.yaml', text: 'answer: 42\n' }];
    const ruleset = parseRuleset(files, { 'extra.yaml': z.strictObject({ answer: z.int() }) });
    expect(ruleset.settings['extra.yaml'].answer).toBe(42);
  });
});
