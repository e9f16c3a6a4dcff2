import type { NetworkClass } from '../../domain/account.ts';
import type { LinkKind } from './incidence-store.ts';
import type { LinkSettings } from './settings.ts';

/**
 * Independent groups of identifiers. Address and home network stand for one place and count once; an exit of a VPN or
 * hosting provider says nothing of a place and is a group of its own.
 */
export const LINK_GROUPS = ['DEVICE', 'PAYMENT', 'PHONE', 'EMAIL', 'PLACE', 'EXIT'] as const;
export type LinkGroup = (typeof LINK_GROUPS)[number];

/** One identifier that two accounts share. */
export interface AccountLink {
  readonly accountIds: readonly [string, string];
  readonly kind: LinkKind;
  readonly group: LinkGroup;
  /** Accounts that use the value in all, 2 or more. */
  readonly sharedBy: number;
  /** Weight after rarity, age and network class. */
  readonly nats: number;
}

const DAY_MS = 86_400_000;

/** The group to which a shared identifier belongs. */
export const groupOf = (kind: LinkKind, networkClass: NetworkClass): LinkGroup => {
  switch (kind) {
    case 'DEVICE':
    case 'PAYMENT':
    case 'PHONE':
    case 'EMAIL':
      return kind;
    case 'ADDRESS':
      return 'PLACE';
    case 'IP':
    case 'SUBNET':
      return networkClass === 'VPN' || networkClass === 'HOSTING' ? 'EXIT' : 'PLACE';
    default:
      return kind satisfies never;
  }
};

/** Of two classes that one address had at two times the one that weighs less; so the order of two accounts is the same. */
export const milderClass = (a: NetworkClass, b: NetworkClass, settings: LinkSettings): NetworkClass => {
  const [factorA, factorB] = [settings.networkFactors[a], settings.networkFactors[b]];
  if (factorA !== factorB) return factorA < factorB ? a : b;
  return a < b ? a : b;
};

/**
 * What the rarity of a value leaves of its weight, 0–1: all of it up to `fullUntilSharers`, none from `hubFromSharers`
 * on, in between falling with the logarithm of the number of sharers.
 */
const rarityFactor = (kind: LinkKind, sharers: number, settings: LinkSettings): number => {
  const { fullUntilSharers, hubFromSharers } = settings.kinds[kind];
  if (sharers >= hubFromSharers) return 0;
  if (sharers <= fullUntilSharers) return 1;
  return 1 - Math.log(sharers / fullUntilSharers) / Math.log(hubFromSharers / fullUntilSharers);
};

/** Weight in nats of one value that two accounts share. Depends on no clock: the gap between the two uses counts. */
export const linkNats = (
  link: {
    readonly kind: LinkKind;
    readonly sharers: number;
    readonly gapMs: number;
    readonly networkClass: NetworkClass;
  },
  settings: LinkSettings,
): number => {
  const kind = settings.kinds[link.kind];
  const isNetwork = link.kind === 'IP' || link.kind === 'SUBNET';
  const factor = isNetwork ? settings.networkFactors[link.networkClass] : 1;
  if (factor === 0) return 0;
  const decay = 2 ** (-Math.abs(link.gapMs) / (kind.halfLifeDays * DAY_MS));
  return kind.nats * factor * decay * rarityFactor(link.kind, link.sharers, settings);
};
