import type { BehaviourEdge } from '../../detectors/account/behaviour.ts';
import type { PseudonymousAccount } from '../../domain/account.ts';

/** What kind of people stand behind a group of accounts of the made-up population. Only PUPPETS are to be found. */
export type PopulationKind = 'SINGLE' | 'FAMILY' | 'DORMITORY' | 'OFFICE' | 'INTERNET_CAFE' | 'CARRIER_NAT' | 'PUPPETS';

/** Accounts that belong together in truth, with what they did alike. */
export interface PopulationGroup {
  /** A `PopulationKind`, or whatever a file calls its groups. */
  readonly kind: string;
  /** One hand runs the accounts: they are to be found. */
  readonly isOneHand: boolean;
  /** Name of the group, unique in a population. */
  readonly groupId: string;
  /** How careful the operator is; absent for people. */
  readonly profile?: string;
  readonly accounts: readonly PseudonymousAccount[];
  readonly behaviours: readonly BehaviourEdge[];
}
