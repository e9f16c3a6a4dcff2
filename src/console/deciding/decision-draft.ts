import type { AppealRuling } from '../../domain/appeal.ts';
import type { Action, DecisionReason } from '../../domain/decision.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { ViolationType } from '../../domain/violation.ts';

/** A decision that is being put together; nothing of it has happened. */
export type DecisionDraft = DecisionRequest;

/** One of the reasons that lie on the digits. */
export interface ReasonChoice {
  /** 1–9 */
  readonly digit: number;
  readonly reason: DecisionReason;
  /** Present with the reason CONFIRMED. */
  readonly violationType?: ViolationType;
  /** Of an appeal: what it makes of it. */
  readonly ruling?: AppealRuling;
}

/** Why a case ends in favour of the seller, the most frequent first. */
export const ALLOW_REASONS: readonly DecisionReason[] = [
  'NOT_VIOLATION',
  'INSUFFICIENT_EVIDENCE',
  'AUTHORISED_SELLER',
  'RIGHTS_EXHAUSTED',
  'DESCRIPTIVE_USE',
  'RIGHT_INVALID',
  'DUPLICATE',
  'OUT_OF_TERRITORY',
  'WITHDRAWN',
];

/** Reasons that speak of a right: they say nothing about a ring, an account or a review. */
const OF_RIGHTS: ReadonlySet<DecisionReason> = new Set([
  'AUTHORISED_SELLER',
  'RIGHTS_EXHAUSTED',
  'DESCRIPTIVE_USE',
  'RIGHT_INVALID',
  'OUT_OF_TERRITORY',
]);

/** Violations on the digits: with more of them there would be no digit left for the reasons to allow. */
const MAX_VIOLATIONS = 4;
const MAX_DIGIT = 9;

/** Nothing was violated under these codes: they say why somebody looks. */
const NO_VIOLATIONS: ReadonlySet<ViolationType> = new Set(['SYS_CHECK_INCOMPLETE', 'SYS_SAMPLED', 'SYS_SELLER_APPEAL']);

/** Measures about an item of each kind, the mildest first. */
const ITEM_ACTIONS: Readonly<Record<SubjectKind, readonly Action[]>> = {
  LISTING: ['LABEL', 'DEMOTE', 'DISABLE', 'REMOVE'],
  REVIEW: ['LABEL', 'STRIKE_RATING', 'QUARANTINE_REVIEW', 'REMOVE'],
  ACCOUNT: ['INTERACTION_RESTRICT', 'SUSPEND', 'TERMINATE'],
  SELLER: ['SUSPEND', 'TERMINATE'],
  ORDER: [],
  RING: ['REMOVE'],
  CLUSTER: ['INTERACTION_RESTRICT', 'SUSPEND', 'TERMINATE'],
};

/** Measures about the seller, whatever item brought them about. */
const SELLER_ACTIONS: readonly Action[] = [
  'WARN',
  'POINTS',
  'STRIKE',
  'EXCLUDE_RECOMMENDATION',
  'EXCLUDE_CAMPAIGN',
  'LIMIT_LISTINGS',
  'PAYOUT_HOLD',
];

/** What measures a person can take about each kind of subject. */
export const ACTIONS_FOR = Object.fromEntries(
  Object.entries(ITEM_ACTIONS).map(([kind, actions]) => [kind, [...actions, ...SELLER_ACTIONS]]),
) as unknown as Readonly<Record<SubjectKind, readonly Action[]>>;

const USUAL_ACTION: Readonly<Record<SubjectKind, Action>> = {
  LISTING: 'REMOVE',
  REVIEW: 'REMOVE',
  ACCOUNT: 'INTERACTION_RESTRICT',
  SELLER: 'WARN',
  ORDER: 'WARN',
  RING: 'REMOVE',
  CLUSTER: 'INTERACTION_RESTRICT',
};

/** Violations that the findings of a case name, the likeliest first. */
export function violationsOf(view: CaseView): readonly ViolationType[] {
  const findings = view.items.flatMap(({ check }) => check.findings);
  const byChance = findings.toSorted((left, right) => right.probability - left.probability);
  const confirmed = appealOf(view)?.decision.violationType;
  const types = [
    ...(confirmed === undefined ? [] : [confirmed]),
    view.violationType,
    ...byChance.map(({ violationType }) => violationType),
  ];
  return [...new Set(types)].filter((type) => !NO_VIOLATIONS.has(type));
}

/** The appeal that is heard in the case, with the decision that it is against. */
export const appealOf = (view: CaseView): CaseView['appeals'][number] | undefined =>
  view.appeals.find(({ appeal }) => appeal.appealCaseId === view.id);

/** Rulings by digit: it stands, something else takes its place, it was wrong for these reasons, nothing to hear. */
function rulingChoices(view: CaseView): readonly ReasonChoice[] {
  const isOfRights = violationsOf(view).some((type) => type.startsWith('IP_'));
  const reasons = ALLOW_REASONS.filter((reason) => isOfRights || !OF_RIGHTS.has(reason));
  const before: readonly Omit<ReasonChoice, 'digit'>[] = [
    { ruling: 'UPHELD', reason: 'CONFIRMED' },
    { ruling: 'MODIFIED', reason: 'CONFIRMED' },
    ...reasons.map((reason) => ({ ruling: 'OVERTURNED' as const, reason })),
  ];
  const last = { ruling: 'INADMISSIBLE', reason: 'CONFIRMED' } as const;
  return [...before.slice(0, MAX_DIGIT - 1), last].map((one, at) => ({ ...one, digit: at + 1 }));
}

