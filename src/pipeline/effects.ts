import type { ListingLikeness } from '../detectors/account/like-goods.ts';
import type { CreditEntryDraft } from '../domain/credit.ts';
import type { Decision } from '../domain/decision.ts';
import type { Finding, SubjectKind } from '../domain/finding.ts';
import type { Severity, ViolationType } from '../domain/violation.ts';
import type { AutomaticCounts, BreakerAnswer } from '../policy/breaker.ts';
import type { DecisionContext } from '../policy/decision-input.ts';
import type { BegunCheck } from './check-store.ts';
import type { JudgedCheck } from './check-rules.ts';

/** Something that the marketplace may want to know; becomes a CloudEvent. */
export interface DomainEvent {
  /** `assay.check.completed`, `assay.case.opened`, … */
  readonly type: string;
  /** `LISTING/l-17` */
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A case to open, or to add to when one with its key is open. */
export interface CaseDraft {
  readonly caseKey: string;
  readonly queue: string;
  /** Skills that whoever judges it must have. */
  readonly neededSkills: readonly string[];
  /** Language of what has to be read, where it is known. */
  readonly language?: string;
  readonly severity: Severity;
  readonly violationType: ViolationType;
  /** How far the suspicion is to be believed, 0–1; a factor of the priority. */
  readonly confidence01: number;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly sellerId?: string;
  readonly markId?: string;
  /** Bank pictures that the subject shows again; see `pictureKeysOf`. */
  readonly pictureKeys: readonly string[];
  readonly summary: string;
  readonly dueAtMs: number;
}

/** A stored subject that must be looked at again, and what makes it so. Once for each trigger and version. */
export interface Recheck {
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly trigger: string;
}

/**
 * What one subject has to say to the ledger of a legal entity. The entries are built when the ledger is locked, from
 * what it holds of the subject then: news that comes twice, late or at the same moment is booked once and right.
 */
export interface LedgerClaim {
  readonly sellerLegalId: string;
  /** `REVIEW/r-17` */
  readonly subjectRef: string;
  readonly build: (existing: readonly CreditEntryDraft[]) => readonly CreditEntryDraft[];
}

/**
 * Asked inside the transaction of an automatic measure, with what took effect within the hour before: acts, or gives the
 * effects without the measure, a person's case instead.
 */
export interface BreakerQuestion {
  readonly ruleIds: readonly string[];
  readonly sellerId?: string;
  ask(counts: AutomaticCounts): BreakerStop | undefined;
}

/** A measure that a quota stopped. */
export interface BreakerStop {
  readonly answer: Extract<BreakerAnswer, { kind: 'tripped' }>;
  readonly effects: CheckEffects;
}

/** Everything that the outcome of one check changes, written in one transaction or not at all. */
export interface CheckEffects {
  readonly check: BegunCheck;
  readonly sellerId?: string;
  readonly findings: readonly Finding[];
  readonly decision: Decision;
  /** What the decision depended on beside the findings; kept, so that it can be asked again. */
  readonly context?: DecisionContext;
  readonly shadow?: NonNullable<JudgedCheck['shadow']>;
  /** Present where the decision restricts something without a person. */
  readonly breaker?: BreakerQuestion;
  readonly case?: CaseDraft;
  readonly publication?: { readonly listingId: string; readonly publication: 'LIVE' | 'HELD' | 'DISABLED' };
  readonly quarantine?: { readonly reviewIds: readonly string[]; readonly untilMs: number };
  readonly struckReviewIds: readonly string[];
  readonly ledger: readonly LedgerClaim[];
  readonly events: readonly DomainEvent[];
  readonly rechecks: readonly Recheck[];
  /** The version of a listing whose pictures are to be read for words, or looked at for logos. */
  readonly pictureText?: {
    readonly listingId: string;
    readonly version: number;
    readonly wantsText: boolean;
    readonly wantsShapes: boolean;
  };
  /** Listings of other owners that the checked listing is nearly like; absent where that was not looked for. */
  readonly likeOthers?: readonly ListingLikeness[];
  readonly clusters: readonly { readonly clusterId: string; readonly accountIds: readonly string[] }[];
  /** The account of this check, where all that is looked for was, so that a cluster it is not found in is left. */
  readonly scannedAccountId?: string;
  readonly nowMs: number;
}

/** `already-applied` when the check was finished before; `stopped` when the breaker made a case of an automatic measure. */
export type AppliedEffects = 'applied' | 'already-applied' | 'stopped';

export interface EffectStore {
  /** Writes all of it in one transaction, or what the breaker leaves of it. */
  apply(effects: CheckEffects): Promise<AppliedEffects>;
}
