import type { FindingSource } from '../domain/decision.ts';

/** What a check that was asked for by somebody outside begins its trigger with, before a colon. */
const ASKED_BY: Readonly<Record<string, FindingSource>> = { 'extortion-report': 'USER_REPORT' };

/** Who asked for a check; undefined where Assay looked by itself: at a submission, a change, a sweep. */
export const sourceOfTrigger = (trigger: string): FindingSource | undefined => ASKED_BY[trigger.split(':')[0] ?? ''];

/** Strongest first: whoever is bound by law to be heard stands before whoever merely told. */
const BY_WEIGHT: readonly FindingSource[] = [
  'AUTHORITY_ORDER',
  'TRUSTED_FLAGGER',
  'ART16_NOTICE',
  'RIGHTS_HOLDER',
  'USER_REPORT',
  'AUTOMATED_RULE',
  'AUTOMATED_MODEL',
  'PROACTIVE_REVIEW',
];

/** One check of a case, as far as it tells what brought the case up. */
export interface CaseOrigin {
  readonly trigger: string;
  /** As the decision about the check had it. */
  readonly source?: FindingSource;
  /** The check was drawn for a look, and found nothing. */
  readonly isSampled: boolean;
}

/**
 * What brought a case up, from the checks that it holds: a notice or report where there was one, a machine's finding
 * else, and a person's own look where nothing was found. It names `source_type` in a statement of reasons.
 */
export function sourceOfCase(origins: readonly CaseOrigin[]): FindingSource {
  const found = origins.map(
    ({ trigger, source, isSampled }): FindingSource =>
      source ?? sourceOfTrigger(trigger) ?? (isSampled ? 'PROACTIVE_REVIEW' : 'AUTOMATED_RULE'),
  );
  return BY_WEIGHT.find((one) => found.includes(one)) ?? 'PROACTIVE_REVIEW';
}
