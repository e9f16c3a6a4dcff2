import { sampleSentence } from '../domain/case-gist.ts';
import type { Decision } from '../domain/decision.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding, SubjectKind } from '../domain/finding.ts';
import { askBreaker, decisionWhenTripped, isAutomaticMeasure } from '../policy/breaker.ts';
import { pictureKeysOf } from '../policy/picture-keys.ts';
import type { JudgedCheck } from './check-rules.ts';
import type { BegunCheck } from './check-store.ts';
import type {
  AppliedEffects,
  BreakerQuestion,
  CaseDraft,
  CheckEffects,
  EffectStore,
  LedgerClaim,
  Recheck,
} from './effects.ts';

/** What a check came to: all that its effects follow from. */
export interface CheckOutcome extends Partial<JudgedCheck> {
  readonly check: BegunCheck;
  /** The seller whom the subject belongs to or who gains from it. */
  readonly sellerId?: string;
  readonly findings: readonly Finding[];
  readonly decision: Decision;
  readonly ledger?: readonly LedgerClaim[];
  readonly rechecks?: readonly Recheck[];
  readonly pictureText?: NonNullable<CheckEffects['pictureText']>;
  readonly likeOthers?: CheckEffects['likeOthers'];
  readonly nowMs: number;
}

const HOUR_MS = 3_600_000;

/**
 * Writes what a decision brings about. The only writer of decisions, cases, ledger entries and events: everything
 * that follows from one check is written in one transaction, once.
 */
export function applyEffects(store: EffectStore, outcome: CheckOutcome): Promise<AppliedEffects> {
  return store.apply(effectsOf(outcome));
}

/** The effects of an outcome, as a value. */
export function effectsOf(outcome: CheckOutcome): CheckEffects {
  const { check, findings, decision, nowMs } = outcome;
  const evidence = findings.flatMap((finding) => finding.evidence);
  const caseDraft = decision.needsPerson ? caseOf(outcome, evidence) : undefined;
  const quarantined = decision.actions.includes('QUARANTINE_REVIEW') ? reviewsOf(check, evidence) : [];
  return {
    check,
    ...(outcome.sellerId === undefined ? {} : { sellerId: outcome.sellerId }),
    findings,
    decision,
    ...(outcome.context === undefined ? {} : { context: outcome.context }),
    ...(outcome.shadow === undefined ? {} : { shadow: outcome.shadow }),
    ...breakerOf(outcome),
    ...(caseDraft === undefined ? {} : { case: caseDraft }),
    ...(check.subjectKind === 'LISTING'
      ? { publication: { listingId: check.subjectId, publication: publicationOf(decision) } }
      : {}),
    ...(quarantined.length > 0 && decision.holdUntilMs !== undefined
      ? { quarantine: { reviewIds: quarantined, untilMs: decision.holdUntilMs } }
      : {}),
    struckReviewIds:
      decision.actions.includes('STRIKE_RATING') && check.subjectKind === 'REVIEW' ? [check.subjectId] : [],
    ledger: outcome.ledger ?? [],
    events: [
      {
        type: 'assay.check.completed',
        subject: `${check.subjectKind}/${check.subjectId}`,
        data: {
          checkId: check.id,
          subjectKind: check.subjectKind,
          subjectId: check.subjectId,
          subjectVersion: check.subjectVersion,
          outcome: decision.outcome,
          ...(decision.violationType === undefined ? {} : { violationType: decision.violationType }),
          findings: findings.map(({ violationType, probability, summary }) => ({
            violationType,
            probability,
            summary,
          })),
        },
      },
    ],
    rechecks: outcome.rechecks ?? [],
    ...(outcome.pictureText === undefined ? {} : { pictureText: outcome.pictureText }),
    ...(outcome.likeOthers === undefined ? {} : { likeOthers: outcome.likeOthers }),
    clusters: evidence.flatMap((piece) =>
      piece.kind === 'ACCOUNT_CLUSTER' ? [{ clusterId: piece.clusterId, accountIds: piece.accountIds }] : [],
    ),
    ...(check.subjectKind === 'ACCOUNT' && isComplete(findings) ? { scannedAccountId: check.subjectId } : {}),
    nowMs,
  };
}

