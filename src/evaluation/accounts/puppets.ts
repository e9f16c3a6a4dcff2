import type { BehaviourEdge } from '../../detectors/account/behaviour.ts';
import type { PseudonymousAccount } from '../../domain/account.ts';
import { type AccountMaker, DAY_MS, POPULATION_NOW_MS } from './account-maker.ts';
import type { NetworkWorld } from './network-world.ts';
import type { PopulationGroup } from './truth.ts';

/** How an operator keeps accounts apart: accounts to one value of each kind, and the chance that a value is left out or new. */
interface OperatorProfile {
  readonly name: string;
  readonly share: number;
  readonly accountsPerDevice: number;
  readonly freshDevice01: number;
  /** Chance that an account has a device or browser profile of its own besides the shared one. */
  readonly spareDevice01: number;
  readonly accountsPerPayment: number;
  readonly freshPayment01: number;
  readonly accountsPerAddress: number;
  readonly freshAddress01: number;
  readonly accountsPerPhone: number;
  /** Chance that addresses of e-mail are spellings of a few mailboxes. */
  readonly mailboxTricks01: number;
  /** Chance of an account to come through a VPN or rented server rather than the operator's own line. */
  readonly hidden01: number;
  /** Chance that accounts are made in sessions rather than bought one by one. */
  readonly inSessions01: number;
}

/** Three ways of working, from careless to careful; the mix is a guess, the recall of each is told apart. */
const PROFILES: readonly OperatorProfile[] = [
  {
    name: 'careless',
    share: 0.4,
    accountsPerDevice: 12,
    freshDevice01: 0.05,
    spareDevice01: 0.1,
    accountsPerPayment: 6,
    freshPayment01: 0.2,
    accountsPerAddress: 8,
    freshAddress01: 0.2,
    accountsPerPhone: 4,
    mailboxTricks01: 0.4,
    hidden01: 0.3,
    inSessions01: 0.9,
  },
  {
    name: 'rotating',
    share: 0.4,
    accountsPerDevice: 4,
    freshDevice01: 0.15,
    spareDevice01: 0.25,
    accountsPerPayment: 4,
    freshPayment01: 0.3,
    accountsPerAddress: 5,
    freshAddress01: 0.3,
    accountsPerPhone: 2,
    mailboxTricks01: 0.15,
    hidden01: 0.8,
    inSessions01: 0.8,
  },
  {
    name: 'careful',
    share: 0.2,
    accountsPerDevice: 2,
    freshDevice01: 0.6,
    spareDevice01: 0.5,
    accountsPerPayment: 3,
    freshPayment01: 0.4,
    accountsPerAddress: 4,
    freshAddress01: 0.4,
    accountsPerPhone: 1,
    mailboxTricks01: 0.03,
    hidden01: 0.95,
    inSessions01: 0.6,
  },
];

const chooseProfile = (maker: AccountMaker): OperatorProfile => {
  let at = maker.random.next();
  for (const profile of PROFILES) {
    at -= profile.share;
    if (at < 0) return profile;
  }
  return maker.pick(PROFILES);
};

/** A pool of values for so many accounts at so many accounts a value. */
const poolFor = (maker: AccountMaker, size: number, accountsPerValue: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(size / accountsPerValue)) }, () => maker.token());

