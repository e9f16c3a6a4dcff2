import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decision } from '../../../src/domain/decision.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { violationType } from '../../../src/domain/violation.ts';
import { decide } from '../../../src/policy/decide.ts';
import type { DecisionContext } from '../../../src/policy/decision-input.ts';
import { stepRank } from '../../../src/policy/judge-finding.ts';
import { contextOf, decisionOn, findingOf, shippedRuleset } from '../../unit/policy/policy-fixtures.ts';

const declared = Object.entries(shippedRuleset.policy.signals);

/** Values of declared signals, some of a wrong type, some of names that nobody declared. */
const signals = fc.dictionary(
  fc.constantFrom(...declared.map(([name]) => name), 'undeclared'),
  fc.oneof(fc.integer({ min: 0, max: 300 }), fc.boolean(), fc.constantFrom('COUNTERFEIT', 'PROTECTED', 'x')),
  { maxKeys: 8 },
);

const finding: fc.Arbitrary<Finding> = fc
  .record({
    detector: fc.constantFrom('image', 'brand', 'ring', 'account'),
    violationType: fc.constantFrom(...violationType.options),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    about: fc.constantFrom('a', 'b', 'c'),
    signals,
    markId: fc.option(fc.constantFrom('m-1', 'm-2'), { nil: undefined }),
  })
  .map(({ markId, ...fields }) => findingOf({ ...fields, ...(markId === undefined ? {} : { markId }) }));

const findings = fc.array(finding, { maxLength: 6 });
const context = fc.record({
  isLive: fc.boolean(),
  sellerPoints: fc.integer({ min: 0, max: 60 }),
  sampleRoll01: fc.double({ min: 0, max: 0.999, noNaN: true }),
  preCheckShare01: fc.constantFrom(0, 0.2, 1),
});

const withoutMarks = ({ marks: _marks, ...rest }: DecisionContext): DecisionContext => rest;

const SEVERITIES = ['S0', 'S1', 'S2', 'S3', 'S4'];

describe('a decision', () => {
  it('is the same whatever the order in which detectors spoke', () => {
    const shuffled = findings.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, context, ([all, mixed], given) => {
        expect(decisionOn(mixed, given)).toEqual(decisionOn(all, given));
      }),
    );
  });

  it('is never milder for one more finding', () => {
    fc.assert(
      fc.property(findings, finding, context, (all, more, given) => {
        const before = decisionOn(all, given);
        const after = decisionOn([...all, more], given);
        expect(stepRank(after.step)).toBeGreaterThanOrEqual(stepRank(before.step));
        expect(SEVERITIES.indexOf(after.severity)).toBeGreaterThanOrEqual(SEVERITIES.indexOf(before.severity));
        expect(after.proposedPoints).toBeGreaterThanOrEqual(before.proposedPoints);
        expect(after.risk01).toBeGreaterThanOrEqual(before.risk01);
      }),
      { numRuns: 200 },
    );
  });

  it('never lets an item pass whose check failed', () => {
    fc.assert(
      fc.property(findings, context, (all, given) => {
        const failed = findingOf({ violationType: 'SYS_CHECK_INCOMPLETE', detector: 'image', probability: 1 });
        const { outcome, needsPerson } = decisionOn([...all, failed], { ...given, isLive: false });
        expect(needsPerson).toBe(true);
        expect(['HOLD', 'DISABLE']).toContain(outcome);
      }),
    );
  });

  it('fits its schema, names a queue and a due time for every case, and its reasons for every step', () => {
    fc.assert(
      fc.property(findings, context, (all, given) => {
        const made = decisionOn(all, given);
        expect(decision.parse(made)).toEqual(made);
        if (made.needsPerson) {
          expect(shippedRuleset.queues.queues.map(({ name }) => name)).toContain(made.queue);
          expect(made.slaHours).toBeGreaterThan(0);
          expect(made.caseKey).toBeTruthy();
        }
        if (made.step !== 'L0') expect(made.firedRules.length).toBeGreaterThan(0);
      }),
    );
  });

  it('disables by itself only the same picture of what a person had adjudicated, under a mark that nobody disputes', () => {
    const nearly = fc.record({
      isAdjudicated: fc.boolean(),
      distanceBits: fc.integer({ min: 0, max: 20 }),
      bank: fc.constantFrom('COUNTERFEIT', 'COUNTERFEIT', 'PROTECTED'),
      isAuthorised: fc.boolean(),
      isDisputed: fc.boolean(),
      isKnown: fc.boolean(),
      isLive: fc.boolean(),
    });
    fc.assert(
      fc.property(nearly, findings, ({ isAuthorised, isDisputed, isKnown, isLive, ...given }, others) => {
        const picture = findingOf({
          detector: 'image',
          violationType: 'IP_TM_COUNTERFEIT_GOODS',
          probability: 0.99,
          markId: 'm-9',
          signals: given,
        });
        const all = [...others.filter(({ detector }) => detector !== 'image'), picture];
        const marks = { authorisedIds: isAuthorised ? ['m-9'] : [], disputedIds: isDisputed ? ['m-9'] : [] };
        const made = decide(
          {
            subject: { kind: 'LISTING', id: 'l-1', sellerId: 's-1' },
            findings: all,
            context: isKnown ? contextOf({ isLive, marks }) : withoutMarks(contextOf({ isLive })),
          },
          shippedRuleset,
        );
        const mayAct =
          given.isAdjudicated &&
          given.distanceBits <= 10 &&
          given.bank === 'COUNTERFEIT' &&
          isKnown &&
          !isAuthorised &&
          !isDisputed;
        expect(made.step === 'L3A').toBe(mayAct);
      }),
      { numRuns: 300 },
    );
  });
});