const isComplete = (findings: readonly Finding[]): boolean =>
  findings.every(({ violationType }) => violationType !== 'SYS_CHECK_INCOMPLETE');

/** What the breaker is asked of an automatic measure; nothing where the decision restricts nothing. */
function breakerOf(outcome: CheckOutcome): { readonly breaker?: BreakerQuestion } {
  const { decision, quotas, sellerId } = outcome;
  if (quotas === undefined || !isAutomaticMeasure(decision)) return {};
  return {
    breaker: {
      ruleIds: decision.firedRules.map(({ ruleId }) => ruleId),
      ...(sellerId === undefined ? {} : { sellerId }),
      ask: (counts) => {
        const answer = askBreaker(decision, counts, quotas);
        if (answer.kind === 'act') return undefined;
        return { answer, effects: effectsOf({ ...outcome, decision: decisionWhenTripped(decision, answer) }) };
      },
    },
  };
}

function publicationOf(decision: Decision): 'LIVE' | 'HELD' | 'DISABLED' {
  switch (decision.outcome) {
    case 'ALLOW':
    case 'OBSERVE':
    case 'REVIEW':
      return 'LIVE';
    case 'HOLD':
      return 'HELD';
    case 'DISABLE':
      return 'DISABLED';
    default:
      return decision.outcome satisfies never;
  }
}

/** A ring's reviews are set aside together; a single review by itself. */
function reviewsOf(check: BegunCheck, evidence: readonly Evidence[]): readonly string[] {
  const ringReviews = evidence.flatMap((piece) =>
    piece.kind === 'RING' ? piece.reviews.map(({ reviewId }) => reviewId) : [],
  );
  if (ringReviews.length > 0) return [...new Set(ringReviews)];
  return check.subjectKind === 'REVIEW' ? [check.subjectId] : [];
}

/** A ring or a cluster is judged as one, whichever of its reviews or accounts brought it up. */
function caseSubject(check: BegunCheck, evidence: readonly Evidence[]): { kind: SubjectKind; id: string } {
  for (const piece of evidence) {
    if (piece.kind === 'RING') return { kind: 'RING', id: piece.ringId };
    if (piece.kind === 'ACCOUNT_CLUSTER') return { kind: 'CLUSTER', id: piece.clusterId };
  }
  return { kind: check.subjectKind, id: check.subjectId };
}

/**
 * Whose case it is. A ring's is its instigator's, or else that of the seller who gains; never that of one who is merely
 * attacked, on whose listing the review happens to stand.
 */
function caseSellerId({ sellerId }: CheckOutcome, evidence: readonly Evidence[]): string | undefined {
  const ring = evidence.find((piece) => piece.kind === 'RING');
  return ring === undefined ? sellerId : (ring.instigator?.sellerId ?? ring.beneficiarySellerId);
}

function caseOf(outcome: CheckOutcome, evidence: readonly Evidence[]): CaseDraft {
  const { check, decision, findings, nowMs } = outcome;
  const subject = caseSubject(check, evidence);
  const sellerId = caseSellerId(outcome, evidence);
  const heaviest =
    findings.find(({ violationType }) => violationType === decision.violationType) ??
    findings.toSorted((left, right) => right.probability - left.probability)[0];
  return {
    caseKey: decision.caseKey ?? `${subject.kind}/${subject.id}`,
    queue: decision.queue ?? 'general',
    neededSkills: decision.neededSkills ?? [],
    ...(outcome.context?.language === undefined ? {} : { language: outcome.context.language }),
    severity: decision.severity,
    violationType:
      decision.violationType ??
      (decision.isSampled ? 'SYS_SAMPLED' : (heaviest?.violationType ?? 'SYS_CHECK_INCOMPLETE')),
    confidence01: decision.risk01,
    subjectKind: subject.kind,
    subjectId: subject.id,
    ...(sellerId === undefined ? {} : { sellerId }),
    ...(heaviest?.markId === undefined ? {} : { markId: heaviest.markId }),
    pictureKeys: pictureKeysOf(findings),
    summary: decision.isSampled
      ? sampleSentence(subject.kind, findings)
      : (heaviest?.summary ?? 'The check could not be finished, so a person looks.'),
    // A decision that names no time is due at once, so that nobody forgets it.
    dueAtMs: nowMs + (decision.slaHours ?? 0) * HOUR_MS,
  };
}
