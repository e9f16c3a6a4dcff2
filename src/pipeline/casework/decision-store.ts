import type { CreditEntryDraft } from '../../domain/credit.ts';
import type { FindingSource, FiredRule } from '../../domain/decision.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { CaseDecisionView } from '../../domain/views/made-decision-view.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { DecidedSubject, DecisionPlan } from '../../policy/decision-wish.ts';
import type { AppealFacts, AppealSettlement } from '../appeals/appeal-store.ts';
import type { DomainEvent } from '../effects.ts';
import type { RingSplit, SplittableRing } from '../split-ring.ts';
import type { StoredCase } from './case-store.ts';

/** A seller with what a decision must know. */
export interface DecidedSeller {
  readonly sellerId: string;
  readonly legalId: string;
  readonly storeName: string;
  readonly standing: string;
  readonly registeredAtMs: number;
}

/** What is stored of everything that a case is about. */
export interface DecisionFacts {
  readonly case: StoredCase;
  /** Subjects of the case: a ring or cluster alone, else every subject of its checks. */
  readonly subjects: readonly Omit<DecidedSubject, 'actions'>[];
  readonly seller?: DecidedSeller;
  /** Of the case of an appeal: what is appealed. */
  readonly appeal?: AppealFacts;
  /** The case in which an appeal against a decision of this one is heard now. */
  readonly hearingCaseId?: string;
  /** The seller whom evidence names as the one behind a ring. */
  readonly instigatorId?: string;
  readonly ring?: SplittableRing;
  /** Accounts of a cluster. */
  readonly clusterAccountIds?: readonly string[];
  /** What brought the case up. */
  readonly source: FindingSource;
  readonly findingTypes: readonly ViolationType[];
  readonly firedRules: readonly FiredRule[];
  /** Countries to which the goods are sold; empty where they are not known. */
  readonly territory: readonly string[];
}

/** Everything that a decision changes once it takes effect, written in one transaction or not at all. */
export interface DecisionEffects {
  readonly caseId: string;
  readonly decisionId: string;
  readonly decidedBy: string;
  readonly automation: CaseDecisionView['automation'];
  readonly request: DecisionRequest;
  readonly plan: DecisionPlan;
  readonly sellerId?: string;
  readonly sellerLegalId?: string;
  readonly split?: RingSplit;
  /** Accounts of a cluster that the decision holds for one hand. */
  readonly oneHandIds: readonly string[];
  /** Standing that accounts of a cluster get. */
  readonly accounts?: { readonly ids: readonly string[]; readonly standing: string };
  /** Members of a cluster who are let go: what they share with the others says nothing of them from now on. */
  readonly cleared?: {
    readonly clusterId: string;
    readonly memberIds: readonly string[];
    readonly keptIds: readonly string[];
  };
  readonly penalties: readonly CreditEntryDraft[];
  readonly firedRuleIds: readonly string[];
  readonly findingTypes: readonly ViolationType[];
  readonly events: readonly DomainEvent[];
  readonly quarantineUntilMs: number;
  readonly appealUntilMs: number;
  /** Of a ruling on an appeal. */
  readonly appeal?: AppealSettlement;
  /** The decision is looked at once more by somebody who does not see it. */
  readonly sample?: { readonly id: string; readonly why: string; readonly dueAtMs: number };
  readonly rulesetDigest: string;
  readonly nowMs: number;
}

/** A reversal of a decision that is in force. */
export interface Reversal {
  readonly caseId: string;
  readonly decisionId: string;
  readonly by: string;
  readonly note: string;
  /** The appeal that was won. */
  readonly appealId?: string;
  readonly rulesetDigest: string;
  readonly nowMs: number;
}

export interface DecisionStore {
  facts(caseId: string, subjects?: DecisionRequest['subjects']): Promise<DecisionFacts | undefined>;
  /** Cases whose decision is due to take effect. */
  due(nowMs: number, limit: number): Promise<readonly string[]>;
  /** `skipped` when the decision was undone or has taken effect meanwhile. */
  enforce(effects: DecisionEffects): Promise<'enforced' | 'skipped'>;
  /** Takes a decision back: statuses, ledger entries at their original dates, statements; told as events. */
  reverse(reversal: Reversal): Promise<'reversed' | 'not-in-force'>;
  decision(id: string): Promise<CaseDecisionView | undefined>;
  /** Latest first. */
  decisions(caseId: string): Promise<readonly CaseDecisionView[]>;
  /** Decisions that a person has made. */
  countOf(personId: string): Promise<number>;
}
