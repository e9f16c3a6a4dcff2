import type { PseudonymousAccount } from '../../domain/account.ts';
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

/** Kinds of which people of one household commonly have one each, though they share others. */
export const OWN_MEANS = ['DEVICE', 'PAYMENT', 'PHONE'] as const;
export type OwnMeans = (typeof OWN_MEANS)[number];

/** Links of a pair by kind; of several shared values of one kind the strongest stands for all (key epochs overlap so, too). */
export type PairLinks = Map<AccountLink['kind'], Omit<AccountLink, 'accountIds'>>;

/** Strength of a pair in nats. IP and its subnet are one fact, so the stronger counts. */
export const sumOfLinks = (links: PairLinks): number => {
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

/** Incidences already read in one question, by slot: members of a cluster are met from each other again and again. */
export type IncidenceCache = Map<number, readonly Incidence[]>;

/** Accounts as numbered slots, the values that they use, and the weights between them. Slot 0 is nobody. */
export interface LinkGraph {
  readonly add: (account: PseudonymousAccount) => void;
  readonly remove: (accountId: string) => void;
  readonly accountCount: number;
  /** 0 for an unknown account. */
  slotOf(accountId: string): number;
  accountAt(slot: number): LinkedAccount | undefined;
  /** All slots in use, ascending. */
  slots(): Iterable<number>;
  /** Whether the slot uses a value of the kind that no other account uses. */
  hasOwn(slot: number, kind: OwnMeans): boolean;
  /** Links of two slots by kind. */
  linksOf(a: number, b: number): PairLinks;
  /** Slots joined to this one by at least `minNats`, `alike` (nats by slot) included, with their links. */
  neighboursOf(
    slot: number,
    minNats: number,
    more?: { readonly alike?: ReadonlyMap<number, number> | undefined; readonly cache?: IncidenceCache },
  ): [number, PairLinks][];
}

/** An empty graph. Memory: about 40 bytes an identifier; measured in docs/decisions/0162-account-links.md. */
export const createLinkGraph = (settings: LinkSettings): LinkGraph => {
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

  const neighboursOf: LinkGraph['neighboursOf'] = (slot, minNats, { alike, cache = new Map() } = {}) => {
    const incidencesOf = (of: number): readonly Incidence[] => {
      const known = cache.get(of);
      if (known !== undefined) return known;
      const read = store.incidencesOf(of);
      cache.set(of, read);
      return read;
    };
    const own = incidencesOf(slot);
    const neighbours: [number, PairLinks][] = [];
    for (const other of boundNeighbours(own, slot)) {
      const extra = alike?.get(other) ?? 0;
      const bound = bounds[other] ?? 0;
      bounds[other] = 0;
      if (bound + extra < minNats) continue;
      const links = pairLinksOf(own, incidencesOf(other));
      if (links.size > 0 && sumOfLinks(links) + extra >= minNats) neighbours.push([other, links]);
    }
    return neighbours;
  };

  return {
    add,
    remove,
    get accountCount() {
      return slots.size;
    },
    slotOf: (accountId) => slots.get(accountId) ?? 0,
    accountAt: (slot) => accounts[slot],
    *slots() {
      for (const [slot, account] of accounts.entries()) if (account !== undefined) yield slot;
    },
    hasOwn: (slot, wanted) =>
      store.incidencesOf(slot).some(({ kind, value }) => kind === wanted && store.sharersOf(value) === 1),
    linksOf: (a, b) => pairLinksOf(store.incidencesOf(a), store.incidencesOf(b)),
    neighboursOf,
  };
};
