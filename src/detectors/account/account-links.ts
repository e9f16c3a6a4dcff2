import type { PseudonymousAccount } from '../../domain/account.ts';
import type { BehaviourEdge } from './behaviour.ts';
import { findBridges } from './bridges.ts';
import { type Incidence, IncidenceStore, LINK_KINDS } from './incidence-store.ts';
import { type AccountLink, groupOf, linkNats, milderClass } from './link.ts';
import type { LinkSettings } from './settings.ts';

/** What scoring needs to know of an account that is in the index. */
export interface LinkedAccount {
  readonly id: string;
  readonly kind: 'BUYER' | 'SELLER';
  readonly sellerId?: string;
  readonly registeredAtMs: number;
  readonly sessionCount: number;
  /** Sessions through VPN, hosting or Tor. */
  readonly anonymousSessionCount: number;
}

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
}

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

interface PairEdge {
  readonly a: number;
  readonly b: number;
  readonly nats: number;
}

/** Links of a pair by kind; of several shared values of one kind the strongest stands for all (key epochs overlap so, too). */
type PairLinks = Map<AccountLink['kind'], Omit<AccountLink, 'accountIds'>>;

/** Behaviour in nats by slot of one account, then of the other. */
type BehaviourIndex = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** IP and its subnet are one fact, so the stronger counts. */
const sumOf = (links: PairLinks): number => {
  let sum = 0;
  let network = 0;
  // In a fixed order, so that the sum is the same to the last bit from either end.
  for (const kind of LINK_KINDS) {
    const nats = links.get(kind)?.nats ?? 0;
    if (kind === 'IP' || kind === 'SUBNET') network = Math.max(network, nats);
    else sum += nats;
  }
  return sum + network;
};

