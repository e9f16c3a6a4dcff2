import { describe, expect, it } from 'vitest';
import { decision } from '../../../src/domain/decision.ts';
import { decide } from '../../../src/policy/decide.ts';
import { parseRuleset } from '../../../src/policy/parse-ruleset.ts';
import { contextOf, decisionOn, filesWith, findingOf, NOW_MS } from './policy-fixtures.ts';

const counterfeitPicture = (signals: Record<string, string | number | boolean> = {}) =>
  findingOf({
    detector: 'image',
    violationType: 'IP_TM_COUNTERFEIT_GOODS',
    probability: 0.99,
    markId: 'mark-1',
    signals: { bank: 'COUNTERFEIT', isAdjudicated: true, distanceBits: 4, ...signals },
  });

describe('the ladder', () => {
  it.each([
    [0.29, 'L0', 'ALLOW', false],
    [0.3, 'L1', 'OBSERVE', false],
    [0.55, 'L2', 'HOLD', true],
    [0.8, 'L3', 'HOLD', true],
  ] as const)('leads a new listing at probability %d to %s', (probability, step, outcome, needsPerson) => {
    expect(decisionOn([findingOf({ probability })])).toMatchObject({ step, outcome, needsPerson, risk01: probability });
  });

  it('leaves a live listing up but demoted until a person has looked', () => {
    expect(decisionOn([findingOf()], { isLive: true })).toMatchObject({
      step: 'L3',
      outcome: 'REVIEW',
      actions: ['DEMOTE'],
      automation: 'PARTIALLY',
      holdUntilMs: NOW_MS + 14 * 86_400_000,
    });
  });

  it('allows an item of which nothing is said, without a case', () => {
    const allowed = decisionOn([]);
    expect(allowed).toMatchObject({ outcome: 'ALLOW', step: 'L0', severity: 'S0', needsPerson: false, firedRules: [] });
    expect(allowed).not.toHaveProperty('queue');
    expect(decision.parse(allowed)).toEqual(allowed);
  });

  it('gives an appeal the time of appeals, and what is held without a person the queue of its case', () => {
    const appeal = { detector: 'buyer-appeal', violationType: 'SYS_STANDING_APPEAL', probability: 0.5 } as const;
    const account = { kind: 'ACCOUNT', id: 'b-1' } as const;
    const files = (name: string, before: string, after: string) => parseRuleset(filesWith(name, before, after), {});
    const hasty = files('queues.yaml', 'appealHours: 168', 'appealHours: 20');
    const input = { subject: account, findings: [findingOf(appeal)], context: contextOf() };
    expect(decide(input, hasty)).toMatchObject({ needsPerson: true, slaHours: 20 });
    const observed = 'newListing: { outcome: OBSERVE, actions: [LABEL] }';
    const strict = files('policy.yaml', observed, 'newListing: { outcome: HOLD, actions: [HOLD] }');
    const held = {
      ...input,
      subject: { kind: 'LISTING', id: 'l-1' },
      findings: [findingOf({ probability: 0.4 })],
    } as const;
    expect(decide(held, strict)).toMatchObject({ needsPerson: false, outcome: 'HOLD', queue: 'ip', slaHours: 168 });
  });

  it('proposes the points of the heaviest violation and books none', () => {
    const findings = [findingOf(), findingOf({ violationType: 'IP_TM_OBFUSCATED_BRAND', about: 'mark-2' })];
    expect(decisionOn(findings)).toMatchObject({
      violationType: 'IP_TM_OBFUSCATED_BRAND',
      proposedPoints: 12,
      proposedStrikes: 1,
      severity: 'S3',
      slaHours: 24,
      queue: 'ip',
      caseKey: 'seller:s-1/IP_TM_OBFUSCATED_BRAND',
    });
  });
});

