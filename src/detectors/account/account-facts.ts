import type { PseudonymousAccount } from '../../domain/account.ts';
import type { AccountLinkIndex } from './account-links.ts';
import type { BehaviourEdge } from './behaviour.ts';

/** What the account detector needs. */
export interface AccountFacts {
  readonly account: PseudonymousAccount;
  /** Already holds the account. */
  readonly accountLinks: AccountLinkIndex;
  /** What accounts around this one did alike, from rings, texts, pictures and orders. */
  readonly behaviours?: readonly BehaviourEdge[];
  /** Accounts of sellers who were terminated, and accounts that were. */
  readonly terminatedAccountIds?: ReadonlySet<string>;
  readonly nowMs: number;
}

/** Raised when the findings of the room change for the same facts. */
export const ACCOUNT_DETECTOR_VERSION = 1;
