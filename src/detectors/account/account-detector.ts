import type { Detector } from '../detector.ts';
import { ACCOUNT_DETECTOR_VERSION, type AccountFacts } from './account-facts.ts';
import { findBanEvasion } from './ban-evasion.ts';
import { findSockPuppets } from './sock-puppets.ts';
import type { AccountSettings } from './settings.ts';

/** Finds accounts that one hand runs (ACC_SOCK_PUPPET_VPN) and terminated sellers who come back (ACC_BAN_EVASION). */
export const createAccountDetector = (settings: AccountSettings): Detector<AccountFacts> => ({
  name: 'account',
  version: ACCOUNT_DETECTOR_VERSION,
  subjects: ['ACCOUNT'],
  needs: ['account', 'accountLinks', 'nowMs'],
  detect: (facts) => ({
    kind: 'findings',
    findings: [...findSockPuppets(facts, settings.cluster), ...findBanEvasion(facts, settings.banEvasion)],
  }),
});
