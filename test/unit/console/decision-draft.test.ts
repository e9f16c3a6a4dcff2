import { describe, expect, it } from 'vitest';
import {
  ACTIONS_FOR,
  draftFor,
  mayTakeByKey,
  lacksWords,
  reasonChoices,
  subjectsOf,
} from '../../../src/console/deciding/decision-draft.ts';
import type { CaseView } from '../../../src/domain/views/case-view.ts';
import { decisionRequest } from '../../../src/domain/views/case-decision-view.ts';

const AT = '2026-03-01T00:00:00Z';

interface CheckParts {
  readonly id: string;
  readonly kind?: 'LISTING' | 'REVIEW';
  readonly types: readonly string[];
  readonly points?: number;
}

const itemOf = ({ id, kind = 'LISTING', types, points = 0 }: CheckParts) => ({
  addedAt: AT,
  check: {
    id: `check-${id}`,
    subject: { kind, id, version: 1 },
    findings: types.map((violationType, at) => ({ violationType, probability: 0.9 - at / 10, evidence: [] })),
    decision: { proposedPoints: points, proposedStrikes: 0 },
  },
});

const caseOf = (violationType: string, checks: readonly CheckParts[], severity = 'S3'): CaseView =>
  ({
    id: 'c-1',
    violationType,
    severity,
    subject: { kind: checks[0]?.kind ?? 'LISTING', id: checks[0]?.id ?? 'l-1' },
    items: checks.map(itemOf),
    events: [],
    appeals: [],
  }) as unknown as CaseView;

describe('the reasons on the digits', () => {
  it('begin with the violations that were found, the case’s own first, and go on with reasons to allow', () => {
    const choices = reasonChoices(
      caseOf('IP_TM_COUNTERFEIT_GOODS', [{ id: 'l-1', types: ['IP_CR_IMAGE_THEFT', 'IP_TM_COUNTERFEIT_GOODS'] }]),
    );
    expect(choices.map(({ digit, violationType, reason }) => [digit, violationType ?? reason]).slice(0, 3)).toEqual([
      [1, 'IP_TM_COUNTERFEIT_GOODS'],
      [2, 'IP_CR_IMAGE_THEFT'],
      [3, 'NOT_VIOLATION'],
    ]);
    expect(choices).toHaveLength(9);
  });

  it('speak of rights only where a right is at stake', () => {
    const choices = reasonChoices(caseOf('REV_RING_BALLOT_STUFFING', [{ id: 'r-1', types: [] }]));
    expect(choices.map(({ reason }) => reason)).toEqual([
      'CONFIRMED',
      'NOT_VIOLATION',
      'INSUFFICIENT_EVIDENCE',
      'DUPLICATE',
      'WITHDRAWN',
    ]);
  });

  it('accuse nobody of a check that was incomplete', () => {
    const choices = reasonChoices(caseOf('SYS_CHECK_INCOMPLETE', [{ id: 'l-1', types: [] }]));
    expect(choices.every(({ reason }) => reason !== 'CONFIRMED')).toBe(true);
  });
});

describe('the usual decision', () => {
  it('removes the listing and books the points that the rules propose', () => {
    const view = caseOf('IP_TM_COUNTERFEIT_GOODS', [{ id: 'l-1', types: [], points: 12 }]);
    const draft = draftFor(view, { reason: 'CONFIRMED', violationType: 'IP_TM_COUNTERFEIT_GOODS' });
    expect(draft.actions).toEqual(['REMOVE', 'POINTS']);
    expect(decisionRequest.safeParse(draft).success).toBe(true);
  });

  it('allows without anything else', () => {
    const draft = draftFor(caseOf('IP_CR_IMAGE_THEFT', [{ id: 'l-1', types: [] }]), { reason: 'AUTHORISED_SELLER' });
    expect(draft.actions).toEqual(['ALLOW']);
    expect(draft.violationType).toBeUndefined();
    expect(decisionRequest.safeParse(draft).success).toBe(true);
  });

  it('fits every kind of subject', () => {
    for (const [kind, actions] of Object.entries(ACTIONS_FOR)) {
      const view = caseOf('REV_INSIDER', [{ id: 'x', types: [], points: 4 }]);
      const ofKind = { ...view, subject: { kind, id: 'x' }, items: [] } as unknown as CaseView;
      const draft = draftFor(ofKind, { reason: 'CONFIRMED', violationType: 'REV_INSIDER' });
      expect(draft.actions.length, kind).toBeGreaterThan(0);
      expect(
        draft.actions.every((action) => actions.includes(action)),
        kind,
      ).toBe(true);
    }
  });
});

