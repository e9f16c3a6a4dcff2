import type { PseudonymousAccount } from '../../domain/account.ts';
import type { BehaviourEdge } from './behaviour.ts';
import { findBridges } from './bridges.ts';
import { IncidenceStore, LINK_KINDS } from './incidence-store.ts';
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

  /** Links of one account to every other that shares a value with it. */
  const neighboursOf = (slot: number): Map<number, PairLinks> => {
    const neighbours = new Map<number, PairLinks>();
    for (const own of store.incidencesOf(slot)) {
      const sharers = store.sharersOf(own.value);
      if (sharers < 2 || sharers >= settings.kinds[own.kind].hubFromSharers) continue;
      store.forEachSharer(own.value, (other, node) => {
        if (other === slot) return;
        const networkClass = milderClass(own.networkClass, store.networkClass(node), settings);
        const gapMs = own.seenAtMs - store.seenAtMs(node);
        const nats = linkNats({ kind: own.kind, sharers, gapMs, networkClass }, settings);
        if (nats <= 0) return;
        let links = neighbours.get(other);
        if (links === undefined) {
          links = new Map();
          neighbours.set(other, links);
        }
        const known = links.get(own.kind);
        if (known === undefined || known.nats < nats || (known.nats === nats && known.sharedBy > sharers))
          links.set(own.kind, { kind: own.kind, group: groupOf(own.kind, networkClass), sharedBy: sharers, nats });
      });
    }
    return neighbours;
  };

  const idOf = (slot: number): string => accounts[slot]?.id ?? '';

  const linksBetween = (a: string, b: string): AccountLink[] => {
    const [slotA, slotB] = [slots.get(a), slots.get(b)];
    if (slotA === undefined || slotB === undefined || slotA === slotB) return [];
    const links = neighboursOf(slotA).get(slotB) ?? new Map();
    return [...links.values()]
      .map((link): AccountLink => ({ ...link, accountIds: a < b ? [a, b] : [b, a] }))
      .sort((left, right) => right.nats - left.nats || (left.kind < right.kind ? -1 : 1));
  };

  const indexBehaviours = (behaviours: readonly BehaviourEdge[]): Map<string, number> => {
    const natsByPair = new Map<string, number>();
    for (const edge of behaviours) {
      const key = pairKey(edge.a, edge.b);
      natsByPair.set(key, (natsByPair.get(key) ?? 0) + edge.nats);
    }
    return natsByPair;
  };

  /** Breadth-first component over pairs of at least `minNats`; undefined when it exceeds the largest size. */
  const componentOf = (
    start: number,
    minNats: number,
    behaviours: ReadonlyMap<string, number>,
  ): { members: number[]; edges: PairEdge[]; links: AccountLink[] } | undefined => {
    const position = new Map([[start, 0]]);
    const members = [start];
    const edges: PairEdge[] = [];
    const links: AccountLink[] = [];
    for (let at = 0; at < members.length; at += 1) {
      const slot = members[at] ?? 0;
      for (const [other, pairLinks] of neighboursOf(slot)) {
        const extra = behaviours.size === 0 ? 0 : (behaviours.get(pairKey(idOf(slot), idOf(other))) ?? 0);
        const nats = sumOf(pairLinks) + extra;
        if (nats < minNats) continue;
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

  const clusterOfSlot = (start: number, behaviours: ReadonlyMap<string, number>): AccountCluster => {
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
      return [...neighboursOf(slot)]
        .map(([other, links]) => ({ accountId: idOf(other), nats: sumOf(links) }))
        .sort((left, right) => right.nats - left.nats || (left.accountId < right.accountId ? -1 : 1))
        .slice(0, limit);
    },
    clusterOf: (accountId, behaviours = []) => {
      const slot = slots.get(accountId);
      if (slot === undefined) return { id: `cluster-${accountId}`, accounts: [], links: [] };
      return clusterOfSlot(slot, indexBehaviours(behaviours));
    },
    *clusters(behaviours = []) {
      const natsByPair = indexBehaviours(behaviours);
      const done = new Set<string>();
      for (const account of accounts) {
        if (account === undefined || done.has(account.id)) continue;
        const cluster = clusterOfSlot(slots.get(account.id) ?? 0, natsByPair);
        for (const member of cluster.accounts) done.add(member.id);
        if (cluster.accounts.length > 1) yield cluster;
      }
    },
  };
};
