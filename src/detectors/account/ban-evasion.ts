import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import { ACCOUNT_DETECTOR_VERSION, type AccountFacts } from './account-facts.ts';
import type { BehaviourEdge } from './behaviour.ts';
import type { AccountLink } from './link.ts';
import { linkSentence } from './link-words.ts';
import type { AccountSettings } from './settings.ts';

type BanEvasionSettings = AccountSettings['banEvasion'];

interface Match {
  readonly terminatedId: string;
  readonly links: readonly AccountLink[];
  readonly alike: readonly BehaviourEdge[];
  readonly nats: number;
  readonly kinds: number;
}

/** How the account resembles one terminated account: identifiers and behaviour summed, place identifiers counted as one kind. */
const matchOf = (facts: AccountFacts, terminatedId: string, settings: BanEvasionSettings): Match => {
  const { account, accountLinks, behaviours = [] } = facts;
  const links = accountLinks.linksBetween(account.id, terminatedId);
  const alike = behaviours.filter(
    (edge) => (edge.a === account.id && edge.b === terminatedId) || (edge.b === account.id && edge.a === terminatedId),
  );
  // An address that both had half a year apart is still a link, but no sign of its own.
  const clear = links.filter((link) => link.nats >= settings.minSignNats);
  const kinds = new Set<string>([...clear.map((link) => link.group), ...alike.map((edge) => edge.kind)]);
  const nats = accountLinks.linkStrength(account.id, terminatedId) + alike.reduce((sum, edge) => sum + edge.nats, 0);
  return { terminatedId, links, alike, nats, kinds: kinds.size };
};

/**
 * The finding that a terminated seller comes back under this account: two independent kinds of identifier or behaviour
 * with one account that was terminated. The strongest match is shown. A terminated account itself is none.
 */
export const findBanEvasion = (facts: AccountFacts, settings: BanEvasionSettings): Finding[] => {
  const { account, accountLinks, terminatedAccountIds, behaviours = [] } = facts;
  if (terminatedAccountIds === undefined || terminatedAccountIds.has(account.id)) return [];
  const near = new Set<string>();
  for (const { accountId } of accountLinks.candidatesOf(account.id))
    if (terminatedAccountIds.has(accountId)) near.add(accountId);
  for (const edge of behaviours) {
    const other = edge.a === account.id ? edge.b : edge.b === account.id ? edge.a : undefined;
    if (other !== undefined && terminatedAccountIds.has(other)) near.add(other);
  }
  const matches = [...near]
    .map((id) => matchOf(facts, id, settings))
    .filter((match) => match.kinds >= settings.minGroups)
    .sort((left, right) => right.nats - left.nats || (left.terminatedId < right.terminatedId ? -1 : 1));
  const best = matches[0];
  if (best === undefined) return [];
  const probability = 1 / (1 + Math.exp(-(settings.slope * best.nats + settings.offsetNats)));
  if (probability < settings.minProbability01) return [];
  const evidence: Evidence[] = best.links.map((link) => ({
    kind: 'ACCOUNT_LINK',
    why: linkSentence(link),
    accountIds: [...link.accountIds],
    linkKind: link.kind,
    sharedBy: link.sharedBy,
    nats: link.nats,
  }));
  for (const edge of best.alike.slice(0, 50))
    evidence.push({ kind: 'FACT', why: edge.why, name: edge.kind, value: edge.nats, unit: 'nats' });
  return [
    {
      detector: 'account',
      detectorVersion: ACCOUNT_DETECTOR_VERSION,
      violationType: 'ACC_BAN_EVASION',
      probability,
      summary: `The account seems to belong to the people behind ${best.terminatedId}, which was terminated: ${best.kinds} independent signs agree.`,
      evidence,
      about: `ban-evasion:${best.terminatedId}`,
      signals: { independentSigns: best.kinds, terminatedMatches: matches.length },
    },
  ];
};
