import type { CreditEntryDraft } from '../domain/credit.ts';
import type { Decision } from '../domain/decision.ts';
import type { Finding, SubjectKind } from '../domain/finding.ts';
import type { Severity, ViolationType } from '../domain/violation.ts';
import type { BegunCheck } from './check-store.ts';

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
  readonly severity: Severity;
  readonly violationType: ViolationType;
  /** Higher comes first. */
  readonly priority: number;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly sellerId?: string;
  readonly markId?: string;
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

/** Everything that the outcome of one check changes, written in one transaction or not at all. */
export interface CheckEffects {
  readonly check: BegunCheck;
  readonly findings: readonly Finding[];
  readonly decision: Decision;
  readonly case?: CaseDraft;
  readonly publication?: { readonly listingId: string; readonly publication: 'LIVE' | 'HELD' | 'DISABLED' };
  readonly quarantine?: { readonly reviewIds: readonly string[]; readonly untilMs: number };
  readonly struckReviewIds: readonly string[];
  readonly ledger: readonly LedgerClaim[];
  readonly events: readonly DomainEvent[];
  readonly rechecks: readonly Recheck[];
  readonly clusters: readonly { readonly clusterId: string; readonly accountIds: readonly string[] }[];
  readonly nowMs: number;
}

export interface EffectStore {
  /** Writes all of it in one transaction; `already-applied` when the check was finished before. */
  apply(effects: CheckEffects): Promise<'applied' | 'already-applied'>;
}
