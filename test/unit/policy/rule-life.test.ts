import { describe, expect, it } from 'vitest';
import { whyNotTwoPeople } from '../../../src/policy/two-people.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import { createBacktest } from '../../../src/policy/backtest.ts';
import { askBreaker, decisionWhenTripped, isAutomaticMeasure } from '../../../src/policy/breaker.ts';
import { diffRules } from '../../../src/policy/diff-rules.ts';
import { parseRuleset } from '../../../src/policy/parse-ruleset.ts';
import { moveRuleset, type RulesetMoment } from '../../../src/policy/ruleset-life.ts';
import { createScoreboard } from '../../../src/policy/scoreboard.ts';
import { decideInShadow } from '../../../src/policy/shadow.ts';
import { shareOf } from '../../../src/policy/share-interval.ts';
import { type StoredCheck, storedCheck } from '../../../src/policy/stored-check.ts';
import { decisionOn, filesWith, findingOf, NOW_MS, shippedFiles, shippedRuleset } from './policy-fixtures.ts';

const DAY_MS = 86_400_000;

const checkOf = (id: string, probability: number, fields: Record<string, unknown> = {}): StoredCheck =>
  storedCheck.parse({
    checkId: id,
    subject: { kind: 'LISTING', id: `l-${id}`, sellerId: `s-${id}` },
    findings: [findingOf({ probability })],
    context: { nowMs: NOW_MS },
    ...fields,
  });

describe('a backtest', () => {
  it('shows what a draft would move, whom it touches, the cases it makes and how right it would have been', () => {
    const draft = parseRuleset(filesWith('policy.yaml', 'holdFrom01: 0.55', 'holdFrom01: 0.45'), {});
    const backtest = createBacktest({ published: shippedRuleset, draft });
    backtest.add(checkOf('1', 0.5, { verdict: 'CONFIRMED' }));
    backtest.add(checkOf('2', 0.5, { verdict: 'NOT_VIOLATION' }));
    backtest.add(checkOf('3', 0.6, { verdict: 'CONFIRMED' }));
    backtest.add(checkOf('4', 0.2));
    const report = backtest.report();
    expect(report).toMatchObject({
      checks: 4,
      judged: 3,
      moved: 2,
      sellersAffected: 2,
      published: { cases: 1, precision: { hits: 1, of: 1 }, recall: { hits: 1, of: 2 } },
      draft: { cases: 3, casesByQueue: { ip: 3 }, precision: { hits: 2, of: 3 }, recall: { hits: 2, of: 2 } },
    });
    expect(report.moves).toMatchObject([
      { from: 'L1 OBSERVE', to: 'L2 HOLD', count: 2, examples: [{ checkId: '1' }, { checkId: '2' }] },
    ]);
    expect(report.moves[0]?.examples[0]?.why).toContain('leads to L2');
  });

  it('moves nothing for the published rules themselves', () => {
    const backtest = createBacktest({ published: shippedRuleset, draft: shippedRuleset });
    for (const probability of [0, 0.31, 0.56, 0.81, 1]) backtest.add(checkOf(`p-${probability}`, probability));
    expect(backtest.report()).toMatchObject({ checks: 5, moved: 0, sellersAffected: 0, moves: [] });
  });
});

describe('a draft in shadow', () => {
  it('is told beside the published decision, which stays as it is', () => {
    const draft = parseRuleset(filesWith('policy.yaml', 'reviewFrom01: 0.8', 'reviewFrom01: 0.7'), {});
    const rulesets = { published: shippedRuleset, draft };
    const told = decideInShadow(checkOf('1', 0.75), rulesets);
    expect(told.published).toMatchObject({ step: 'L2', rulesetDigest: shippedRuleset.digest });
    expect(told.draft).toMatchObject({ step: 'L3', rulesetDigest: draft.digest });
    expect(told.difference).toMatchObject({ from: 'L2 HOLD', to: 'L3 HOLD' });
    expect(decideInShadow(checkOf('2', 0.2), rulesets).difference).toBeUndefined();
  });
});

describe('a scoreboard', () => {
  it('counts what people confirmed, rejected and overturned of each rule, and sees a rule get worse', () => {
    const scoreboard = createScoreboard(NOW_MS);
    const decided = { step: 'L3', outcome: 'HOLD', needsPerson: true, firedRuleIds: ['rule-a'] };
    const at = (daysAgo: number) => ({ nowMs: NOW_MS - daysAgo * DAY_MS });
    for (let index = 0; index < 40; index += 1) {
      scoreboard.add(checkOf(`old-${index}`, 0.9, { decided, verdict: 'CONFIRMED', context: at(40) }));
      scoreboard.add(checkOf(`new-${index}`, 0.9, { decided, verdict: 'NOT_VIOLATION', context: at(3) }));
    }
    scoreboard.add(checkOf('appealed', 0.9, { decided, verdict: 'CONFIRMED', isOverturned: true, context: at(3) }));
    scoreboard.add(checkOf('unseen', 0.9, { decided, context: at(3) }));
    scoreboard.add(checkOf('withdrawn', 0.9, { decided, verdict: 'WITHDRAWN', context: at(3) }));
    expect(scoreboard.report()).toMatchObject([
      {
        ruleId: 'rule-a',
        fired: 83,
        confirmed: 40,
        rejected: 41,
        overturned: 1,
        precision: { hits: 40, of: 81 },
        trend: 'FALLING',
      },
    ]);
  });
});

