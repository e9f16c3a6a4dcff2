import type { AccountMaker, NetworkPlace } from './account-maker.ts';

/** The networks of a population: home subnets, carrier addresses and relay and VPN exits that strangers share. */
export interface NetworkWorld {
  /** A home line of its own in a subnet that some neighbours share. */
  homeLine(): NetworkPlace;
  /** A carrier's address, shared by hundreds. */
  carrier(): NetworkPlace;
  relay(): NetworkPlace;
  /** An exit that customers of a popular VPN share. */
  popularVpn(): NetworkPlace;
  /** An exit or rented server that few use. */
  rareExit(): NetworkPlace;
}

/** Builds the networks for a population of a given size; each pool keeps the number of accounts an address real. */
export const createNetworkWorld = (maker: AccountMaker, accounts: number): NetworkWorld => {
  const pool = (size: number, networkClass: NetworkPlace['networkClass'], ipsInSubnet: number): NetworkPlace[] => {
    let subnet = maker.token();
    return Array.from({ length: Math.max(1, Math.round(size)) }, (_, i) => {
      if (i % ipsInSubnet === 0) subnet = maker.token();
      return { ip: maker.token(), subnet, networkClass };
    });
  };
  const homeSubnets = Array.from({ length: Math.max(1, Math.round(accounts / 12)) }, () => maker.token());
  const carriers = pool(accounts / 400, 'MOBILE', 16);
  const relays = pool(accounts / 300, 'RELAY', 16);
  const popular = pool(accounts / 900, 'VPN', 8);
  // Small VPN services and rented servers: a handful of accounts of one marketplace on each.
  const rare = pool(accounts / 120, 'VPN', 8);
  return {
    homeLine: () => ({ ip: maker.token(), subnet: maker.pick(homeSubnets), networkClass: 'RESIDENTIAL' }),
    carrier: () => maker.pick(carriers),
    relay: () => maker.pick(relays),
    popularVpn: () => maker.pick(popular),
    rareExit: () => maker.pick(rare),
  };
};
