import type { BehaviourEdge } from '../../detectors/account/behaviour.ts';
import type { PseudonymousAccount } from '../../domain/account.ts';
import { type AccountDraft, type AccountMaker, DAY_MS, type NetworkPlace, POPULATION_NOW_MS } from './account-maker.ts';
import type { NetworkWorld } from './network-world.ts';
import type { PopulationGroup } from './truth.ts';

/** Visits of an ordinary person: home most of the time, the carrier, sometimes a relay or VPN. */
const ordinaryPlaces = (maker: AccountMaker, world: NetworkWorld, home: NetworkPlace): NetworkPlace[] => {
  const places = [home];
  if (maker.chance(0.45)) places.push(world.carrier());
  if (maker.chance(0.06)) places.push(world.relay());
  if (maker.chance(0.08)) places.push(maker.chance(0.7) ? world.popularVpn() : world.rareExit());
  return places;
};

const ownThings = (maker: AccountMaker): Pick<AccountDraft, 'devices' | 'payments' | 'phones' | 'emails'> => ({
  devices: maker.chance(0.3) ? [maker.token(), maker.token()] : [maker.token()],
  payments: maker.chance(0.85) ? [maker.token()] : [],
  phones: maker.chance(0.7) ? [maker.token()] : [],
  emails: [maker.token()],
});

const coReview = (left: PseudonymousAccount, right: PseudonymousAccount, nats: number): BehaviourEdge => ({
  a: left.id,
  b: right.id,
  kind: 'CO_REVIEW',
  nats,
  why: `${left.id} and ${right.id} reviewed some of the same products at about the same time.`,
});

/** Somebody alone; now and then with two accounts (a forgotten password), which is no fault. */
export const makeSingle = (maker: AccountMaker, world: NetworkWorld): PopulationGroup => {
  const home = world.homeLine();
  const things = ownThings(maker);
  const address = maker.token();
  const count = maker.chance(0.03) ? 2 : 1;
  const accounts = Array.from({ length: count }, () =>
    maker.account({
      ...things,
      emails: [maker.token()],
      registeredAtMs: maker.registrationMs(),
      addresses: maker.chance(0.9) ? [address] : [],
      places: ordinaryPlaces(maker, world, home),
    }),
  );
  return { kind: 'SINGLE', isOneHand: false, groupId: `single-${accounts[0]?.id ?? ''}`, accounts, behaviours: [] };
};

/**
 * A household of two to six: home, address, often a common tablet and card. Some register on one day, some review what
 * they bought together, a few help each other with the same words.
 */
export const makeFamily = (maker: AccountMaker, world: NetworkWorld): PopulationGroup => {
  const noise = maker.householdNoise;
  const size = maker.pick([2, 2, 2, 3, 3, 4, 4, 5, 6]);
  const home = world.homeLine();
  const address = maker.token();
  const tablet = maker.token();
  const card = maker.token();
  const phone = maker.token();
  const firstMs = maker.registrationMs();
  // Children and the old often have nothing but the common tablet.
  const tabletOnly01 = Math.min(0.6, 0.1 * noise);
  const accounts = Array.from({ length: size }, (_, i) => {
    const things = ownThings(maker);
    const ownDevices = maker.chance(tabletOnly01) ? [] : things.devices;
    const laterMs = Math.min(POPULATION_NOW_MS, firstMs + maker.random.next() * (POPULATION_NOW_MS - firstMs));
    const registeredAtMs = i === 0 || maker.chance(0.1 * noise) ? firstMs + maker.random.below(2 * DAY_MS) : laterMs;
    return maker.account({
      registeredAtMs: Math.min(registeredAtMs, POPULATION_NOW_MS),
      devices: maker.chance(0.5) ? [...ownDevices, tablet] : things.devices,
      payments: maker.chance(0.5) ? [card] : things.payments,
      addresses: maker.chance(0.95) ? [address] : [maker.token()],
      phones: maker.chance(0.08) ? [phone] : things.phones,
      emails: things.emails,
      places: ordinaryPlaces(maker, world, home),
    });
  });
  const behaviours: BehaviourEdge[] = [];
  for (const [i, left] of accounts.entries())
    for (const right of accounts.slice(i + 1)) {
      // One shared purchase that both review: common enough. Several: rare.
      if (maker.chance(0.03 * noise)) behaviours.push(coReview(left, right, 1 + maker.random.next() * 2));
      if (maker.chance(0.003 * noise)) behaviours.push(coReview(left, right, 3 + maker.random.next() * 2));
      if (maker.chance(0.004 * noise))
        behaviours.push({
          a: left.id,
          b: right.id,
          kind: 'TEXT',
          nats: 2 + maker.random.next() * 2,
          why: 'Two reviews are nearly the same.',
        });
    }
  return { kind: 'FAMILY', isOneHand: false, groupId: `family-${accounts[0]?.id ?? ''}`, accounts, behaviours };
};

