import type { Action, Outcome } from '../domain/decision.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { CaseworkSettings } from './casework-settings.ts';
import type { DecidedSubject, DecisionPlan, DecisionProblem, DecisionWish, PlannedSubject } from './decision-wish.ts';
import { secondReviewWhy } from './second-review.ts';
import { writeStatement } from './statement-of-reasons.ts';
import type { ViolationSettings } from './violation-settings.ts';

/** Measures against the seller as a whole, whatever the item that brought them about. */
export const SELLER_ACTIONS: ReadonlySet<Action> = new Set([
  'WARN',
  'POINTS',
  'STRIKE',
  'LIMIT_LISTINGS',
  'EXCLUDE_CAMPAIGN',
  'EXCLUDE_RECOMMENDATION',
  'PAYOUT_HOLD',
]);

const FITTING: Readonly<Record<SubjectKind, ReadonlySet<Action>>> = {
  LISTING: new Set(['ALLOW', 'LABEL', 'DEMOTE', 'HOLD', 'DISABLE', 'REMOVE', 'INTERACTION_RESTRICT', 'REINSTATE']),
  REVIEW: new Set(['ALLOW', 'REMOVE', 'DISABLE', 'QUARANTINE_REVIEW', 'STRIKE_RATING', 'LABEL', 'REINSTATE']),
  ACCOUNT: new Set(['ALLOW', 'SUSPEND', 'TERMINATE', 'INTERACTION_RESTRICT', 'REINSTATE']),
  SELLER: new Set(['ALLOW', 'SUSPEND', 'TERMINATE', 'REINSTATE']),
  ORDER: new Set(['ALLOW']),
  RING: new Set(['ALLOW', 'REMOVE']),
  CLUSTER: new Set(['ALLOW', 'SUSPEND', 'TERMINATE', 'INTERACTION_RESTRICT']),
};

const LISTING_STATUS: Partial<Record<Action, string>> = {
  ALLOW: 'LIVE',
  REINSTATE: 'LIVE',
  HOLD: 'HELD',
  DISABLE: 'DISABLED',
  REMOVE: 'REMOVED',
};
const REVIEW_STATUS: Partial<Record<Action, string>> = {
  ALLOW: 'CLEARED',
  REINSTATE: 'CLEARED',
  QUARANTINE_REVIEW: 'QUARANTINED',
  DISABLE: 'CONFIRMED_INAUTHENTIC',
  REMOVE: 'CONFIRMED_INAUTHENTIC',
};
const STANDING: Partial<Record<Action, string>> = {
  REINSTATE: 'ACTIVE',
  SUSPEND: 'SUSPENDED',
  TERMINATE: 'TERMINATED',
};
const STATUS_AFTER: Readonly<Record<SubjectKind, Partial<Record<Action, string>>>> = {
  LISTING: LISTING_STATUS,
  REVIEW: REVIEW_STATUS,
  ACCOUNT: STANDING,
  SELLER: STANDING,
  ORDER: {},
  RING: {},
  CLUSTER: {},
};

/** Mild to severe: of several actions the severest decides what is stored. */
const SEVERITY_ORDER: readonly Action[] = [
  'ALLOW',
  'REINSTATE',
  'QUARANTINE_REVIEW',
  'HOLD',
  'DISABLE',
  'REMOVE',
  'SUSPEND',
  'TERMINATE',
];

function planSubject(subject: DecidedSubject): PlannedSubject {
  const table = STATUS_AFTER[subject.kind];
  const deciding = SEVERITY_ORDER.findLast((one) => subject.actions.includes(one) && table[one] !== undefined);
  const statusAfter = deciding === undefined ? subject.status : table[deciding];
  return {
    ...subject,
    ...(statusAfter === undefined ? {} : { statusAfter }),
    isRatingStruck: subject.actions.includes('STRIKE_RATING'),
    outcome: outcomeOf(subject.actions),
  };
}

