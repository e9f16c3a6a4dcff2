import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import { ACCOUNT_DETECTOR_VERSION, type AccountFacts } from './account-facts.ts';
import { type ClusterScore, scoreCluster } from './cluster-score.ts';
import type { AccountCluster } from './account-links.ts';
import { linkSentence } from './link-words.ts';
import { networkEvidenceOf } from './network-evidence.ts';
import type { ClusterSettings } from './settings.ts';

/** Links shown to a moderator; a cluster of 500 has more than anybody reads. */
const MAX_LINKS_SHOWN = 60;

const CLEARED_BY =
  'The accounts prove to belong to different people who live or work together (a family, a shared office), ' +
  'for example by separate identity checks or separate, unrelated orders that were delivered.';

const clusterEvidence = (cluster: AccountCluster, score: ClusterScore): Evidence => ({
  kind: 'ACCOUNT_CLUSTER',
  why: `${cluster.accounts.length} accounts share ${score.groups.length} independent kinds of identifier and act alike in ${score.behaviours.length} ways.`,
  clusterId: cluster.id,
  accountIds: cluster.accounts.map((account) => account.id),
  identifierKinds: [...score.groups],
  behaviours: [...score.behaviours],
  terms: score.terms.map((term) => ({ ...term })),
  clearedBy: CLEARED_BY,
});

/** The finding that the account belongs to a cluster of one hand; none where the rule or the probability fails. */
export const findSockPuppets = (facts: AccountFacts, settings: ClusterSettings): Finding[] => {
  const behaviours = facts.behaviours ?? [];
  const cluster = facts.accountLinks.clusterOf(facts.account.id, behaviours);
  if (cluster.accounts.length < 2) return [];
  const score = scoreCluster(cluster, behaviours, settings);
  if (!score.isEligible || score.probability01 < settings.minProbability01) return [];
  return [
    {
      detector: 'account',
      detectorVersion: ACCOUNT_DETECTOR_VERSION,
      violationType: 'ACC_SOCK_PUPPET_VPN',
      probability: score.probability01,
      summary:
        `The account is one of ${cluster.accounts.length} that one hand seems to run: they share ` +
        `${score.groups.map((group) => group.toLowerCase()).join(', ')} and act alike (${score.behaviours
          .map((kind) => kind.toLowerCase().replaceAll('_', ' '))
          .join(', ')}).`,
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
    },
  ];
};