interface SharedPlace {
  readonly size: number;
  /** Chance of an account to be registered in the common rush. */
  readonly rush01: number;
  readonly rushDays: number;
  readonly address01: number;
  readonly sharedDevice01: number;
  readonly devicesFor: number;
  readonly sharedCard01: number;
  readonly coReviewsAnAccount: number;
}

/** People who share a place without belonging together: own things, common address and network, common rushes. */
const makeSharedPlace = (
  maker: AccountMaker,
  world: NetworkWorld,
  shape: SharedPlace,
): Pick<PopulationGroup, 'accounts' | 'behaviours'> => {
  const lines = Array.from({ length: Math.max(1, Math.ceil(shape.size / 60)) }, () => world.homeLine());
  const address = maker.token();
  const devices = Array.from({ length: Math.max(1, Math.ceil(shape.size / shape.devicesFor)) }, () => maker.token());
  const card = maker.token();
  const rushMs = maker.registrationMs();
  const accounts = Array.from({ length: shape.size }, () => {
    const things = ownThings(maker);
    const inRush = maker.chance(shape.rush01);
    return maker.account({
      registeredAtMs: Math.min(
        POPULATION_NOW_MS,
        inRush ? rushMs + maker.random.next() * shape.rushDays * DAY_MS : maker.registrationMs(),
      ),
      devices: maker.chance(shape.sharedDevice01) ? [...things.devices, maker.pick(devices)] : things.devices,
      payments: maker.chance(shape.sharedCard01) ? [...things.payments, card] : things.payments,
      addresses: maker.chance(shape.address01) ? [address] : [maker.token()],
      phones: things.phones,
      emails: things.emails,
      places: ordinaryPlaces(maker, world, maker.pick(lines)),
    });
  });
  const behaviours: BehaviourEdge[] = [];
  const pairs = shape.size > 1 ? Math.round(shape.size * shape.coReviewsAnAccount) : 0;
  for (let i = 0; i < pairs; i += 1) {
    const [left, right] = [maker.pick(accounts), maker.pick(accounts)];
    if (left !== right) behaviours.push(coReview(left, right, 1 + maker.random.next() * 2));
  }
  return { accounts, behaviours };
};

/** A hall of residence: everybody comes in the first week of term and orders the same things. */
export const makeDormitory = (maker: AccountMaker, world: NetworkWorld): PopulationGroup => {
  const made = makeSharedPlace(maker, world, {
    size: 8 + Math.floor(maker.random.exponential(35)),
    rush01: 0.5,
    rushDays: 7,
    address01: 0.9,
    sharedDevice01: 0.05,
    devicesFor: 3,
    sharedCard01: 0,
    coReviewsAnAccount: 0.1,
  });
  return { kind: 'DORMITORY', isOneHand: false, groupId: `dormitory-${made.accounts[0]?.id ?? ''}`, ...made };
};

/** An office: parcels come to the firm, some pay with the firm's card, a few use one machine. */
export const makeOffice = (maker: AccountMaker, world: NetworkWorld): PopulationGroup => {
  const made = makeSharedPlace(maker, world, {
    size: 3 + Math.floor(maker.random.exponential(14)),
    rush01: 0.15,
    rushDays: 3,
    address01: 0.45,
    sharedDevice01: 0.08,
    devicesFor: 6,
    sharedCard01: 0.15,
    coReviewsAnAccount: 0.04,
  });
  return { kind: 'OFFICE', isOneHand: false, groupId: `office-${made.accounts[0]?.id ?? ''}`, ...made };
};

/** A library or café: machines for everybody, nothing else in common. */
export const makeInternetCafe = (maker: AccountMaker, world: NetworkWorld): PopulationGroup => {
  const made = makeSharedPlace(maker, world, {
    size: 10 + Math.floor(maker.random.exponential(60)),
    rush01: 0,
    rushDays: 1,
    address01: 0,
    sharedDevice01: 0.9,
    devicesFor: 12,
    sharedCard01: 0,
    coReviewsAnAccount: 0.01,
  });
  return { kind: 'INTERNET_CAFE', isOneHand: false, groupId: `cafe-${made.accounts[0]?.id ?? ''}`, ...made };
};

/** Subscribers of one carrier whose only network is the carrier's. */
export const makeCarrierSubscribers = (maker: AccountMaker, world: NetworkWorld): PopulationGroup => {
  const place = world.carrier();
  const accounts = Array.from({ length: 20 }, () =>
    maker.account({
      ...ownThings(maker),
      registeredAtMs: maker.registrationMs(),
      addresses: [maker.token()],
      places: [place, world.carrier()],
    }),
  );
  return {
    kind: 'CARRIER_NAT',
    isOneHand: false,
    groupId: `carrier-${accounts[0]?.id ?? ''}`,
    accounts,
    behaviours: [],
  };
};
