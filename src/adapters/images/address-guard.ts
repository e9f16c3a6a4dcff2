import ipaddr from 'ipaddr.js';

/** Whether an address on the Internet may be asked for a picture, or why not. */
export type AddressVerdict = { readonly kind: 'public' } | { readonly kind: 'refused'; readonly why: string };

/**
 * Only globally routed unicast addresses pass: no private, loopback, link-local (cloud metadata), carrier-grade NAT,
 * unique local, multicast, documentation or translated address. IPv4 inside IPv6 (mapped, compatible, NAT64, 6to4,
 * Teredo) is refused whole: no public picture needs it.
 */
export function judgeAddress(address: string): AddressVerdict {
  if (!ipaddr.isValid(address)) return refused('is no address');
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range !== 'unicast') return refused(`is ${range}`);
  // 2000::/3 is all of IPv6 that is globally routed; the rest of "unicast" is unassigned or IPv4-compatible.
  if (parsed instanceof ipaddr.IPv6 && ((parsed.parts[0] ?? 0) & 0xe000) !== 0x2000) return refused('is not global');
  return { kind: 'public' };
}

function refused(why: string): AddressVerdict {
  return { kind: 'refused', why };
}
