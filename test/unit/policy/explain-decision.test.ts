import { expect, it } from 'vitest';
import { explainDecision } from '../../../src/policy/explain-decision.ts';
import { contextOf, decisionOn, findingOf, shippedRuleset } from './policy-fixtures.ts';

const subject = { kind: 'LISTING', id: 'l-1', sellerId: 's-1' } as const;

it('tells every rule that was asked, its answer and the values it read, and decides as before', () => {
  const findings = [findingOf({ probability: 0.4, signals: { hasReplicaWord: true } })];
  const explained = explainDecision({ subject, findings, context: contextOf() }, shippedRuleset);
  expect(explained.decision).toEqual(decisionOn(findings));
  expect(explained.rules.find(({ ruleId }) => ruleId === 'replica-word-to-a-person')).toMatchObject({
    answer: 'HOLDS',
    about: 'mark-1',
    values: { 'finding.signals.hasReplicaWord': true, 'finding.probability': 0.4 },
  });
  const asked = shippedRuleset.findingRules.length + shippedRuleset.subjectRules.length;
  expect(explained.rules).toHaveLength(asked);
});

it('reads a loop over findings for each of them', () => {
  const findings = [findingOf({ probability: 0.6 }), findingOf({ probability: 0.7, about: 'mark-2' })];
  const explained = explainDecision({ subject, findings, context: contextOf() }, shippedRuleset);
  const rule = explained.rules.find(({ ruleId }) => ruleId === 'picture-and-mark-agree');
  expect(rule).toMatchObject({ answer: 'DOES_NOT_HOLD', about: 'l-1' });
  expect(rule!.values).toMatchObject({ 'findings[0].probability': 0.6, 'findings[1].probability': 0.7 });
});
