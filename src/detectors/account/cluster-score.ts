import type { AccountCluster } from './account-clusters.ts';
import type { BehaviourEdge } from './behaviour.ts';
import { LINK_GROUPS, type LinkGroup } from './link.ts';
import { type LinkedAccount, OWN_MEANS, type OwnMeans } from './link-graph.ts';
import type { ClusterSettings } from './settings.ts';

/** One addend of the score of a cluster. */
interface ScoreTerm {
  readonly name: string;
  /** One sentence for a moderator. */
  readonly why: string;
  readonly nats: number;
}

/** How likely one hand runs the accounts of a cluster, and why. */
export interface ClusterScore {
  readonly probability01: number;
  /** The rule of issue 5 holds: enough independent groups of identifiers and enough behaviours. */
  readonly isEligible: boolean;
  readonly groups: readonly LinkGroup[];
  readonly behaviours: readonly string[];
  readonly terms: readonly ScoreTerm[];
  /** Share of all visits that came through VPN, hosting or Tor, 0–1. */
  readonly anonymousShare01: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const GROUP_WORDS: Readonly<Record<LinkGroup, string>> = {
  DEVICE: 'the same device',
  PAYMENT: 'the same means of payment',
  PHONE: 'the same telephone number',
  EMAIL: 'the same mailbox under several spellings',
  PLACE: 'the same postal address or home network',
  EXIT: 'the same exit of a VPN or hosting provider',
};

/** Sentences of behaviour come from elsewhere; evidence holds at most 1,000 characters. */
const shorten = (text: string): string => (text.length <= 800 ? text : `${text.slice(0, 800).toWellFormed()} …`);

const percent = (share01: number): string => `${Math.round(share01 * 100)} %`;

/** The largest number of accounts that were registered within one window, and the width they really took. */
const largestBurst = (
  accounts: readonly LinkedAccount[],
  windowMs: number,
): { readonly count: number; readonly spanMs: number } => {
  const times = accounts.map((account) => account.registeredAtMs).sort((a, b) => a - b);
  let best = { count: 0, spanMs: 0 };
  let first = 0;
  for (const [last, time] of times.entries()) {
    while (time - (times[first] ?? time) > windowMs) first += 1;
    const count = last - first + 1;
    if (count > best.count) best = { count, spanMs: time - (times[first] ?? time) };
  }
  return best;
};

/** For each behaviour: the best edge of each account, averaged over all accounts, so that one busy pair does not speak for a crowd. */
const behaviourMeans = (
  cluster: AccountCluster,
  behaviours: readonly BehaviourEdge[],
  settings: ClusterSettings,
): Map<string, { nats: number; coverage01: number; why: string }> => {
  const members = new Set(cluster.accounts.map((account) => account.id));
  const best = new Map<string, { byAccount: Map<string, number>; top: BehaviourEdge }>();
  for (const edge of behaviours) {
    if (edge.a === edge.b || !members.has(edge.a) || !members.has(edge.b)) continue;
    const known = best.get(edge.kind) ?? { byAccount: new Map<string, number>(), top: edge };
    if (edge.nats > known.top.nats) known.top = edge;
    for (const id of [edge.a, edge.b]) known.byAccount.set(id, Math.max(known.byAccount.get(id) ?? 0, edge.nats));
    best.set(edge.kind, known);
  }
  const means = new Map<string, { nats: number; coverage01: number; why: string }>();
  for (const [kind, { byAccount, top }] of best) {
    let sum = 0;
    for (const nats of byAccount.values()) sum += Math.min(settings.behaviourCapNats, nats);
    means.set(kind, { nats: sum / members.size, coverage01: byAccount.size / members.size, why: top.why });
  }
  return means;
};

const coverageOfGroups = (cluster: AccountCluster): Map<LinkGroup, number> => {
  const touched = new Map<LinkGroup, Set<string>>();
  for (const link of cluster.links) {
    const ids = touched.get(link.group) ?? new Set();
    for (const id of link.accountIds) ids.add(id);
    touched.set(link.group, ids);
  }
  const coverage = new Map<LinkGroup, number>();
  for (const group of LINK_GROUPS) {
    const ids = touched.get(group);
    if (ids !== undefined) coverage.set(group, ids.size / cluster.accounts.length);
  }
  return coverage;
};

const spanWords = (spanMs: number): string =>
  spanMs < DAY_MS ? `${Math.max(1, Math.ceil(spanMs / HOUR_MS))} hours` : `${Math.ceil(spanMs / DAY_MS)} days`;

/** Share of the visits of all members that came through VPN, hosting or Tor, 0–1. */
const hiddenShareOf = (accounts: readonly LinkedAccount[]): number => {
  let sessions = 0;
  let hidden = 0;
  for (const account of accounts) {
    sessions += account.sessionCount;
    hidden += account.anonymousSessionCount;
  }
  return sessions === 0 ? 0 : hidden / sessions;
};

const sum = (terms: readonly ScoreTerm[]): number => terms.reduce((total, term) => total + term.nats, 0);

/** Shared identifiers as terms. In a household they are explained by the household, beyond a small rest. */
const identityTerms = (
  coverage: ReadonlyMap<LinkGroup, number>,
  size: number,
  isHousehold: boolean,
  settings: ClusterSettings,
): ScoreTerm[] => {
  const terms = [...coverage].map(([group, share01]) => ({
    name: `shared ${group.toLowerCase()}`,
    why: `${percent(share01)} of the ${size} accounts share ${GROUP_WORDS[group]} with another of them.`,
    nats: settings.groupNats[group] * share01,
  }));
  const excess = sum(terms) - settings.household.identityCapNats;
  if (isHousehold && excess > 0)
    terms.push({
      name: 'explained by a household',
      why: 'People of one household share such things; only a part of them counts.',
      nats: -excess,
    });
  return terms;
};

const OWN_WORDS: Readonly<Record<OwnMeans, string>> = {
  DEVICE: 'a device',
  PAYMENT: 'a means of payment',
  PHONE: 'a telephone number',
};

/** What speaks for several people: means of their own beside the shared ones, which one hand seldom has for each account. */
const ownMeansTerms = (
  { accounts, ownMeans }: AccountCluster,
  { ownMeansNats }: ClusterSettings['household'],
): ScoreTerm[] =>
  OWN_MEANS.filter((kind) => ownMeans[kind] > 0).map((kind) => ({
    name: `own ${kind.toLowerCase()}`,
    why: `${ownMeans[kind]} of the ${accounts.length} accounts have ${OWN_WORDS[kind]} that no other account uses.`,
    nats: (-ownMeansNats[kind] * ownMeans[kind]) / accounts.length,
  }));

/**
 * Scores a cluster by a sum of capped log-likelihood ratios. VPN use alone adds nothing; it strengthens behaviour.
 * A probability is given also where the cluster is not eligible, so that tuning can see it; findings need both.
 * Calibration: docs/decisions/0163-account-clusters.md.
 */
export const scoreCluster = (
  cluster: AccountCluster,
  behaviours: readonly BehaviourEdge[],
  settings: ClusterSettings,
): ClusterScore => {
  const { household } = settings;
  const size = cluster.accounts.length;
  const coverage = coverageOfGroups(cluster);
  const groups = [...coverage].filter(([, share01]) => share01 >= settings.minCoverage01).map(([group]) => group);
  const anonymousShare01 = hiddenShareOf(cluster.accounts);
  const isHousehold =
    size <= household.maxAccounts &&
    (coverage.get('PLACE') ?? 0) >= settings.minCoverage01 &&
    anonymousShare01 <= household.maxHiddenShare01;
  const terms = identityTerms(coverage, size, isHousehold, settings);

  const kinds: string[] = [];
  const behaviourTerms: ScoreTerm[] = [];
  for (const [kind, mean] of behaviourMeans(cluster, behaviours, settings)) {
    if (mean.coverage01 >= settings.minCoverage01 && !settings.supportingBehaviours.includes(kind)) kinds.push(kind);
    behaviourTerms.push({
      name: kind.toLowerCase().replaceAll('_', ' '),
      why: `${percent(mean.coverage01)} of the accounts act alike. For example: ${shorten(mean.why)}`,
      nats: mean.nats,
    });
  }
  const burst = largestBurst(cluster.accounts, settings.burst.windowHours * HOUR_MS);
  if (burst.count >= 2) {
    const share01 = burst.count / size;
    if (share01 >= settings.minCoverage01 && !isHousehold) kinds.push('REGISTRATION_BURST');
    const nats = Math.min(settings.burst.capNats, (burst.count - 1) * settings.burst.natsPerAccount) * share01;
    behaviourTerms.push({
      name: 'registration burst',
      why: `${burst.count} of the ${size} accounts were registered within ${spanWords(burst.spanMs)}.`,
      nats: isHousehold ? Math.min(household.burstCapNats, nats) : nats,
    });
  }
  const behaviourNats = sum(behaviourTerms);
  terms.push(...behaviourTerms);
  if (anonymousShare01 > 0 && behaviourNats > 0)
    terms.push({
      name: 'hidden networks',
      why: `${percent(anonymousShare01)} of the visits came through VPN, hosting or Tor, which strengthens what the accounts did alike.`,
      nats: behaviourNats * settings.anonymousBoost01 * anonymousShare01,
    });
  if (isHousehold)
    terms.push({
      name: 'may be a household',
      why: `${size} accounts at one place, seldom through hidden networks, may be a family.`,
      nats: -household.reliefNats,
    });
  if (isHousehold) terms.push(...ownMeansTerms(cluster, household));
  if (size > household.maxAccounts)
    terms.push({
      name: 'size',
      why: `${size} accounts are more than a household has.`,
      nats: Math.min(settings.sizeCapNats, (size - household.maxAccounts) * settings.sizeNatsPerAccount),
    });

  return {
    probability01: 1 / (1 + Math.exp(-(settings.slope * sum(terms) + settings.offsetNats))),
    isEligible: size >= 2 && groups.length >= settings.minGroups && kinds.length >= settings.minBehaviours,
    groups,
    behaviours: kinds.sort(),
    terms,
    anonymousShare01,
  };
};
