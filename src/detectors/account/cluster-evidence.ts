import type { Evidence } from '../../domain/evidence.ts';
import type { AccountCluster } from './account-clusters.ts';
import type { ClusterScore } from './cluster-score.ts';

const CLEARED_BY =
  'The accounts prove to belong to different people who live or work together (a family, a shared office), ' +
  'for example by separate identity checks or separate, unrelated orders that were delivered.';

/** The cluster as a moderator sees it: members, what they share, what they did alike, each term of the score. */
export const clusterEvidence = (cluster: AccountCluster, score: ClusterScore): Evidence => ({
  kind: 'ACCOUNT_CLUSTER',
  why: `${cluster.accounts.length} accounts share ${score.groups.length} independent kinds of identifier and act alike in ${score.behaviours.length} ways.`,
  clusterId: cluster.id,
  accountIds: cluster.accounts.map((account) => account.id),
  identifierKinds: [...score.groups],
  behaviours: [...score.behaviours],
  terms: score.terms.map((term) => ({ ...term })),
  clearedBy: CLEARED_BY,
});
