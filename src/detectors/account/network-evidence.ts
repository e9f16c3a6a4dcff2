import type { NetworkClass, PseudonymousAccount } from '../../domain/account.ts';
import type { Evidence } from '../../domain/evidence.ts';

const WORDS: Readonly<Partial<Record<NetworkClass, string>>> = {
  VPN: 'through a VPN',
  HOSTING: 'through a hosting provider, where people do not live',
  TOR: 'through Tor',
};

/** What the account's own visits say of hidden networks; nothing where there is none. Shown beside other evidence only. */
export const networkEvidenceOf = (account: PseudonymousAccount): Evidence[] => {
  const byClass = new Map<NetworkClass, { sessions: number; names: Set<string> }>();
  for (const session of account.sessions) {
    if (WORDS[session.networkClass] === undefined) continue;
    const known = byClass.get(session.networkClass) ?? { sessions: 0, names: new Set<string>() };
    known.sessions += 1;
    if (session.networkName !== undefined) known.names.add(session.networkName.slice(0, 80).toWellFormed());
    byClass.set(session.networkClass, known);
  }
  return [...byClass].map(([networkClass, { sessions, names }]): Evidence => {
    const named = names.size === 0 ? '' : ` (${[...names].sort().slice(0, 3).join(', ')})`;
    return {
      kind: 'NETWORK',
      why: `${sessions} of ${account.sessions.length} visits came ${WORDS[networkClass]}${named}. That alone is no fault.`,
      networkClass,
      sessions,
      source: 'network class at the time of the visit',
    };
  });
};
