import type { Action, DecisionReason, FindingSource, Outcome } from '../domain/decision.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { StatementOfReasons } from '../domain/statement.ts';
import type { Severity, ViolationType } from '../domain/violation.ts';

/** A subject that a decision is about, as it is stored now. */
export interface DecidedSubject {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly title: string;
  /** Publication, authenticity or standing; absent where nothing of the kind is stored. */
  readonly status?: string;
  readonly sellerId?: string;
  /** The latest check of the subject that the case holds. */
  readonly checkId?: string;
  /** When what is judged was made. */
  readonly createdAtMs: number;
  readonly actions: readonly Action[];
}

/** What a decision is made of: the wish of a person, and what is stored of its subjects. */
export interface DecisionWish {
  readonly decisionId: string;
  readonly severity: Severity;
  readonly reason: DecisionReason;
  readonly violationType?: ViolationType;
  readonly subjects: readonly DecidedSubject[];
  readonly isSerious: boolean;
  readonly durationDays?: number;
  readonly explanation: string;
  /** Who answers with points and strikes, where that is known. */
  readonly penalisedSeller?: { readonly sellerId: string; readonly status: string; readonly points: number };
  /** The seller is named by evidence or by the person; being praised by a ring is no guilt. */
  readonly isPenalisedNamed: boolean;
  readonly source: FindingSource;
  readonly isDetectedByMachine: boolean;
  readonly territory: readonly string[];
  readonly bulkCount: number;
  readonly nowMs: number;
}

/** What becomes of one subject. */
export interface PlannedSubject extends DecidedSubject {
  readonly statusAfter?: string;
  readonly isRatingStruck: boolean;
  readonly outcome: Outcome;
}

export interface DecisionPlan {
  readonly subjects: readonly PlannedSubject[];
  readonly penalty?: { readonly sellerId: string; readonly points: number; readonly strikes: number };
  readonly statements: readonly { readonly subject: PlannedSubject; readonly statement: StatementOfReasons }[];
  readonly secondReviewWhy?: string;
  readonly warnings: readonly string[];
}

/** Why a decision cannot be made as it is wished. */
export interface DecisionProblem {
  readonly path: string;
  readonly message: string;
}
