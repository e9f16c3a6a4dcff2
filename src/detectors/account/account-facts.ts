import type { PseudonymousAccount } from '../../domain/account.ts';
import type { Order } from '../../domain/order.ts';
import type { AccountLinkIndex } from './account-links.ts';
import type { BehaviourEdge } from './behaviour.ts';

/** What the account detector needs. */
export interface AccountFacts {
  readonly account: PseudonymousAccount;
  /** Already holds the account. */
  readonly accountLinks: AccountLinkIndex;
  /** What accounts around this one did alike, from rings, texts and pictures. */
  readonly behaviours?: readonly BehaviourEdge[];
  /** Orders of the accounts around this one (`accountLinks.neighbourhoodOf`), for offers that were harvested. */
  readonly orders?: readonly Order[];
  /** Share of all buyers who used an offer, 0–1, by coupon or campaign id; an unknown one is taken as usual. */
  readonly offerShares?: ReadonlyMap<string, number>;
  /** Accounts of sellers who were terminated, and accounts that were. */
  readonly terminatedAccountIds?: ReadonlySet<string>;
  readonly nowMs: number;
}

/** Raised when the findings of the room change for the same facts. */
export const ACCOUNT_DETECTOR_VERSION = 2;