describe('a share', () => {
  it('carries the 95 % interval of Wilson, open where nothing was seen', () => {
    expect(shareOf(0, 0)).toEqual({ hits: 0, of: 0, low01: 0, high01: 1 });
    const { low01, high01 } = shareOf(9, 10);
    expect(low01).toBeCloseTo(0.5958, 4);
    expect(high01).toBeCloseTo(0.9821, 4);
  });
});

describe('the breaker', () => {
  const held: Decision = decisionOn([findingOf({ probability: 0.6 })]);
  const quotas = { perRulePerHour: 2, perSellerPerHour: 3, perHour: 5 };
  const rule = held.firedRules[0]?.ruleId ?? '';

  it.each([
    ['RULE', { byRule: { [rule]: 2 }, ofSeller: 0, inAll: 2 }],
    ['SELLER', { byRule: {}, ofSeller: 3, inAll: 3 }],
    ['HOUR', { byRule: {}, ofSeller: 0, inAll: 5 }],
  ] as const)('trips by %s and turns the measure into a case that restricts nothing', (by, counts) => {
    const answer = askBreaker(held, counts, quotas);
    expect(answer).toMatchObject({ kind: 'tripped', by });
    if (answer.kind !== 'tripped') return;
    const tripped = decisionWhenTripped(held, answer);
    expect(tripped).toMatchObject({ outcome: 'REVIEW', actions: [], needsPerson: true, automation: 'PARTIALLY' });
    expect(tripped).not.toHaveProperty('holdUntilMs');
  });

  it('lets measures act up to their quota, and always what restricts nothing', () => {
    expect(askBreaker(held, { byRule: { [rule]: 1 }, ofSeller: 2, inAll: 4 }, quotas)).toEqual({ kind: 'act' });
    const counts = { byRule: { [rule]: 99 }, ofSeller: 99, inAll: 99 };
    expect(askBreaker(decisionOn([]), counts, quotas)).toEqual({ kind: 'act' });
    expect([held, decisionOn([]), decisionOn([findingOf()])].map(isAutomaticMeasure)).toEqual([true, false, false]);
  });
});

