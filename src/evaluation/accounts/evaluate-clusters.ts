import { type AccountLinkIndex, createAccountLinkIndex } from '../../detectors/account/account-links.ts';
import type { BehaviourEdge } from '../../detectors/account/behaviour.ts';
import { scoreCluster } from '../../detectors/account/cluster-score.ts';
import type { AccountSettings } from '../../detectors/account/settings.ts';
import { type RankingMetrics, rankingMetrics } from '../rings/ranking-metrics.ts';
import type { JudgedCluster } from './cluster-calibration.ts';
import type { PopulationGroup } from './truth.ts';

/** How well clusters of one hand were told from people who share things. */
export interface AccountEvaluation {
  readonly accounts: number;
  readonly puppets: number;
  readonly behaviours: number;
  readonly byAccount: RankingMetrics;
  readonly flaggedClusters: number;
  /** Share of accounts of each kind that were flagged, 0–1. */
  readonly flaggedByKind: Readonly<Record<string, { readonly accounts: number; readonly flagged: number }>>;
  /** Recall by the operator's way of working. */
  readonly recallByProfile: Readonly<Record<string, { readonly accounts: number; readonly flagged: number }>>;
  /** Recall by the true size of the farm: `2–3`, `4–7`, `8–15`, `16+`. */
  readonly recallBySize: Readonly<Record<string, { readonly accounts: number; readonly flagged: number }>>;
  /** Mean squared error over all accounts: of the probability that is acted on, and of the share of puppets said of each. */
  readonly brier: { readonly model: number; readonly baseRate: number };
  /** Each cluster that the rule lets be judged, for fitting. */
  readonly judged: readonly JudgedCluster[];
  readonly buildMs: number;
  readonly clusterMs: number;
  /** One scored cluster for each account that is in one of two or more, for tuning and for `--out`. */
  readonly scored: readonly ScoredAccount[];
}

export interface ScoredAccount {
  readonly accountId: string;
  readonly clusterId: string;
  readonly clusterSize: number;
  readonly probability01: number;
  readonly isEligible: boolean;
  readonly isFlagged: boolean;
  readonly isPuppet: boolean;
}

interface Truth {
  readonly kind: string;
  readonly isOneHand: boolean;
  readonly profile: string | undefined;
  readonly groupSize: number;
}

const sizeClass = (size: number): string => (size < 4 ? '2–3' : size < 8 ? '4–7' : size < 16 ? '8–15' : '16+');

const counter = (): {
  readonly table: Record<string, { accounts: number; flagged: number }>;
  count(key: string, isFlagged: boolean): void;
} => {
  const table: Record<string, { accounts: number; flagged: number }> = {};
  return {
    table,
    count: (key, isFlagged) => {
      const cell = table[key] ?? { accounts: 0, flagged: 0 };
      cell.accounts += 1;
      if (isFlagged) cell.flagged += 1;
      table[key] = cell;
    },
  };
};

/** Clusters and scores a population, and compares with its truth. `nowMs` is a clock for timings only. */
export const evaluateClusters = (
  groups: Iterable<PopulationGroup>,
  settings: AccountSettings,
  nowMs: () => number,
): AccountEvaluation => {
  const index: AccountLinkIndex = createAccountLinkIndex(settings.links);
  const truth = new Map<string, Truth>();
  const edges: BehaviourEdge[] = [];
  const edgesOf = new Map<string, BehaviourEdge[]>();
  let buildMs = 0;
  for (const group of groups) {
    const startMs = nowMs();
    for (const account of group.accounts) index.add(account);
    buildMs += nowMs() - startMs;
    const groupSize = group.accounts.length;
    const known = { kind: group.kind, isOneHand: group.isOneHand, profile: group.profile, groupSize };
    for (const account of group.accounts) truth.set(account.id, known);
    for (const edge of group.behaviours) {
      edges.push(edge);
      for (const id of [edge.a, edge.b]) {
        const known = edgesOf.get(id);
        if (known === undefined) edgesOf.set(id, [edge]);
        else known.push(edge);
      }
    }
  }

  const startMs = nowMs();
  const scored: ScoredAccount[] = [];
  const isFlaggedById = new Map<string, ScoredAccount>();
  const judged: JudgedCluster[] = [];
  let flaggedClusters = 0;
  for (const cluster of index.clusters(edges)) {
    const near = new Set<BehaviourEdge>();
    for (const { id } of cluster.accounts) for (const edge of edgesOf.get(id) ?? []) near.add(edge);
    const score = scoreCluster(cluster, [...near], settings.cluster);
    const isFlagged = score.isEligible && score.probability01 >= settings.cluster.minProbability01;
    if (isFlagged) flaggedClusters += 1;
    if (score.isEligible) {
      const puppets = cluster.accounts.filter(({ id }) => truth.get(id)?.isOneHand === true).length;
      judged.push({
        clusterId: cluster.id,
        nats: score.terms.reduce((sum, term) => sum + term.nats, 0),
        isOneHand: 2 * puppets > cluster.accounts.length,
      });
    }
    for (const { id } of cluster.accounts) {
      const item: ScoredAccount = {
        accountId: id,
        clusterId: cluster.id,
        clusterSize: cluster.accounts.length,
        probability01: score.probability01,
        isEligible: score.isEligible,
        isFlagged,
        isPuppet: truth.get(id)?.isOneHand ?? false,
      };
      scored.push(item);
      isFlaggedById.set(id, item);
    }
  }
  const clusterMs = nowMs() - startMs;

  const byKind = counter();
  const byProfile = counter();
  const bySize = counter();
  const ranking: { score: number; isFlagged: boolean; isFraud: boolean }[] = [];
  for (const [id, known] of truth) {
    const item = isFlaggedById.get(id);
    const isFlagged = item?.isFlagged ?? false;
    const isFraud = known.isOneHand;
    ranking.push({ score: item?.isEligible === true ? item.probability01 : 0, isFlagged, isFraud });
    byKind.count(known.kind, isFlagged);
    if (isFraud) {
      byProfile.count(known.profile ?? 'unknown', isFlagged);
      bySize.count(sizeClass(known.groupSize), isFlagged);
    }
  }
  const puppets = ranking.filter((item) => item.isFraud).length;
  const rate = puppets / Math.max(1, ranking.length);
  const squared = ranking.reduce((sum, item) => sum + (item.score - (item.isFraud ? 1 : 0)) ** 2, 0);
  return {
    accounts: truth.size,
    puppets,
    behaviours: edges.length,
    byAccount: rankingMetrics(ranking),
    flaggedClusters,
    flaggedByKind: byKind.table,
    recallByProfile: byProfile.table,
    recallBySize: bySize.table,
    brier: { model: squared / Math.max(1, ranking.length), baseRate: rate * (1 - rate) },
    judged,
    buildMs,
    clusterMs,
    scored,
  };
};