/** What the accounts do alike: campaigns of reviews by part of them, copied texts, harvested promotions. */
const campaignEdges = (maker: AccountMaker, accounts: readonly PseudonymousAccount[]): BehaviourEdge[] => {
  const edges: BehaviourEdge[] = [];
  const isReviewing = maker.chance(0.85);
  const isCopying = maker.chance(0.4);
  const isHarvesting = !isReviewing || maker.chance(0.15);
  for (let at = 0; at < accounts.length; at += 1) {
    // Each account meets some others; nobody notes all pairs of a large farm.
    for (let k = 0; k < Math.min(6, accounts.length - 1); k += 1) {
      const left = accounts[at];
      const right = accounts[maker.random.below(accounts.length)];
      if (left === undefined || right === undefined || left === right) continue;
      if (isReviewing && maker.chance(0.45))
        edges.push({
          a: left.id,
          b: right.id,
          kind: 'CO_REVIEW',
          nats: 2 + maker.random.exponential(2.5),
          why: `${left.id} and ${right.id} reviewed the same products within days.`,
        });
      if (isCopying && maker.chance(0.15))
        edges.push({
          a: left.id,
          b: right.id,
          kind: 'TEXT',
          nats: 2 + maker.random.exponential(2),
          why: 'Two reviews are nearly the same.',
        });
      if (isHarvesting && maker.chance(0.35))
        edges.push({
          a: left.id,
          b: right.id,
          kind: 'PROMOTION',
          nats: 1 + maker.random.exponential(2),
          why: `${left.id} and ${right.id} used up the same one-time offers.`,
        });
    }
  }
  return edges;
};

/** Times of registration: sessions of some accounts within hours, weeks apart; or bought accounts of any age. */
const registrationTimes = (maker: AccountMaker, size: number, inSessions: boolean): number[] => {
  if (!inSessions) return Array.from({ length: size }, () => maker.registrationMs());
  const times: number[] = [];
  let at = maker.registrationMs();
  while (times.length < size) {
    const batch = Math.min(size - times.length, 2 + maker.random.below(8));
    for (let i = 0; i < batch; i += 1) times.push(Math.min(POPULATION_NOW_MS, at + maker.random.next() * 1.5 * DAY_MS));
    at += (3 + maker.random.exponential(14)) * DAY_MS;
  }
  return times;
};

/** A farm of two to a few dozen accounts of one hand. */
export const makePuppets = (maker: AccountMaker, world: NetworkWorld): PopulationGroup => {
  const profile = chooseProfile(maker);
  const size = 2 + Math.floor(maker.random.exponential(9));
  const devices = poolFor(maker, size, profile.accountsPerDevice);
  const payments = poolFor(maker, size, profile.accountsPerPayment);
  const addresses = poolFor(maker, size, profile.accountsPerAddress);
  const phones = poolFor(maker, size, profile.accountsPerPhone);
  const mailboxes = poolFor(maker, size, 8);
  const ownLine = world.homeLine();
  const exits = Array.from({ length: Math.max(1, Math.ceil(size / 5)) }, () =>
    maker.chance(0.5) ? world.rareExit() : world.popularVpn(),
  );
  const times = registrationTimes(maker, size, maker.chance(profile.inSessions01));
  const usesTricks = maker.chance(profile.mailboxTricks01);
  const accounts = times.map((registeredAtMs) => {
    const visits = 1 + maker.random.below(3);
    return maker.account({
      registeredAtMs,
      devices: [
        maker.chance(profile.freshDevice01) ? maker.token() : maker.pick(devices),
        ...(maker.chance(profile.spareDevice01) ? [maker.token()] : []),
      ],
      payments: maker.chance(0.9) ? [maker.chance(profile.freshPayment01) ? maker.token() : maker.pick(payments)] : [],
      addresses: maker.chance(0.85)
        ? [maker.chance(profile.freshAddress01) ? maker.token() : maker.pick(addresses)]
        : [],
      phones: maker.chance(0.5) ? [profile.accountsPerPhone === 1 ? maker.token() : maker.pick(phones)] : [],
      emails: [usesTricks ? maker.pick(mailboxes) : maker.token()],
      places: Array.from({ length: visits }, () => (maker.chance(profile.hidden01) ? maker.pick(exits) : ownLine)),
    });
  });
  return {
    kind: 'PUPPETS',
    isOneHand: true,
    groupId: `puppets-${accounts[0]?.id ?? ''}`,
    profile: profile.name,
    accounts,
    behaviours: campaignEdges(maker, accounts),
  };
};
