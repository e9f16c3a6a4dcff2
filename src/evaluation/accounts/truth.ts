import type { PseudonymousAccount } from '../../domain/account.ts';
import type { BehaviourEdge } from '../../detectors/account/behaviour.ts';

/** What kind of people stand behind a group of accounts. Only PUPPETS are to be found. */
export const POPULATION_KINDS = [
  'SINGLE',
  'FAMILY',
  'DORMITORY',
  'OFFICE',
  'INTERNET_CAFE',
  'CARRIER_NAT',
  'PUPPETS',
] as const;
export type PopulationKind = (typeof POPULATION_KINDS)[number];

/** Accounts that belong together in truth, with what they did alike. */
export interface PopulationGroup {
  readonly kind: PopulationKind;
  /** Name of the group, unique in a population. */
  readonly groupId: string;
  /** How careful the operator of PUPPETS is; absent for people. */
  readonly profile?: string;
  readonly accounts: readonly PseudonymousAccount[];
  readonly behaviours: readonly BehaviourEdge[];
}
