import type { BehaviourEdge } from './behaviour.ts';
import { findBridges } from './bridges.ts';
import type { AccountLink } from './link.ts';
import {
  type IncidenceCache,
  type LinkedAccount,
  type LinkGraph,
  OWN_MEANS,
  type OwnMeans,
  sumOfLinks,
} from './link-graph.ts';
import type { LinkSettings } from './settings.ts';

/** Accounts that are joined by strong enough links. */
export interface AccountCluster {
  /**
   * `cluster-` and the id of the member that registered first (the smaller id of two at one time). So a cluster that
   * gains members keeps its id; when two merge, the id of the older one stays and the other one's vanishes.
   */
  readonly id: string;
  /** In order of registration. One account alone is a cluster of one. */
  readonly accounts: readonly LinkedAccount[];
  /** The strongest link of each kind between each two members, strongest first. */
  readonly links: readonly AccountLink[];
  /** How many of the accounts have one of the kind that no other account anywhere uses. */
  readonly ownMeans: Readonly<Record<OwnMeans, number>>;
}

/** Behaviour in nats by slot of one account, then of the other. */
export type BehaviourIndex = ReadonlyMap<number, ReadonlyMap<number, number>>;

interface PairEdge {
  readonly a: number;
  readonly b: number;
  readonly nats: number;
}

/** Strongest first, then by ids and kind, so that the order does not depend on how the links were found. */
export const compareLinks = (left: AccountLink, right: AccountLink): number => {
  if (left.nats !== right.nats) return right.nats - left.nats;
  for (const at of [0, 1] as const)
    if (left.accountIds[at] !== right.accountIds[at]) return left.accountIds[at] < right.accountIds[at] ? -1 : 1;
  return left.kind < right.kind ? -1 : 1;
};

/** Two ids in ascending order. */
export const inOrder = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);

/** Behaviour by slot of either end, pairs summed; edges to accounts that are not in the index are left out. */
export const indexBehaviours = (behaviours: readonly BehaviourEdge[], graph: LinkGraph): BehaviourIndex => {
  const bySlot = new Map<number, Map<number, number>>();
  const note = (from: number, to: number, nats: number): void => {
    const known = bySlot.get(from) ?? new Map<number, number>();
    known.set(to, (known.get(to) ?? 0) + nats);
    bySlot.set(from, known);
  };
  for (const edge of behaviours) {
    const [a, b] = [graph.slotOf(edge.a), graph.slotOf(edge.b)];
    if (a === 0 || b === 0 || a === b) continue;
    note(a, b, edge.nats);
    note(b, a, edge.nats);
  }
  return bySlot;
};

/** Breadth-first component over pairs of at least `minNats`; undefined when it exceeds the largest size. */
const componentOf = (
  graph: LinkGraph,
  question: {
    readonly start: number;
    readonly minNats: number;
    readonly maxAccounts: number;
    readonly cache: IncidenceCache;
  },
  behaviours: BehaviourIndex,
): { members: number[]; edges: PairEdge[]; links: AccountLink[] } | undefined => {
  const { start, minNats, maxAccounts, cache } = question;
  const idOf = (slot: number): string => graph.accountAt(slot)?.id ?? '';
  const position = new Map([[start, 0]]);
  const members = [start];
  const edges: PairEdge[] = [];
  const links: AccountLink[] = [];
  for (let at = 0; at < members.length; at += 1) {
    const slot = members[at] ?? 0;
    const alike = behaviours.get(slot);
    for (const [other, pairLinks] of graph.neighboursOf(slot, minNats, { alike, cache })) {
      const nats = sumOfLinks(pairLinks) + (alike?.get(other) ?? 0);
      let otherAt = position.get(other);
      if (otherAt === undefined) {
        if (members.length >= maxAccounts) return undefined;
        otherAt = members.length;
        position.set(other, otherAt);
        members.push(other);
      }
      // Each pair is met from both ends; it is noted once.
      if (otherAt < at) continue;
      edges.push({ a: at, b: otherAt, nats });
      const accountIds = inOrder(idOf(slot), idOf(other));
      for (const link of pairLinks.values()) links.push({ ...link, accountIds });
    }
  }
  return { members, edges, links };
};

/** How many of the slots have a value of each kind to themselves. */
const countOwn = (graph: LinkGraph, slots: readonly number[]): AccountCluster['ownMeans'] => {
  const counts = { DEVICE: 0, PAYMENT: 0, PHONE: 0 };
  for (const kind of OWN_MEANS) counts[kind] = slots.filter((slot) => graph.hasOwn(slot, kind)).length;
  return counts;
};

/**
 * The cluster around a slot: the component over pairs of at least `minEdgeNats`, with the threshold raised by half until
 * it fits the largest size, less what hangs on bridges. The same from each of its members.
 */
export const clusterAround = (
  graph: LinkGraph,
  start: number,
  { behaviours, settings }: { readonly behaviours: BehaviourIndex; readonly settings: LinkSettings },
): AccountCluster => {
  const cache: IncidenceCache = new Map();
  const maxAccounts = settings.maxClusterAccounts;
  let minNats = settings.minEdgeNats;
  let component = componentOf(graph, { start, minNats, maxAccounts, cache }, behaviours);
  while (component === undefined) {
    minNats *= 1.5;
    component = componentOf(graph, { start, minNats, maxAccounts, cache }, behaviours);
  }
  const { members, edges, links } = component;
  const isCut = new Set<number>();
  for (const bridge of findBridges(members.length, edges)) {
    const nats = edges[bridge.edge]?.nats ?? 0;
    if (bridge.smallerSide >= settings.bridgeSideAccounts && nats < settings.bridgeKeepNats) isCut.add(bridge.edge);
  }
  const adjacent: number[][] = members.map(() => []);
  for (const [at, edge] of edges.entries()) {
    if (isCut.has(at)) continue;
    adjacent[edge.a]?.push(edge.b);
    adjacent[edge.b]?.push(edge.a);
  }
  const reached = new Set([0]);
  for (const vertex of reached) for (const other of adjacent[vertex] ?? []) reached.add(other);
  const slots = [...reached].map((at) => members[at] ?? 0);
  const kept = slots.map((slot) => graph.accountAt(slot)).filter((account) => account !== undefined);
  kept.sort((left, right) => left.registeredAtMs - right.registeredAtMs || (left.id < right.id ? -1 : 1));
  const ids = new Set(kept.map((account) => account.id));
  return {
    id: `cluster-${kept[0]?.id ?? ''}`,
    accounts: kept,
    links: links.filter((link) => ids.has(link.accountIds[0]) && ids.has(link.accountIds[1])).sort(compareLinks),
    ownMeans: countOwn(graph, slots),
  };
};