describe('automatic disabling', () => {
  it('takes the same picture as adjudicated counterfeits, and asks a person within a day', () => {
    expect(decisionOn([counterfeitPicture()])).toMatchObject({
      step: 'L3A',
      outcome: 'DISABLE',
      automation: 'FULLY',
      needsPerson: true,
      slaHours: 24,
    });
  });

  it.each([
    ['nobody adjudicated the bank picture', { isAdjudicated: false }, {}],
    ['the picture is merely similar', { distanceBits: 11 }, {}],
    ['the seller is authorised', {}, { marks: { authorisedIds: ['mark-1'], disputedIds: [] } }],
    ['the mark is disputed', {}, { marks: { authorisedIds: [], disputedIds: ['mark-1'] } }],
  ] as const)('is left to a person when %s', (_why, signals, context) => {
    expect(decisionOn([counterfeitPicture(signals)], context)).toMatchObject({ step: 'L3', outcome: 'HOLD' });
  });
});

describe('a check that failed', () => {
  it('goes to a person and is held against nobody', () => {
    const incomplete = findingOf({ detector: 'image', violationType: 'SYS_CHECK_INCOMPLETE', probability: 1 });
    expect(decisionOn([incomplete])).toMatchObject({
      step: 'L3',
      outcome: 'HOLD',
      queue: 'incomplete',
      needsPerson: true,
      risk01: 0,
      proposedPoints: 0,
      proposedStrikes: 0,
    });
  });
});

describe('rules about findings', () => {
  it('strike the rating of a review about delivery alone and let it stand', () => {
    const aboutDelivery = findingOf({
      violationType: 'REV_OFF_TOPIC_LOGISTICS',
      probability: 1,
      detector: 'review-dimension',
    });
    expect(decisionOn([aboutDelivery], {}, { kind: 'REVIEW', id: 'r-1', sellerId: 's-1' })).toMatchObject({
      outcome: 'OBSERVE',
      actions: ['STRIKE_RATING'],
      needsPerson: false,
      risk01: 0,
    });
  });

  it('never act on a hidden network alone', () => {
    const hidden = (identifierGroups: number) =>
      findingOf({
        detector: 'account',
        violationType: 'ACC_SOCK_PUPPET_VPN',
        probability: 0.95,
        signals: { anonymousShare01: 1, identifierGroups, behaviourKinds: 0 },
      });
    const account = { kind: 'ACCOUNT', id: 'a-1' } as const;
    expect(decisionOn([hidden(0)], {}, account)).toMatchObject({ outcome: 'ALLOW', needsPerson: false });
    expect(decisionOn([hidden(2)], {}, account)).toMatchObject({ outcome: 'REVIEW', needsPerson: true });
  });
});

describe('a rule about the whole subject', () => {
  it('brings a mark in the text beside a protected picture to a person', () => {
    const text = findingOf({ probability: 0.5 });
    const picture = findingOf({
      detector: 'image',
      violationType: 'IP_CR_IMAGE_THEFT',
      probability: 0.5,
      signals: { bank: 'PROTECTED' },
    });
    expect(decisionOn([text]).step).toBe('L1');
    const both = decisionOn([text, picture]);
    expect(both.step).toBe('L3');
    expect(both.firedRules.map(({ ruleId }) => ruleId)).toContain('picture-and-mark-agree');
  });
});

describe('sampling', () => {
  it('holds a drawn listing of a new seller for a look, and lets the next one pass', () => {
    expect(decisionOn([], { sellerTier: 'NEW', preCheckShare01: 0.2, sampleRoll01: 0.19 })).toMatchObject({
      outcome: 'HOLD',
      isSampled: true,
      needsPerson: true,
      queue: 'sampling',
      proposedPoints: 0,
    });
    expect(decisionOn([], { sellerTier: 'NEW', preCheckShare01: 0.2, sampleRoll01: 0.2 })).toMatchObject({
      outcome: 'ALLOW',
      isSampled: false,
    });
  });

  it('looks at one in a hundred of the best sellers after publication', () => {
    expect(decisionOn([], { postCheckShare01: 0.01, sampleRoll01: 0.005 })).toMatchObject({
      outcome: 'ALLOW',
      isSampled: true,
      needsPerson: true,
    });
  });
});