it('names each subject of a case once, however often it was checked', () => {
  const view = caseOf('REV_INSIDER', [
    { id: 'r-1', kind: 'REVIEW', types: [] },
    { id: 'r-1', kind: 'REVIEW', types: [] },
    { id: 'r-2', kind: 'REVIEW', types: [] },
  ]);
  expect(subjectsOf(view)).toEqual([
    { kind: 'REVIEW', id: 'r-1' },
    { kind: 'REVIEW', id: 'r-2' },
  ]);
});

it('never lets a letter alone decide what endangers people', () => {
  expect(mayTakeByKey(caseOf('LST_UNSAFE_GOODS', [], 'S4'))).toBe(false);
  expect(mayTakeByKey(caseOf('LST_UNSAFE_GOODS', [], 'S3'))).toBe(true);
});

describe('the rulings on an appeal', () => {
  const appealed = {
    ...caseOf('SYS_SELLER_APPEAL', [{ id: 'l-1', types: ['IP_CR_IMAGE_THEFT'] }]),
    appeals: [
      {
        appeal: { appealCaseId: 'c-1' },
        decision: { violationType: 'IP_TM_COUNTERFEIT_GOODS', actions: ['REMOVE', 'POINTS'] },
      },
    ],
  } as unknown as CaseView;

  it('lie on the digits: it stands, it changes, it was wrong for each reason, there is nothing to hear', () => {
    expect(reasonChoices(appealed).map(({ digit, ruling, reason }) => `${digit} ${ruling} ${reason}`)).toEqual([
      '1 UPHELD CONFIRMED',
      '2 MODIFIED CONFIRMED',
      '3 OVERTURNED NOT_VIOLATION',
      '4 OVERTURNED INSUFFICIENT_EVIDENCE',
      '5 OVERTURNED AUTHORISED_SELLER',
      '6 OVERTURNED RIGHTS_EXHAUSTED',
      '7 OVERTURNED DESCRIPTIVE_USE',
      '8 OVERTURNED RIGHT_INVALID',
      '9 INADMISSIBLE CONFIRMED',
    ]);
  });

  it('start from the decision, are what the API takes, and wait for the words that the seller reads', () => {
    for (const choice of reasonChoices(appealed)) {
      const draft = draftFor(appealed, choice);
      expect(decisionRequest.safeParse(draft).success, `${choice.digit}`).toBe(true);
      expect(lacksWords(draft)).toBe(true);
      expect(lacksWords({ ...draft, explanation: 'The invoice is genuine.' })).toBe(false);
    }
    const modified = draftFor(appealed, { ruling: 'MODIFIED', reason: 'CONFIRMED' });
    expect(modified).toMatchObject({ violationType: 'IP_TM_COUNTERFEIT_GOODS', actions: ['REMOVE', 'POINTS'] });
    // The letters of every case: against the seller is that it stands, to allow is that it was wrong.
    expect(draftFor(appealed, { reason: 'CONFIRMED', violationType: 'IP_TM_COUNTERFEIT_GOODS' }).ruling).toBe('UPHELD');
    expect(draftFor(appealed, { reason: 'NOT_VIOLATION' }).ruling).toBe('OVERTURNED');
    expect(
      lacksWords(draftFor(caseOf('IP_CR_IMAGE_THEFT', [{ id: 'l-1', types: [] }]), { reason: 'NOT_VIOLATION' })),
    ).toBe(false);
  });
});