function outcomeOf(actions: readonly Action[]): Outcome {
  if (actions.includes('REMOVE') || actions.includes('DISABLE') || actions.includes('TERMINATE')) return 'DISABLE';
  if (actions.includes('HOLD') || actions.includes('QUARANTINE_REVIEW') || actions.includes('SUSPEND')) return 'HOLD';
  return actions.includes('ALLOW') || actions.includes('REINSTATE') ? 'ALLOW' : 'OBSERVE';
}

/** What is wrong with a wish; empty where nothing is. */
export function findProblems(wish: DecisionWish): readonly DecisionProblem[] {
  const problems: DecisionProblem[] = [];
  for (const { kind, id, actions } of wish.subjects) {
    const unfit = actions.filter((one) => !FITTING[kind].has(one));
    if (unfit.length > 0)
      problems.push({ path: `subjects.${kind}/${id}`, message: `${unfit.join(', ')} does not fit a ${kind}` });
  }
  return problems;
}

function penaltyOf(
  wish: DecisionWish,
  wantsPoints: boolean,
  { violations }: { readonly violations: ViolationSettings['violations'] },
): { readonly penalty?: DecisionPlan['penalty']; readonly warnings: string[] } {
  if (!wantsPoints) return { warnings: [] };
  const rule = wish.violationType === undefined ? undefined : violations[wish.violationType];
  if (rule === undefined) return { warnings: ['Without a violation no points are booked.'] };
  if (rule.penalises !== 'SELLER')
    return { warnings: [`${rule.title} is not answered for by the seller, so no points are booked.`] };
  if (wish.penalisedSeller === undefined) return { warnings: ['No seller is known who could answer for it.'] };
  if (!wish.isPenalisedNamed)
    return {
      warnings: [
        'Whoever gains from a group or is attacked by it is not thereby guilty: name the seller who is behind it to book points.',
      ],
    };
  const points = wish.isSerious ? (rule.seriousPoints ?? rule.points) : rule.points;
  return { penalty: { sellerId: wish.penalisedSeller.sellerId, points, strikes: rule.strikes }, warnings: [] };
}

/**
 * What a person's decision brings about, as a value: what each subject becomes, points and strikes, statements of
 * reasons, and whether a second person must agree. `sellerActions` are the measures against the seller as a whole.
 */
export function planDecision(
  wish: DecisionWish,
  sellerActions: readonly Action[],
  rules: { readonly violations: ViolationSettings['violations']; readonly casework: CaseworkSettings },
): DecisionPlan {
  const subjects = wish.subjects.map(planSubject);
  const wantsPoints = sellerActions.includes('POINTS') || sellerActions.includes('STRIKE');
  const { penalty: full, warnings } = penaltyOf(wish, wantsPoints, rules);
  const penalty =
    full === undefined
      ? undefined
      : {
          sellerId: full.sellerId,
          points: sellerActions.includes('POINTS') ? full.points : 0,
          strikes: sellerActions.includes('STRIKE') ? full.strikes : 0,
        };
  const pointsAfter = (wish.penalisedSeller?.points ?? 0) + (penalty?.points ?? 0);
  const actions = [...new Set([...subjects.flatMap((one) => one.actions), ...sellerActions])];
  const why = secondReviewWhy({ ...wish, actions, pointsAfter }, rules.casework);
  const statements = subjects.flatMap((subject) => {
    const statement = writeStatement(wish, subject, { sellerActions, violations: rules.violations });
    return statement === undefined ? [] : [{ subject, statement }];
  });
  if (wish.reason === 'CONFIRMED' && wish.explanation.trim() === '' && statements.length > 0)
    warnings.push('The seller reads no explanation of your own, only the facts of the violation.');
  return {
    subjects,
    ...(penalty === undefined ? {} : { penalty }),
    statements,
    ...(why === undefined ? {} : { secondReviewWhy: why }),
    warnings,
  };
}
