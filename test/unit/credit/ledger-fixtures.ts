import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { CreditEntryDraft, CreditReport } from '../../../src/domain/credit.ts';
import { createCreditModel, type CreditModel } from '../../../src/credit/credit-moment.ts';
import { type CreditQuestion, scoreLedger } from '../../../src/credit/score-ledger.ts';
import { creditSettings } from '../../../src/credit/settings.ts';

export const DAY_MS = 86_400_000;
/** Noon, so that a few hours more or less stay on the same UTC day. */
export const NOW_MS = Date.UTC(2026, 5, 15, 12);
const ZEROS = '0'.repeat(64);

/** The credit model as it ships. */
export const shippedModel: CreditModel = createCreditModel(
  creditSettings.parse(parse(readFileSync(new URL('../../../rules/credit.yaml', import.meta.url), 'utf8'))),
);

let nextId = 0;

/** A ledger entry that happened and became known `ageDays` before NOW_MS; five stars by a buyer of its own. */
export const entryOf = (ageDays: number, fields: Partial<CreditEntryDraft> = {}): CreditEntryDraft => {
  nextId += 1;
  const atMs = NOW_MS - ageDays * DAY_MS;
  return {
    entryId: `e-${nextId}`,
    sellerLegalId: 'legal-1',
    kind: 'EVIDENCE',
    subjectRef: `REVIEW/r-${nextId}`,
    valueBp: 10_000,
    weightPpm: 1_000_000,
    points: 0,
    faultParty: 'SELLER',
    buyerClusterId: `buyer-${nextId}`,
    effectiveAtMs: atMs,
    recordedAtMs: atMs,
    why: 'A review.',
    rulesetVersion: ZEROS,
    evidenceSha256: ZEROS,
    ...fields,
  };
};

/** `count` entries alike. */
export const entriesOf = (count: number, ageDays: number, fields: Partial<CreditEntryDraft> = {}): CreditEntryDraft[] =>
  Array.from({ length: count }, () => entryOf(ageDays, fields));

export const penaltyOf = (ageDays: number, points: number, fields: Partial<CreditEntryDraft> = {}): CreditEntryDraft =>
  entryOf(ageDays, {
    kind: 'PENALTY',
    subjectRef: 'LISTING/l-1',
    points,
    violationType: 'IP_TM_COUNTERFEIT_GOODS',
    why: 'A penalty.',
    ...fields,
  });

export const strikeOf = (ageDays: number, fields: Partial<CreditEntryDraft> = {}): CreditEntryDraft =>
  entryOf(ageDays, { kind: 'STRIKE', subjectRef: 'LISTING/l-1', points: 1, why: 'A strike.', ...fields });

export const reversalOf = (entry: CreditEntryDraft, recordedAtMs = NOW_MS): CreditEntryDraft =>
  entryOf(0, {
    kind: 'REVERSAL',
    reverses: entry.entryId,
    subjectRef: entry.subjectRef,
    effectiveAtMs: entry.effectiveAtMs,
    recordedAtMs,
    why: 'The appeal was won.',
  });

/** An established, verified seller unless told otherwise. */
export const scoreOf = (entries: readonly CreditEntryDraft[], question: Partial<CreditQuestion> = {}): CreditReport =>
  scoreLedger(entries, shippedModel, {
    sellerLegalId: 'legal-1',
    asOfMs: NOW_MS,
    knownAtMs: Math.max(NOW_MS, question.asOfMs ?? NOW_MS),
    context: { registeredAtMs: NOW_MS - 1_000 * DAY_MS, kyb: 'VERIFIED' },
    rulesetDigest: ZEROS,
    ...question,
  });
