import type { Action } from '../domain/decision.ts';
import type { SubjectKind } from '../domain/finding.ts';
import { SOURCE_TYPE, type StatementOfReasons } from '../domain/statement.ts';
import type { DecisionWish, PlannedSubject } from './decision-wish.ts';
import type { ViolationSettings } from './violation-settings.ts';

const DAY_MS = 86_400_000;

const VISIBILITY: Partial<Record<Action, string>> = {
  LABEL: 'DECISION_VISIBILITY_CONTENT_LABELLED',
  DEMOTE: 'DECISION_VISIBILITY_CONTENT_DEMOTED',
  EXCLUDE_RECOMMENDATION: 'DECISION_VISIBILITY_CONTENT_DEMOTED',
  INTERACTION_RESTRICT: 'DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED',
  QUARANTINE_REVIEW: 'DECISION_VISIBILITY_CONTENT_DISABLED',
  STRIKE_RATING: 'DECISION_VISIBILITY_CONTENT_LABELLED',
  HOLD: 'DECISION_VISIBILITY_CONTENT_DISABLED',
  DISABLE: 'DECISION_VISIBILITY_CONTENT_DISABLED',
  REMOVE: 'DECISION_VISIBILITY_CONTENT_REMOVED',
};
const PROVISION: Partial<Record<Action, string>> = {
  LIMIT_LISTINGS: 'DECISION_PROVISION_PARTIAL_SUSPENSION',
  EXCLUDE_CAMPAIGN: 'DECISION_PROVISION_PARTIAL_SUSPENSION',
};
const ACCOUNT: Partial<Record<Action, string>> = {
  SUSPEND: 'DECISION_ACCOUNT_SUSPENDED',
  TERMINATE: 'DECISION_ACCOUNT_TERMINATED',
};
const MONETARY: Partial<Record<Action, string>> = { PAYOUT_HOLD: 'DECISION_MONETARY_SUSPENSION' };

const CONTENT_TYPE: Readonly<Record<SubjectKind, string>> = {
  LISTING: 'CONTENT_TYPE_PRODUCT',
  REVIEW: 'CONTENT_TYPE_TEXT',
  ACCOUNT: 'CONTENT_TYPE_OTHER',
  SELLER: 'CONTENT_TYPE_OTHER',
  ORDER: 'CONTENT_TYPE_OTHER',
  RING: 'CONTENT_TYPE_TEXT',
  CLUSTER: 'CONTENT_TYPE_OTHER',
};

/** Categories whose violations a law of the Union or a state forbids, beside the terms. Needs counsel. */
const UNLAWFUL: ReadonlySet<string> = new Set([
  'INTELLECTUAL_PROPERTY_INFRINGEMENTS',
  'UNSAFE_AND_PROHIBITED_PRODUCTS',
]);

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const chosen = (table: Partial<Record<Action, string>>, actions: readonly Action[]): string[] => [
  ...new Set(actions.flatMap((one) => table[one] ?? [])),
];

/**
 * The statement of reasons for one subject; undefined where nothing is restricted, or where the law asks for none: a
 * ring or cluster is deceptive high-volume content (DSA Art. 17(2)), and its members are not told how it was found.
 */
export function writeStatement(
  wish: DecisionWish,
  subject: PlannedSubject,
  rules: { readonly sellerActions: readonly Action[]; readonly violations: ViolationSettings['violations'] },
): StatementOfReasons | undefined {
  if (subject.kind === 'RING' || subject.kind === 'CLUSTER') return undefined;
  const violation = wish.violationType === undefined ? undefined : rules.violations[wish.violationType];
  const grounds = violation?.statement;
  if (violation === undefined || grounds === undefined) return undefined;
  const actions = [...subject.actions, ...rules.sellerActions];
  const visibility = chosen(VISIBILITY, actions);
  const [provision] = chosen(PROVISION, actions);
  const account = chosen(ACCOUNT, actions).at(-1);
  const [monetary] = chosen(MONETARY, actions);
  if (visibility.length === 0 && [provision, account, monetary].every((one) => one === undefined)) return undefined;
  const [main, ...further] = grounds;
  const endDay = wish.durationDays === undefined ? undefined : day(wish.nowMs + wish.durationDays * DAY_MS);
  const isUnlawful = grounds.some(({ category }) => UNLAWFUL.has(category));
  return {
    puid: `${wish.decisionId}-${subject.kind}-${subject.id}`.slice(0, 500),
    ...(visibility.length === 0 ? {} : { decision_visibility: visibility }),
    ...(provision === undefined ? {} : { decision_provision: provision }),
    ...(account === undefined ? {} : { decision_account: account }),
    ...(monetary === undefined ? {} : { decision_monetary: monetary }),
    decision_ground: 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
    incompatible_content_ground: violation.title,
    incompatible_content_explanation: `The marketplace's rules do not allow: ${violation.title}.`,
    incompatible_content_illegal: isUnlawful ? 'Yes' : 'No',
    category: `STATEMENT_CATEGORY_${main!.category}`,
    ...(further.length === 0
      ? {}
      : { category_addition: further.map(({ category }) => `STATEMENT_CATEGORY_${category}`) }),
    category_specification: [
      ...new Set(grounds.flatMap(({ keywords }) => keywords.map((keyword) => `KEYWORD_${keyword}`))),
    ],
    content_type: [CONTENT_TYPE[subject.kind]],
    content_date: day(subject.createdAtMs),
    application_date: day(wish.nowMs),
    ...(endDay === undefined || visibility.length === 0 ? {} : { end_date_visibility_restriction: endDay }),
    ...(endDay === undefined || provision === undefined ? {} : { end_date_service_restriction: endDay }),
    ...(endDay === undefined || account === undefined ? {} : { end_date_account_restriction: endDay }),
    territorial_scope: [...wish.territory],
    decision_facts: wish.explanation.trim() === '' ? `A person confirmed: ${violation.title}.` : wish.explanation,
    source_type: SOURCE_TYPE[wish.source],
    automated_detection: wish.isDetectedByMachine ? 'Yes' : 'No',
    automated_decision: wish.isDetectedByMachine ? 'AUTOMATED_DECISION_PARTIALLY' : 'AUTOMATED_DECISION_NOT_AUTOMATED',
  };
}
