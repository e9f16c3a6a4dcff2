import { seededRandom } from '../rings/seeded-random.ts';
import { AccountMaker } from './account-maker.ts';
import { createNetworkWorld } from './network-world.ts';
import {
  makeCarrierSubscribers,
  makeDormitory,
  makeFamily,
  makeInternetCafe,
  makeOffice,
  makeSingle,
} from './people.ts';
import { makePuppets } from './puppets.ts';
import type { PopulationGroup, PopulationKind } from './truth.ts';

/** Shares of accounts by kind; singles make up the rest. At least one in a hundred each of families, dormitories and carrier NAT. */
const SHARES: readonly { readonly kind: PopulationKind; readonly share: number; readonly make: typeof makeFamily }[] = [
  { kind: 'PUPPETS', share: 0.02, make: makePuppets },
  { kind: 'FAMILY', share: 0.14, make: makeFamily },
  { kind: 'DORMITORY', share: 0.02, make: makeDormitory },
  { kind: 'OFFICE', share: 0.02, make: makeOffice },
  { kind: 'INTERNET_CAFE', share: 0.005, make: makeInternetCafe },
  { kind: 'CARRIER_NAT', share: 0.03, make: makeCarrierSubscribers },
];

/**
 * A made-up population of about `accounts` accounts, group by group, the same for the same seed.
 * It shares no code and no setting with the detector. Shares and habits are guesses (no public data set has them), so
 * what is measured on it compares designs; it is no promise for a marketplace.
 */
export function* generatePopulation(options: {
  readonly accounts: number;
  readonly seed: number;
  /**
   * How often people of one household act alike, against the usual (1): registering together, reviewing together, having
   * no device but the common one.
   */
  readonly householdNoise?: number;
}): Generator<PopulationGroup> {
  const maker = new AccountMaker(seededRandom(options.seed), options.householdNoise ?? 1);
  const world = createNetworkWorld(maker, options.accounts);
  let made = 0;
  for (const { share, make } of SHARES) {
    for (let left = options.accounts * share; left > 0;) {
      const group = make(maker, world);
      left -= group.accounts.length;
      made += group.accounts.length;
      yield group;
    }
  }
  while (made < options.accounts) {
    const group = makeSingle(maker, world);
    made += group.accounts.length;
    yield group;
  }
}
