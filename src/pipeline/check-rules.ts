import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import type { Order } from '../domain/order.ts';
import type { Review } from '../domain/review.ts';
import type { DecisionContext } from '../policy/decision-input.ts';
import type { PolicySettings } from '../policy/policy-settings.ts';
import type { DecisionDifference } from '../policy/shadow.ts';
import type { BegunCheck } from './check-store.ts';
import type { LedgerClaim } from './effects.ts';

/** A review on its way into the ledger. */
export interface ReviewCredit {
  readonly review: Review;
  readonly sellerLegalId: string;
  readonly order?: Order;
  readonly buyerClusterId: string;
  /** Weight of the buyer's reviews by their standing, millionths; absent: in full. */
  readonly buyerWeightPpm?: number;
  readonly nowMs: number;
}

/** An order with what is known of it, on its way into the ledger. */
export interface OrderCredit {
  readonly order: Order;
  /** Reviews of the order, whose fault may have to be seen anew. */
  readonly reviews: readonly Review[];
  readonly sellerLegalId: string;
  readonly buyerClusterId: string;
  readonly nowMs: number;
}

/** A decision with what it depended on beside the findings, and what the version in shadow would have made of it. */
export interface JudgedCheck {
  readonly decision: Decision;
  readonly context: DecisionContext;
  /** Present while a version is in shadow; nothing of it is enforced. */
  readonly shadow?: { readonly rulesetDigest: string; readonly difference?: DecisionDifference };
  /** Automatic measures that may take effect within an hour. */
  readonly quotas: PolicySettings['breaker'];
}

/** The published rules, as the checks use them. */
export interface CheckRules {
  readonly digest: string;
  /** Probability of what one side says. */
  readonly claims: PolicySettings['claims'];
  decide(question: {
    readonly check: BegunCheck;
    readonly findings: readonly Finding[];
    readonly sellerId?: string;
    readonly nowMs: number;
  }): Promise<JudgedCheck>;
  /** Findings that need no more than the review and its order, such as a complaint of delivery alone. */
  findingsOfReview(review: Review, order: Order | undefined): readonly Finding[];
  creditOfReview(credit: ReviewCredit): LedgerClaim;
  /** Weight of a buyer's next review, millionths. */
  weightOfBuyer(accountId: string, nowMs: number): Promise<number>;
  /** The dispute of the order, and its reviews seen anew. */
  creditOfOrder(credit: OrderCredit): readonly LedgerClaim[];
}
