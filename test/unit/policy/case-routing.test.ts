import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/policy/decide.ts';
import { parseRuleset } from '../../../src/policy/parse-ruleset.ts';
import { isTrainedFor, UNBOUNDED } from '../../../src/pipeline/casework/reviewer.ts';
import { contextOf, decisionOn, filesWith, findingOf } from './policy-fixtures.ts';

/** The shipped queues with one of these conditions before all others. */
const queueOf = (when: string, context: Parameters<typeof contextOf>[0]): string | undefined => {
  const line = `queues:\n  - name: wanted\n    title: What the test asks for\n    when: '${when}'\n`;
  const ruleset = parseRuleset(filesWith('queues.yaml', 'queues:\n', line), {});
  const subject = { kind: 'LISTING', id: 'l-1', sellerId: 's-1' } as const;
  return decide({ subject, findings: [findingOf()], context: contextOf(context) }, ruleset).queue;
};

describe('a case goes to a queue', () => {
  it.each([
    ['subject.language == "zh"', { language: 'zh' }, { language: 'ru' }],
    ['seller.market == "DE"', { market: 'DE' }, { market: 'FR' }],
    ['"RU" in subject.destinations', { destinations: ['KZ', 'RU'] }, { destinations: ['KZ'] }],
    ['size(subject.destinations) == 0', {}, { destinations: ['KZ'] }],
    ['decision.severity == "S1" && subject.exposure > 10.0', { exposure: 11 }, { exposure: 9 }],
  ])('by %s', (when, here, elsewhere) => {
    expect(queueOf(when, here)).toBe('wanted');
    expect(queueOf(when, elsewhere)).toBe('ip');
  });

  it('and is routed as before where nothing is known of language, market and destinations', () => {
    expect(queueOf('subject.language == "zh" || seller.market == "DE"', {})).toBe('ip');
  });

  it('is refused by name where a condition reads what there is not', () => {
    expect(() => queueOf('subject.lang == "zh"', {})).toThrow(/lang/);
  });
});

describe('a case needs skills', () => {
  const finding = (violationType: Parameters<typeof findingOf>[0]) => findingOf(violationType);

  it('as the rules say, all whose conditions hold', () => {
    expect(decisionOn([finding({ violationType: 'IP_TM_KEYWORD_MISUSE' })]).neededSkills).toEqual(['marks']);
    expect(decisionOn([finding({ violationType: 'IP_CR_IMAGE_THEFT' })]).neededSkills).toEqual(['copyright']);
    expect(decisionOn([finding({ violationType: 'LST_FAKE_DISCOUNT' })])).not.toHaveProperty('neededSkills');
  });

  it('and whoever was trained in all of them, in its kind, or in nothing in particular may judge it', () => {
    const of = (...skills: string[]) => ({ ...UNBOUNDED, skills });
    const both = { violationType: 'ACC_SOCK_PUPPET_VPN', neededSkills: ['rings', 'safety'] };
    expect(isTrainedFor(of(), both)).toBe(true);
    expect(isTrainedFor(of('rings'), both)).toBe(false);
    expect(isTrainedFor(of('rings', 'safety'), both)).toBe(true);
    expect(isTrainedFor(of('ACC_SOCK_PUPPET_VPN'), both)).toBe(true);
    expect(isTrainedFor(of('rings'), { violationType: 'LST_FAKE_DISCOUNT', neededSkills: [] })).toBe(true);
  });
});
