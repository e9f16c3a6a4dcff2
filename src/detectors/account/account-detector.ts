import type { Detector } from '../detector.ts';
import { ACCOUNT_DETECTOR_VERSION, type AccountFacts } from './account-facts.ts';
import { findBanEvasion } from './ban-evasion.ts';
import { findImpossibleTravel } from './impossible-travel.ts';
import type { AccountSettings } from './settings.ts';
import { findSockPuppets } from './sock-puppets.ts';

/**
 * Finds accounts that one hand runs (ACC_SOCK_PUPPET_VPN), offers that they harvest (TRD_PROMO_ABUSE), terminated sellers
 * who come back (ACC_BAN_EVASION) and accounts used in two places at once (ACC_IMPERSONATION_HIJACK).
 */
export const createAccountDetector = (settings: AccountSettings): Detector<AccountFacts> => ({
  name: 'account',
  version: ACCOUNT_DETECTOR_VERSION,
  subjects: ['ACCOUNT'],
  needs: ['account', 'accountLinks', 'nowMs'],
  detect: (facts) => ({
    kind: 'findings',
    findings: [
      ...findSockPuppets(facts, settings),
      ...findBanEvasion(facts, settings.banEvasion),
      ...findImpossibleTravel(facts.account, settings.travel),
    ],
  }),
});
