import type { NetworkFacts, NetworkSource } from './network-source.ts';
import { parseCidr } from './parse-range.ts';
import { type AddressRange, buildRangeTable } from './range-table.ts';

/** Addresses that no public host has. Source: IANA special-purpose address registries (RFC 6890 and later). */
const SPECIAL_RANGES = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '100::/64',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/**
 * The source that knows addresses of private, local and multicast use: an account seen there was seen through a
 * proxy that hid the address. Documentation ranges (RFC 5737, 3849) are left out, so that examples behave like hosts.
 */
export const specialRangesSource = (): NetworkSource => {
  const facts: NetworkFacts = { networkClass: 'PRIVATE' };
  const ranges: AddressRange<NetworkFacts>[] = [];
  for (const text of SPECIAL_RANGES) {
    const range = parseCidr(text);
    if (range.kind === 'range') ranges.push(range.withRecord(facts));
  }
  return { name: 'IANA special-purpose registries', table: buildRangeTable(ranges) };
};
