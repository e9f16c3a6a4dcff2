import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import { ACCOUNT_DETECTOR_VERSION, type AccountFacts } from './account-facts.ts';
import type { AccountCluster } from './account-clusters.ts';
import { clusterEvidence } from './cluster-evidence.ts';
import { type ClusterScore, scoreCluster } from './cluster-score.ts';
import { linkSentence } from './link-words.ts';
import { networkEvidenceOf } from './network-evidence.ts';
import { findPromotionAbuse, promotionEdges } from './promotion-abuse.ts';
import type { AccountSettings } from './settings.ts';

/** Links shown to a moderator; a cluster of 500 has more than anybody reads. */
const MAX_LINKS_SHOWN = 60;

const inWords = (names: readonly string[]): string =>
  names.map((name) => name.toLowerCase().replaceAll('_', ' ')).join(', ');

const sockPuppetFinding = (facts: AccountFacts, cluster: AccountCluster, score: ClusterScore): Finding => ({
  detector: 'account',
  detectorVersion: ACCOUNT_DETECTOR_VERSION,
  violationType: 'ACC_SOCK_PUPPET_VPN',
  probability: score.probability01,
  summary:
    `The account is one of ${cluster.accounts.length} that one hand seems to run: ` +
    `they share ${inWords(score.groups)} and act alike (${inWords(score.behaviours)}).`,
  evidence: [
    clusterEvidence(cluster, score),
    ...cluster.links.slice(0, MAX_LINKS_SHOWN).map((link): Evidence => ({
      kind: 'ACCOUNT_LINK',
      why: linkSentence(link),
      accountIds: [...link.accountIds],
      linkKind: link.kind,
      sharedBy: link.sharedBy,
      nats: link.nats,
    })),
    ...networkEvidenceOf(facts.account),
  ],
  about: cluster.id,
  signals: {
    clusterSize: cluster.accounts.length,
    identifierGroups: score.groups.length,
    behaviourKinds: score.behaviours.length,
    anonymousShare01: score.anonymousShare01,
  },
});

/**
 * The findings that the account belongs to a cluster of one hand, and that the cluster harvests offers; none where the
 * rule (two groups of identifiers and a behaviour) or the probability fails.
 */
export const findSockPuppets = (facts: AccountFacts, settings: AccountSettings): Finding[] => {
  const orders = facts.orders ?? [];
  const behaviours = [
    ...(facts.behaviours ?? []),
    ...promotionEdges(orders, facts.offerShares ?? new Map(), settings.promotion),
  ];
  const cluster = facts.accountLinks.clusterOf(facts.account.id, behaviours);
  if (cluster.accounts.length < 2) return [];
  const score = scoreCluster(cluster, behaviours, settings.cluster);
  if (!score.isEligible || score.probability01 < settings.cluster.minProbability01) return [];
  return [sockPuppetFinding(facts, cluster, score), ...findPromotionAbuse(cluster, score, orders, settings.promotion)];
};
