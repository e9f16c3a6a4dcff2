import type { AppealRuling, AppealState } from '../../domain/appeal.ts';
import type { Action, DecisionReason } from '../../domain/decision.ts';
import type { SellerAppealBody, SellerAppealView } from '../../domain/views/appeal-view.ts';
import type { CaseDecisionView } from '../../domain/views/made-decision-view.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { AppealableDecision } from '../../policy/appealable.ts';
import type { DecidedStatus } from '../../policy/restored-status.ts';
import type { Reach } from '../casework/reviewer.ts';
import type { CampaignWindow } from '../lost-windows.ts';
import type { Page, PageRequest } from '../page-cursor.ts';

/** A decision that a seller wants to appeal against. */
export interface AppealTarget extends AppealableDecision {
  readonly caseId: string;
  /** Everybody with a hand in it: none of them hears the appeal. */
  readonly handIds: readonly string[];
}

/** An appeal to be written, with the case in which it is heard. */
export interface AppealDraft extends SellerAppealBody {
  readonly id: string;
  readonly sellerId: string;
  readonly legalId: string;
  readonly submittedBy: string;
  readonly handIds: readonly string[];
  readonly caseId: string;
  /** One sentence for the list of cases. */
  readonly summary: string;
  readonly dueAtMs: number;
  readonly nowMs: number;
}

/** `known`: an appeal of this legal entity against the decision is there already. */
export type SubmittedAppeal = { readonly kind: 'submitted' | 'known'; readonly appeal: SellerAppealView };

/** Markets and queues of a reviewer. */
type Bounds = Pick<Reach, 'markets' | 'queues'>;

export interface AppealStore {
  /** The decision, with the seller's legal entity; each undefined where it is not stored. */
  target(
    decisionId: string,
    sellerId: string,
  ): Promise<{ readonly decision?: AppealTarget; readonly legalId?: string }>;
  /**
   * Writes an appeal, its case with everything that the appealed case holds, and the events, in one transaction, unless
   * there is one. `recheck` is asked of the decision while it is locked, and throws where it can be appealed no more.
   */
  submit(draft: AppealDraft, recheck: (decision: AppealTarget) => void): Promise<SubmittedAppeal>;
  /** Undefined where it is not there, or its case is out of reach. */
  find(id: string, reach: Bounds): Promise<SellerAppealView | undefined>;
  /** Those within reach, latest first; undefined where there is no such seller. */
  list(sellerId: string, page: PageRequest, reach: Bounds): Promise<Page<SellerAppealView> | undefined>;
  /** Notes that the seller went to a body outside; `refused` tells why not. */
  goOutOfCourt(
    id: string,
    outside: { readonly body: string; readonly reference: string },
    nowMs: number,
  ): Promise<SellerAppealView | { readonly refused: string } | undefined>;
  /** Ends appeals ruled before the first moment, and those that went outside before the second; gives how many. */
  closeSettled(
    before: { readonly ruledMs: number; readonly outsideMs: number },
    nowMs: number,
    limit: number,
  ): Promise<number>;
}

/** What whoever rules on an appeal decides about. */
export interface AppealFacts {
  readonly id: string;
  readonly state: AppealState;
  readonly sellerId: string;
  readonly campaigns: readonly CampaignWindow[];
  readonly decision: {
    readonly id: string;
    readonly caseId: string;
    readonly state: CaseDecisionView['state'];
    readonly reason: DecisionReason;
    readonly violationType?: ViolationType;
    readonly actions: readonly Action[];
    readonly isSerious: boolean;
    readonly durationDays?: number;
    readonly keepMemberIds?: readonly string[];
    readonly penalisedSellerId?: string;
    /** When it took effect, and its entries with it. */
    readonly enforcedAtMs: number;
    readonly subjects: readonly (DecidedStatus & { readonly id: string })[];
  };
}

/** What a ruling changes beside what the decision that it is changes. */
export interface AppealSettlement {
  readonly appealId: string;
  readonly ruling: AppealRuling;
  readonly reviewerId: string;
  /** The decision that is undone. */
  readonly undoes?: { readonly caseId: string; readonly decisionId: string };
  readonly lost?: SellerAppealView['lost'];
}
