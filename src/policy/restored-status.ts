import type { Outcome } from '../domain/decision.ts';
import type { SubjectKind } from '../domain/finding.ts';

/** What a decision made of one subject. */
export interface DecidedStatus {
  readonly kind: SubjectKind;
  readonly outcome: Outcome;
  /** Publication, authenticity or standing before and after; absent where nothing of the kind is stored. */
  readonly statusBefore?: string;
  readonly statusAfter?: string;
}

/** A restriction that was wrong puts the item up, even where a machine had taken it down before the person did. */
const publicationBack = (before: string): string => (before === 'DISABLED' || before === 'HELD' ? 'LIVE' : before);

/** Status of a subject once the decision about it is reversed; what changed hands since stays as it is now. */
export function restoredStatus(decided: DecidedStatus, statusNow: string | undefined): string | undefined {
  const { kind, outcome, statusBefore, statusAfter } = decided;
  if (statusNow === undefined || statusNow !== statusAfter) return statusNow;
  switch (kind) {
    case 'LISTING':
      if (statusBefore === undefined) return statusNow;
      return outcome === 'ALLOW' ? statusBefore : publicationBack(statusBefore);
    case 'ACCOUNT':
    case 'SELLER':
      return statusBefore ?? statusNow;
    case 'REVIEW':
      return 'CLEARED';
    case 'ORDER':
    case 'RING':
    case 'CLUSTER':
      return statusNow;
    default:
      return kind satisfies never;
  }
}