/** Reasons by digit: first the violations that were found, then why it may be none. */
export function reasonChoices(view: CaseView): readonly ReasonChoice[] {
  if (appealOf(view) !== undefined) return rulingChoices(view);
  const violations = violationsOf(view)
    .slice(0, MAX_VIOLATIONS)
    .map((violationType) => ({ reason: 'CONFIRMED' as const, violationType }));
  const isOfRights = violationsOf(view).some((type) => type.startsWith('IP_'));
  const reasons = ALLOW_REASONS.filter((reason) => isOfRights || !OF_RIGHTS.has(reason));
  const all = [...violations, ...reasons.map((reason) => ({ reason }))];
  return all.slice(0, MAX_DIGIT).map((one, at) => ({ ...one, digit: at + 1 }));
}

/** The ring or cluster that a case is about, if it is about a group of accounts. */
export function groupOf(view: CaseView): 'RING' | 'CLUSTER' | undefined {
  const evidence = view.items.flatMap(({ check }) => check.findings).flatMap((finding) => finding.evidence);
  if (evidence.some(({ kind }) => kind === 'RING')) return 'RING';
  return evidence.some(({ kind }) => kind === 'ACCOUNT_CLUSTER') ? 'CLUSTER' : undefined;
}

/** Kinds of what a decision about the case deals with: a group as a whole, else each item. */
export function kindsOf(view: CaseView): readonly SubjectKind[] {
  const group = groupOf(view);
  if (group !== undefined) return [group];
  return [...new Set([view.subject.kind, ...view.items.map(({ check }) => check.subject.kind)])];
}

/** Every measure that fits all that the case is about. */
export function fittingActions(view: CaseView): readonly Action[] {
  const [first, ...others] = kindsOf(view);
  if (first === undefined) return SELLER_ACTIONS;
  return ACTIONS_FOR[first].filter((action) => others.every((kind) => ACTIONS_FOR[kind].includes(action)));
}

/** Sellers whom the evidence of a group names: who is reviewed by it, and who gains. */
export function sellersOfGroup(view: CaseView): readonly string[] {
  const rings = view.items
    .flatMap(({ check }) => check.findings)
    .flatMap(({ evidence }) => evidence)
    .flatMap((piece) => (piece.kind === 'RING' ? [piece.beneficiarySellerId, ...piece.sellerIds] : []));
  return [...new Set(rings.filter((id) => id !== undefined))];
}

/** Everything that a decision about the case is for: each subject once. */
export function subjectsOf(view: CaseView): readonly { readonly kind: SubjectKind; readonly id: string }[] {
  const seen = new Map(view.items.map(({ check }) => [`${check.subject.kind}/${check.subject.id}`, check.subject]));
  return [...seen.values()].map(({ kind, id }) => ({ kind, id }));
}

/** The penalty that the rules propose for the case: points and strikes of its checks. */
function isPenaltyProposed(view: CaseView): { readonly points: boolean; readonly strikes: boolean } {
  const decisions = view.items.flatMap(({ check }) => (check.decision === undefined ? [] : [check.decision]));
  return {
    points: decisions.some(({ proposedPoints }) => proposedPoints > 0),
    strikes: decisions.some(({ proposedStrikes }) => proposedStrikes > 0),
  };
}

/** The decision as it usually is for this reason; everything in it can be changed. */
export function draftFor(view: CaseView, choice: Omit<ReasonChoice, 'digit'>): DecisionDraft {
  const empty = { isSerious: false, explanation: '', note: '' };
  const appealed = appealOf(view)?.decision;
  if (appealed !== undefined) return rulingDraft(view, choice, appealed);
  if (choice.reason !== 'CONFIRMED') return { ...empty, reason: choice.reason, actions: ['ALLOW'] };
  const { points, strikes } = isPenaltyProposed(view);
  const isFit = new Set(fittingActions(view));
  const wanted: readonly Action[] = [
    USUAL_ACTION[kindsOf(view)[0] ?? view.subject.kind],
    // Of a group nobody is guilty by gaining from it: whoever answers for it is named by hand.
    ...(points && groupOf(view) === undefined ? (['POINTS'] as const) : []),
    ...(strikes && groupOf(view) === undefined ? (['STRIKE'] as const) : []),
  ];
  return {
    ...empty,
    reason: 'CONFIRMED',
    violationType: choice.violationType ?? view.violationType,
    actions: wanted.filter((action) => isFit.has(action)),
  };
}

/** A ruling as it usually is; a decision in the place of another starts from that one. */
function rulingDraft(
  view: CaseView,
  { reason, ruling = reason === 'CONFIRMED' ? 'UPHELD' : 'OVERTURNED' }: Omit<ReasonChoice, 'digit'>,
  appealed: CaseView['appeals'][number]['decision'],
): DecisionDraft {
  const empty = { ruling, isSerious: false, explanation: '', note: '' };
  if (ruling === 'OVERTURNED') return { ...empty, reason, actions: ['REINSTATE'] };
  const isFit = new Set(fittingActions(view));
  const kept = ruling === 'MODIFIED' ? appealed.actions.filter((action) => isFit.has(action)) : appealed.actions;
  return {
    ...empty,
    reason: 'CONFIRMED',
    violationType: appealed.violationType ?? view.violationType,
    actions: kept.length === 0 ? ['WARN'] : [...kept],
  };
}

/** Whether words are missing without which nothing is decided: of a ruling the seller reads why. */
export const lacksWords = ({ ruling, explanation }: DecisionDraft): boolean =>
  ruling !== undefined && explanation.trim() === '';

/** Whether the draft speaks against the seller. */
export const isRestriction = ({ reason }: Pick<DecisionDraft, 'reason'>): boolean => reason === 'CONFIRMED';

/** Whether pressing the same key once more may take the decision: never for what endangers people. */
export const mayTakeByKey = (view: Pick<CaseView, 'severity'>): boolean => view.severity !== 'S4';
