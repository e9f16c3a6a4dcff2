import type { PseudonymousAccount } from '../../domain/account.ts';
import { type AccountCluster, clusterAround, compareLinks, indexBehaviours, inOrder } from './account-clusters.ts';
import type { BehaviourEdge } from './behaviour.ts';
import type { AccountLink } from './link.ts';
import { createLinkGraph, type LinkedAccount, sumOfLinks } from './link-graph.ts';
import type { LinkSettings } from './settings.ts';

/** Links between accounts, as a value in memory: what it answers depends on its content alone, not on the order of adding. */
export interface AccountLinkIndex {
  /** Adds an account or replaces the one with its id. */
  add(account: PseudonymousAccount): void;
  /** Forgets an account; nothing happens where it is unknown. */
  remove(accountId: string): void;
  has(accountId: string): boolean;
  readonly accountCount: number;
  accountOf(accountId: string): LinkedAccount | undefined;
  /** The identifiers that two accounts share, the strongest of each kind, strongest first; hubs are left out. */
  linksBetween(a: string, b: string): readonly AccountLink[];
  /** Sum of the links between two accounts in nats, network links counted once; 0 for strangers. Symmetric. */
  linkStrength(a: string, b: string): number;
  /** Accounts that share any identifier that is no hub, strongest first. */
  candidatesOf(accountId: string, limit?: number): readonly { readonly accountId: string; readonly nats: number }[];
  /**
   * The account itself and all that can be in a cluster with it when behaviour is added: everybody reached over shared
   * identifiers that are no hubs, nearest first, at most `limit`. What these accounts did alike is worth gathering.
   */
  neighbourhoodOf(accountId: string, limit?: number): readonly string[];
  /**
   * The cluster of an account. Behaviour adds to the strength of a pair that shares an identifier; it joins nobody alone.
   * An unknown account is a cluster of none.
   */
  clusterOf(accountId: string, behaviours?: readonly BehaviourEdge[]): AccountCluster;
  /** Every cluster of two or more accounts, by identifiers and the behaviours given. */
  clusters(behaviours?: readonly BehaviourEdge[]): Iterable<AccountCluster>;
}

/** The cluster of an account that is in no index. */
const noCluster = (accountId: string): AccountCluster => ({
  id: `cluster-${accountId}`,
  accounts: [],
  links: [],
  ownMeans: { DEVICE: 0, PAYMENT: 0, PHONE: 0 },
});

/** An empty index. */
export const createAccountLinkIndex = (settings: LinkSettings): AccountLinkIndex => {
  const graph = createLinkGraph(settings);
  const idOf = (slot: number): string => graph.accountAt(slot)?.id ?? '';
  /** Everybody who shares a value with the slot, strongest first. */
  const rankedNeighbours = (slot: number): { slot: number; accountId: string; nats: number }[] =>
    graph
      .neighboursOf(slot, 0)
      .map(([other, links]) => ({ slot: other, accountId: idOf(other), nats: sumOfLinks(links) }))
      .sort((left, right) => right.nats - left.nats || (left.accountId < right.accountId ? -1 : 1));

  return {
    add: graph.add,
    remove: graph.remove,
    has: (accountId) => graph.slotOf(accountId) !== 0,
    get accountCount() {
      return graph.accountCount;
    },
    accountOf: (accountId) => graph.accountAt(graph.slotOf(accountId)),
    linksBetween: (a, b) => {
      if (a === b) return [];
      const accountIds = inOrder(a, b);
      const links = graph.linksOf(graph.slotOf(a), graph.slotOf(b));
      return [...links.values()].map((link) => ({ ...link, accountIds })).sort(compareLinks);
    },
    linkStrength: (a, b) => (a === b ? 0 : sumOfLinks(graph.linksOf(graph.slotOf(a), graph.slotOf(b)))),
    candidatesOf: (accountId, limit = 200) =>
      rankedNeighbours(graph.slotOf(accountId))
        .slice(0, limit)
        .map(({ accountId: other, nats }) => ({ accountId: other, nats })),
    neighbourhoodOf: (accountId, limit = 200) => {
      const start = graph.slotOf(accountId);
      if (start === 0) return [];
      const reached = new Set([start]);
      for (const slot of reached) {
        if (reached.size >= limit) break;
        for (const near of rankedNeighbours(slot)) if (reached.size < limit) reached.add(near.slot);
      }
      return [...reached].map(idOf);
    },
    clusterOf: (accountId, behaviours = []) => {
      const slot = graph.slotOf(accountId);
      if (slot === 0) return noCluster(accountId);
      return clusterAround(graph, slot, { behaviours: indexBehaviours(behaviours, graph), settings });
    },
    *clusters(behaviours = []) {
      const bySlot = indexBehaviours(behaviours, graph);
      const done = new Set<string>();
      for (const slot of graph.slots()) {
        if (done.has(idOf(slot))) continue;
        // Most accounts stand alone; they are passed over before a cluster is built for them.
        if (graph.neighboursOf(slot, settings.minEdgeNats, { alike: bySlot.get(slot) }).length === 0) continue;
        const cluster = clusterAround(graph, slot, { behaviours: bySlot, settings });
        if (cluster.accounts.length < 2) continue;
        for (const member of cluster.accounts) done.add(member.id);
        yield cluster;
      }
    },
  };
};
