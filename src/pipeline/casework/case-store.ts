import type { CaseMoment } from '../../domain/case.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { CaseDecisionView } from '../../domain/views/made-decision-view.ts';
import type { CaseSummary } from '../../domain/views/case-view.ts';
import type { Severity, ViolationType } from '../../domain/violation.ts';
import type { Reach, Reviewer } from './reviewer.ts';

/** A case as it stands, locked while somebody works on the answer. */
export interface StoredCase {
  readonly id: string;
  readonly caseKey: string;
  readonly queue: string;
  readonly severity: Severity;
  readonly violationType: ViolationType;
  readonly neededSkills: readonly string[];
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly sellerId?: string;
  readonly market?: string;
  readonly assigneeId?: string;
  readonly assignedUntilMs?: number;
  readonly claimedAtMs?: number;
  readonly openedAtMs: number;
  /** Who had a hand in what the case appeals against, and so does not take it. */
  readonly barredIds: readonly string[];
  /** Everybody who proposed, approved or decided so far. */
  readonly priorReviewers: readonly string[];
  readonly moment: CaseMoment;
  /** The decision that is proposed or can still be undone. */
  readonly openDecision?: OpenDecision;
}

/** A case that is locked for a step, with what decides who may take it. */
export interface LockedCase extends StoredCase {
  /** How many of proposer and second reviewer are people with an account. */
  readonly peopleBefore: number;
  /** Of a case about an account: whoever decided what counts against its buyer, and so hears no appeal of theirs. */
  readonly appealedDeciders: readonly string[];
  /** The case in which an appeal against a decision of this one is heard now. */
  readonly hearingCaseId?: string;
}

/** A decision that is not in force yet. */
export interface OpenDecision {
  readonly id: string;
  readonly state: 'PROPOSED' | 'PENDING';
  readonly decidedBy: string;
  readonly undoUntilMs: number;
  readonly request: DecisionRequest;
}

/** Something that happened to a case, for its history and for the stream. */
export interface CaseHappening {
  readonly type: string;
  readonly actor: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A decision about a case, to be written with the move that it makes. */
export interface DecisionDraft {
  readonly id: string;
  readonly state: 'PROPOSED' | 'PENDING';
  readonly by: Pick<Reviewer, 'id' | 'name'>;
  readonly undoUntilMs: number;
  readonly automation: CaseDecisionView['automation'];
  /** With every subject spelt out. */
  readonly request: DecisionRequest;
  readonly handlingMs?: number;
  readonly secondReviewWhy?: string;
  readonly bulkId?: string;
  readonly rulesetDigest: string;
}

/** Another state of a decision that was written before. */
export interface DecisionUpdate {
  readonly id: string;
  readonly state?: CaseDecisionView['state'];
  readonly undoUntilMs?: number;
  readonly second?: { readonly by: string; readonly verdict: 'AGREE' | 'DISAGREE'; readonly note: string };
}

/** What a step changes; null takes a value away. */
export interface CaseChange {
  readonly moment: CaseMoment;
  readonly happenings: readonly CaseHappening[];
  readonly assignee?: { readonly id: string; readonly untilMs: number } | null;
  readonly holdReason?: string | null;
  readonly claimedAtMs?: number;
  /** Set while a decision waits for its effects, null when it was taken back. */
  readonly enforceAtMs?: number | null;
  readonly decidedAtMs?: number | null;
  readonly priorReviewers?: readonly string[];
  /** The case takes no more checks in, or (`false`) takes them in again where no other case does meanwhile. */
  readonly isKeyFree?: boolean;
  readonly isClosed?: boolean;
  readonly insertDecision?: DecisionDraft;
  readonly updateDecision?: DecisionUpdate;
}

/** A case after a step. */
export interface ChangedCase {
  readonly summary: CaseSummary;
  readonly stored: StoredCase;
}

export interface NextWish {
  readonly reviewer: Reviewer;
  /** Undefined: every queue within reach. */
  readonly queue?: string;
  readonly preferId?: string;
  readonly skipIds: readonly string[];
  /** Nothing is offered that only a person may take: second reviews, adjudications, or appeals. */
  readonly without?: { readonly secondReviews: boolean; readonly appeals: boolean };
}

export type NextAnswer =
  | { readonly kind: 'claimed'; readonly changed: ChangedCase; readonly upcomingId?: string }
  | { readonly kind: 'empty'; readonly withOthers: number };

/** Counts of one queue of cases. */
export interface QueueLoad {
  readonly queue: string;
  readonly waiting: number;
  readonly claimed: number;
  readonly overdue: number;
  readonly dueSoon: number;
  readonly secondReview: number;
  readonly oldestAtMs?: number;
}

export interface CaseStore {
  /** Claims the most urgent case that waits for this reviewer. Two calls at one moment never get the same case. */
  claimNext(wish: NextWish, nowMs: number): Promise<NextAnswer>;
  /**
   * Locks a case, hands it to `work` and writes what that answers, all in one transaction; what `work` throws changes
   * nothing. Answers undefined where there is no such case.
   */
  change(id: string, work: (current: LockedCase) => CaseChange, nowMs: number): Promise<ChangedCase | undefined>;
  /** As `change`, of two cases: the items of the first go to the second, and the first points to it. */
  merge(
    ids: { readonly fromId: string; readonly intoId: string },
    work: (from: StoredCase, into: StoredCase) => { readonly from: CaseChange; readonly into: CaseChange },
    nowMs: number,
  ): Promise<ChangedCase | undefined>;
  /** What happened to a case after its claim with this token. */
  since(id: string, fencingToken: number): Promise<readonly CaseHappening[]>;
  /** Gives cases back whose holders have gone silent; gives how many. */
  releaseLapsed(nowMs: number, limit: number): Promise<number>;
  /** Lets assignments end whose time is over. */
  endAssignments(nowMs: number): Promise<number>;
  /** Computes the priority of waiting cases anew where the nearing due time has changed it; gives how many. */
  refreshPriorities(nowMs: number, limit: number): Promise<number>;
  /** Closes cases whose time to appeal is over. */
  closeAppealed(nowMs: number, limit: number): Promise<number>;
  loads(reach: Reach, nowMs: number): Promise<readonly QueueLoad[]>;
  /** Somebody has an account here. */
  arePeopleKnown(): Promise<boolean>;
  /** Name of a person or key that may work; undefined where there is none or it is disabled. */
  nameOf(id: string): Promise<string | undefined>;
  colleagues(): Promise<readonly { readonly id: string; readonly name: string; readonly role: string }[]>;
}