const pairKey = (a: string, b: string): string => (a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`);

const linkKey = (link: AccountLink): string => `${pairKey(...link.accountIds)}\u0000${link.kind}`;

/** An empty index. Memory: about 40 bytes an identifier; measured in docs/decisions/0162-account-links.md. */
export const createAccountLinkIndex = (settings: LinkSettings): AccountLinkIndex => {
  const store = new IncidenceStore();
  const slots = new Map<string, number>();
  const accounts: (LinkedAccount | undefined)[] = [undefined];
  const freeSlots: number[] = [];

  const remove = (accountId: string): void => {
    const slot = slots.get(accountId);
    if (slot === undefined) return;
    store.removeAccount(slot);
    slots.delete(accountId);
    accounts[slot] = undefined;
    freeSlots.push(slot);
  };

  const add = (account: PseudonymousAccount): void => {
    remove(account.id);
    const slot = freeSlots.pop() ?? accounts.length;
    let anonymousSessionCount = 0;
    for (const { networkClass } of account.sessions)
      if (networkClass === 'VPN' || networkClass === 'HOSTING' || networkClass === 'TOR') anonymousSessionCount += 1;
    accounts[slot] = {
      id: account.id,
      kind: account.kind,
      ...(account.sellerId === undefined ? {} : { sellerId: account.sellerId }),
      registeredAtMs: Date.parse(account.registeredAt),
      sessionCount: account.sessions.length,
      anonymousSessionCount,
    };
    slots.set(account.id, slot);
    const latest = new Map<string, PseudonymousAccount['identifiers'][number]>();
    for (const identifier of account.identifiers) {
      const key = `${identifier.kind} ${identifier.keyEpoch} ${identifier.value}`;
      const known = latest.get(key);
      if (known === undefined || known.seenAtMs < identifier.seenAtMs) latest.set(key, identifier);
    }
    for (const identifier of latest.values()) store.add(slot, identifier);
  };

  /** Upper bound of the strength to each account met in the last call of `boundNeighbours`; 0 elsewhere. */
  let bounds = new Float64Array(1024);

  /**
   * Accounts that share a value with this one, with an upper bound of the strength in `bounds`: weights before decay,
   * added up. It costs a few nanoseconds a sharer, so the exact weight is worked out only where it can matter.
   */
  const boundNeighbours = (own: readonly Incidence[], slot: number): number[] => {
    if (bounds.length < accounts.length) bounds = new Float64Array(accounts.length * 2);
    const met: number[] = [];
    for (const { value, kind, networkClass } of own) {
      const sharers = store.sharersOf(value);
      if (sharers < 2 || sharers >= settings.kinds[kind].hubFromSharers) continue;
      const nats = linkNats({ kind, sharers, gapMs: 0, networkClass }, settings);
      if (nats <= 0) continue;
      store.forEachSharer(value, (other) => {
        if (other === slot) return;
        const bound = bounds[other] ?? 0;
        if (bound === 0) met.push(other);
        bounds[other] = bound + nats;
      });
    }
    return met;
  };

  /** The strongest link of each kind between two accounts, from the incidences of each. */
  const pairLinksOf = (own: readonly Incidence[], others: readonly Incidence[]): PairLinks => {
    const links: PairLinks = new Map();
    for (const left of own) {
      const right = others.find((candidate) => candidate.value === left.value);
      if (right === undefined) continue;
      const { kind, value } = left;
      const sharers = store.sharersOf(value);
      const networkClass = milderClass(left.networkClass, right.networkClass, settings);
      const nats = linkNats({ kind, sharers, gapMs: left.seenAtMs - right.seenAtMs, networkClass }, settings);
      const known = links.get(kind);
      if (nats <= 0 || (known !== undefined && known.nats > nats)) continue;
      if (known === undefined || known.nats < nats || known.sharedBy > sharers)
        links.set(kind, { kind, group: groupOf(kind, networkClass), sharedBy: sharers, nats });
    }
    return links;
  };

  /** Accounts joined to this one by at least `minNats`, behaviour included, with their links. */
  const neighboursOf = (slot: number, minNats: number, alike?: ReadonlyMap<number, number>): [number, PairLinks][] => {
    const own = store.incidencesOf(slot);
    const neighbours: [number, PairLinks][] = [];
    const met = boundNeighbours(own, slot);
    for (const other of met) {
      const extra = alike?.get(other) ?? 0;
      const bound = bounds[other] ?? 0;
      bounds[other] = 0;
      if (bound + extra < minNats) continue;
      const links = pairLinksOf(own, store.incidencesOf(other));
      if (links.size > 0 && sumOf(links) + extra >= minNats) neighbours.push([other, links]);
    }
    return neighbours;
  };

  const idOf = (slot: number): string => accounts[slot]?.id ?? '';

  const linksBetween = (a: string, b: string): AccountLink[] => {
    const [slotA, slotB] = [slots.get(a), slots.get(b)];
    if (slotA === undefined || slotB === undefined || slotA === slotB) return [];
    return [...pairLinksOf(store.incidencesOf(slotA), store.incidencesOf(slotB)).values()]
      .map((link): AccountLink => ({ ...link, accountIds: a < b ? [a, b] : [b, a] }))
      .sort((left, right) => right.nats - left.nats || (left.kind < right.kind ? -1 : 1));
  };

  /** Behaviour by slot of either end, pairs summed; edges to accounts that are not in the index are left out. */
  const indexBehaviours = (behaviours: readonly BehaviourEdge[]): BehaviourIndex => {
    const bySlot = new Map<number, Map<number, number>>();
    const note = (from: number, to: number, nats: number): void => {
      const known = bySlot.get(from) ?? new Map<number, number>();
      known.set(to, (known.get(to) ?? 0) + nats);
      bySlot.set(from, known);
    };
    for (const edge of behaviours) {
      const [a, b] = [slots.get(edge.a), slots.get(edge.b)];
      if (a === undefined || b === undefined || a === b) continue;
      note(a, b, edge.nats);
      note(b, a, edge.nats);
    }
    return bySlot;
  };

  /** Breadth-first component over pairs of at least `minNats`; undefined when it exceeds the largest size. */
  const componentOf = (
    start: number,
    minNats: number,
    behaviours: BehaviourIndex,
  ): { members: number[]; edges: PairEdge[]; links: AccountLink[] } | undefined => {
    const position = new Map([[start, 0]]);
    const members = [start];
    const edges: PairEdge[] = [];
    const links: AccountLink[] = [];
    for (let at = 0; at < members.length; at += 1) {
      const slot = members[at] ?? 0;
      const alike = behaviours.get(slot);
      for (const [other, pairLinks] of neighboursOf(slot, minNats, alike)) {
        const nats = sumOf(pairLinks) + (alike?.get(other) ?? 0);
        let otherAt = position.get(other);
        if (otherAt === undefined) {
          if (members.length >= settings.maxClusterAccounts) return undefined;
          otherAt = members.length;
          position.set(other, otherAt);
          members.push(other);
        }
        // Each pair is met from both ends; it is noted once.
        if (otherAt < at) continue;
        edges.push({ a: at, b: otherAt, nats });
        const [a, b] = [idOf(slot), idOf(other)];
        for (const link of pairLinks.values()) links.push({ ...link, accountIds: a < b ? [a, b] : [b, a] });
      }
    }
    return { members, edges, links };
  };

  const clusterOfSlot = (start: number, behaviours: BehaviourIndex): AccountCluster => {
    let minNats = settings.minEdgeNats;
    let component = componentOf(start, minNats, behaviours);
    while (component === undefined) {
      minNats *= 1.5;
      component = componentOf(start, minNats, behaviours);
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
    const kept = [...reached].map((at) => accounts[members[at] ?? 0]).filter((account) => account !== undefined);
    kept.sort((left, right) => left.registeredAtMs - right.registeredAtMs || (left.id < right.id ? -1 : 1));
    const ids = new Set(kept.map((account) => account.id));
    return {
      id: `cluster-${kept[0]?.id ?? ''}`,
      accounts: kept,
      links: links
        .filter((link) => ids.has(link.accountIds[0]) && ids.has(link.accountIds[1]))
        .sort((left, right) => right.nats - left.nats || (linkKey(left) < linkKey(right) ? -1 : 1)),
    };
  };

  return {
    add,
    remove,
    has: (accountId) => slots.has(accountId),
    get accountCount() {
      return slots.size;
    },
    accountOf: (accountId) => accounts[slots.get(accountId) ?? 0],
    linksBetween,
    linkStrength: (a, b) => {
      const links: PairLinks = new Map(linksBetween(a, b).map((link) => [link.kind, link]));
      return sumOf(links);
    },
    candidatesOf: (accountId, limit = 200) => {
      const slot = slots.get(accountId);
      if (slot === undefined) return [];
      return neighboursOf(slot, 0)
        .map(([other, links]) => ({ accountId: idOf(other), nats: sumOf(links) }))
        .sort((left, right) => right.nats - left.nats || (left.accountId < right.accountId ? -1 : 1))
        .slice(0, limit);
    },
    neighbourhoodOf: (accountId, limit = 500) => {
      const start = slots.get(accountId);
      if (start === undefined) return [];
      const reached = new Set([start]);
      for (const slot of reached) {
        if (reached.size >= limit) break;
        const near = neighboursOf(slot, 0).map(([other, links]) => ({ other, id: idOf(other), nats: sumOf(links) }));
        near.sort((left, right) => right.nats - left.nats || (left.id < right.id ? -1 : 1));
        for (const { other } of near) if (reached.size < limit) reached.add(other);
      }
      return [...reached].map(idOf);
    },
    clusterOf: (accountId, behaviours = []) => {
      const slot = slots.get(accountId);
      if (slot === undefined) return { id: `cluster-${accountId}`, accounts: [], links: [] };
      return clusterOfSlot(slot, indexBehaviours(behaviours));
    },
    *clusters(behaviours = []) {
      const bySlot = indexBehaviours(behaviours);
      const done = new Set<string>();
      for (const [slot, account] of accounts.entries()) {
        if (account === undefined || done.has(account.id)) continue;
        // Most accounts stand alone; they are passed over before a cluster is built for them.
        if (neighboursOf(slot, settings.minEdgeNats, bySlot.get(slot)).length === 0) continue;
        const cluster = clusterOfSlot(slot, bySlot);
        if (cluster.accounts.length < 2) continue;
        for (const member of cluster.accounts) done.add(member.id);
        yield cluster;
      }
    },
  };
};
