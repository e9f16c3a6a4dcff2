import { readFileSync } from 'node:fs';
import type { Decision } from '../../../src/domain/decision.ts';
import { type Finding, finding, type FindingInput } from '../../../src/domain/finding.ts';
import { decide } from '../../../src/policy/decide.ts';
import type { DecisionContext, DecisionInput } from '../../../src/policy/decision-input.ts';
import { parseRuleset, type Ruleset } from '../../../src/policy/parse-ruleset.ts';
import type { RuleFile } from '../../../src/policy/rule-file.ts';

export const NOW_MS = Date.UTC(2026, 5, 15, 12);

/** The rule files of this room as they ship. */
export const shippedFiles: readonly RuleFile[] = ['policy.yaml', 'violations.yaml', 'queues.yaml'].map((name) => ({
  name,
  text: readFileSync(new URL(`../../../rules/${name}`, import.meta.url), 'utf8'),
}));

export const shippedRuleset: Ruleset = parseRuleset(shippedFiles, {});

/** The shipped files with one piece of one of them replaced. */
export const filesWith = (name: string, before: string, after: string): RuleFile[] =>
  shippedFiles.map((file) => {
    if (file.name !== name) return file;
    if (!file.text.includes(before)) throw new Error(`${name} does not hold ${before}`);
    return { name, text: file.text.replace(before, after) };
  });

export const findingOf = (fields: Partial<FindingInput> = {}): Finding =>
  finding.parse({
    detector: 'brand',
    detectorVersion: 1,
    violationType: 'IP_TM_KEYWORD_MISUSE',
    probability: 0.9,
    summary: 'A mark in the title.',
    evidence: [{ kind: 'FACT', why: 'It is there.', name: 'mark', value: 'ACME' }],
    about: 'mark-1',
    ...fields,
  });

export const contextOf = (fields: Partial<DecisionContext> = {}): DecisionContext => ({
  sellerTier: 'STANDARD',
  sellerPoints: 0,
  isLive: false,
  exposure: 0,
  nowMs: NOW_MS,
  preCheckShare01: 0,
  postCheckShare01: 0,
  sampleRoll01: 0.5,
  marks: { authorisedIds: [], disputedIds: [] },
  ...fields,
});

/** The decision of the shipped rules on a new listing of seller s-1, unless told otherwise. */
export const decisionOn = (
  findings: readonly Finding[],
  context: Partial<DecisionContext> = {},
  subject: DecisionInput['subject'] = { kind: 'LISTING', id: 'l-1', sellerId: 's-1' },
): Decision => decide({ subject, findings, context: contextOf(context) }, shippedRuleset);