describe('the life of a ruleset', () => {
  const draft: RulesetMoment = {
    digest: 'a'.repeat(64),
    state: 'DRAFT',
    authorId: 'ann',
    wasPublished: false,
    peopleIds: ['ann'],
    arePeopleKnown: true,
  };
  const through = (
    events: readonly (readonly ['CHECK' | 'BACKTEST' | 'BEGIN_SHADOW' | 'PUBLISH' | 'RETIRE', string])[],
  ) =>
    events.reduce((moment, [type, byId]) => {
      const move = moveRuleset(moment, { type, byId, isPerson: true });
      if (move.kind === 'refused') throw new Error(move.why);
      return move.moment;
    }, draft);

  it('goes from draft over shadow to published, by a second person', () => {
    const shadow = through([
      ['CHECK', 'ann'],
      ['BACKTEST', 'ann'],
      ['BEGIN_SHADOW', 'ann'],
    ]);
    expect(moveRuleset(shadow, { type: 'PUBLISH', byId: 'ann', isPerson: true })).toMatchObject({
      kind: 'refused',
      reason: 'SAME_PERSON',
    });
    expect(moveRuleset(shadow, { type: 'PUBLISH', byId: 'bob', isPerson: true })).toMatchObject({
      moment: { state: 'PUBLISHED' },
    });
  });

  it('takes two people who signed in, however many keys one of them has', () => {
    const tested = { ...draft, state: 'BACKTESTED', authorId: 'key-1', peopleIds: [] } as const;
    const publish = (peopleIds: readonly string[], byId: string, isPerson: boolean) =>
      moveRuleset({ ...tested, peopleIds: [...peopleIds] }, { type: 'PUBLISH', byId, isPerson }).kind;
    expect(publish(['ann'], 'key-2', false)).toBe('refused');
    expect(publish([], 'bob', true)).toBe('refused');
    expect(publish(['bob'], 'bob', true)).toBe('refused');
    expect(publish(['ann'], 'bob', true)).toBe('moved');
    expect(publish(['ann', 'bob'], 'bob', true)).toBe('moved');
  });

  it("lets a person publish a program's draft where the rules say so, and two keys where nobody has an account", () => {
    const tested = { ...draft, state: 'BACKTESTED', authorId: 'key-1', peopleIds: [] } as const;
    const byBob = { type: 'PUBLISH', byId: 'bob', isPerson: true } as const;
    const byKey = { type: 'PUBLISH', byId: 'key-2', isPerson: false } as const;
    const moment = { ...tested, peopleIds: [] };
    expect(moveRuleset(moment, byBob, 'PERSON_AND_OTHER').kind).toBe('moved');
    expect(moveRuleset(moment, byKey, 'PERSON_AND_OTHER').kind).toBe('refused');
    expect(moveRuleset({ ...moment, arePeopleKnown: false }, byKey).kind).toBe('moved');
    expect(moveRuleset({ ...moment, arePeopleKnown: false }, { ...byKey, byId: 'key-1' }).kind).toBe('refused');
  });

  it('publishes nothing that was not checked and backtested', () => {
    expect(moveRuleset(draft, { type: 'PUBLISH', byId: 'bob', isPerson: true })).toMatchObject({
      reason: 'NOT_ALLOWED_HERE',
    });
    expect(moveRuleset(through([['CHECK', 'ann']]), { type: 'PUBLISH', byId: 'bob', isPerson: true })).toMatchObject({
      kind: 'refused',
    });
  });

  it('rolls back in one step to a version that was published, and to no other', () => {
    const retired = through([
      ['CHECK', 'ann'],
      ['BACKTEST', 'ann'],
      ['PUBLISH', 'bob'],
      ['RETIRE', 'bob'],
    ]);
    expect(moveRuleset(retired, { type: 'ROLL_BACK', byId: 'ann', isPerson: true })).toMatchObject({
      moment: { state: 'PUBLISHED' },
    });
    const dropped = through([['RETIRE', 'ann']]);
    expect(moveRuleset(dropped, { type: 'ROLL_BACK', byId: 'bob', isPerson: true })).toMatchObject({
      reason: 'NEVER_PUBLISHED',
    });
  });
});

describe('the difference of two versions', () => {
  it('names the value by its place, and sees no change in comments', () => {
    const after = filesWith('policy.yaml', 'holdDays: 14', 'holdDays: 7 # shorter');
    expect(diffRules(shippedFiles, after)).toEqual([
      { file: 'policy.yaml', path: 'ladder.holdDays', kind: 'CHANGED', before: 14, after: 7 },
    ]);
  });

  it('names a rule by its id, so that a removed one is one group of changes and not all after it', () => {
    const text = shippedFiles.find(({ name }) => name === 'policy.yaml')?.text ?? '';
    const rule = text.slice(text.indexOf('  - id: detector-failed'), text.indexOf('  - id: disputed-mark'));
    const changes = diffRules(shippedFiles, filesWith('policy.yaml', rule, ''));
    expect(changes.every(({ path }) => path.startsWith('rules[detector-failed]') || path === 'rules[order]')).toBe(
      true,
    );
    expect(changes.some(({ kind }) => kind === 'REMOVED')).toBe(true);
  });
});

describe('two people', () => {
  const known = { arePeopleKnown: true } as const;

  it.each([
    ['TWO_PEOPLE', 'PROPOSE', false, 0, false],
    ['TWO_PEOPLE', 'PROPOSE', true, 0, true],
    ['TWO_PEOPLE', 'AGREE', false, 1, false],
    ['TWO_PEOPLE', 'AGREE', true, 1, true],
    ['TWO_PEOPLE', 'AGREE', true, 0, false],
    // What a key proposed before anybody had an account: one disagrees, another decides.
    ['TWO_PEOPLE', 'DISAGREE', true, 0, true],
    ['TWO_PEOPLE', 'ADJUDICATE', true, 1, true],
    ['TWO_PEOPLE', 'ADJUDICATE', false, 2, false],
    ['PERSON_AND_OTHER', 'PROPOSE', false, 0, true],
    ['PERSON_AND_OTHER', 'AGREE', true, 0, true],
    ['PERSON_AND_OTHER', 'AGREE', false, 1, true],
    ['PERSON_AND_OTHER', 'AGREE', false, 0, false],
  ] as const)('by %s: %s, by a person %s, with %d people before: %s', (needs, type, isPerson, peopleBefore, isFine) => {
    expect(whyNotTwoPeople({ type, isPerson, peopleBefore }, { needs, ...known }) === undefined).toBe(isFine);
    expect(whyNotTwoPeople({ type, isPerson, peopleBefore }, { needs, arePeopleKnown: false })).toBeUndefined();
  });
});
