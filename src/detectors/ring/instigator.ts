import type { Evidence, RingEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { RingSettings } from './settings.ts';

const DAY_MS = 86_400_000;

/** A seller whose own account is tied to a member of the ring. */
export interface LinkedSeller {
  readonly sellerId: string;
  readonly sellerAccountId: string;
  /** How strongly, in nats. */
  readonly nats: number;
  /** What they share, as a moderator is shown it. */
  readonly evidence: readonly Evidence[];
  /** The member is an account of the seller. */
  readonly isOwnAccount: boolean;
}

/** The order that a review of the ring was written about. */
export interface RingOrder {
  readonly orderId: string;
  readonly sellerId: string;
  /** Goods never moved: announced and never scanned, or told to be delivered without a scan. */
  readonly isHollow: boolean;
  readonly couponId?: string;
}

/** What a seller's trade looked like at the time, from orders of all buyers. */
export interface SellerOffers {
  /** When each campaign's first order was placed. */
  readonly campaignStartsMs: readonly number[];
  /** Share of the seller's orders that used a coupon, 0–1, by coupon. */
  readonly couponShares: ReadonlyMap<string, number>;
}

export interface InstigatorFacts {
  readonly linkedSellers: (accountId: string) => readonly LinkedSeller[];
  /** By review; absent where the marketplace told no order. */
  readonly orders: ReadonlyMap<string, RingOrder>;
  readonly offers: (sellerId: string) => SellerOffers | undefined;
}

interface Term {
  readonly name: string;
  readonly why: string;
  readonly nats: number;
}

interface Suspect {
  readonly sellerId: string;
  readonly terms: readonly Term[];
  readonly nats: number;
  readonly evidence: readonly Evidence[];
}

/** Links shown: enough to judge by. */
const LINKS_SHOWN = 20;

/**
 * The finding with the sellers who are behind the ring, where evidence of its own says so of each: members who run or are
 * tied to that seller's accounts, orders for which no goods moved (which only the praised seller can arrange), a coupon
 * that only the ring had, a campaign that began with the ring. Praise alone says nothing: a rival can buy it to have a
 * seller punished. Members tied to a rival's account make the rival the instigator. A ring that works for several sellers
 * names each; the strongest comes first.
 */
export const withInstigator = (finding: Finding, facts: InstigatorFacts, settings: RingSettings): Finding => {
  const ring = finding.evidence.find((piece) => piece.kind === 'RING');
  if (ring === undefined) return finding;
  const suspects = suspectsOf(ring, facts)
    .map((sellerId) => weighSuspect(sellerId, ring, facts, settings))
    .filter(({ nats }) => nats >= settings.instigator.minNats)
    .sort((a, b) => b.nats - a.nats || (a.sellerId < b.sellerId ? -1 : 1));
  const [first, ...others] = suspects.map(({ sellerId, nats, terms }) => ({
    sellerId,
    role: isPraised(sellerId, ring) ? ('BENEFICIARY' as const) : ('RIVAL' as const),
    nats,
    terms: terms.map((term) => ({ ...term })),
  }));
  if (first === undefined) return finding;
  const told: RingEvidence = {
    ...ring,
    instigator: first,
    ...(others.length === 0 ? {} : { furtherInstigators: others }),
  };
  const said = [first, ...others].map(({ sellerId, role }) =>
    role === 'BENEFICIARY'
      ? `Evidence of its own says that ${sellerId}, whom it praises, is behind it.`
      : `Evidence of its own says that ${sellerId} is behind it, to harm ${ring.sellerIds.slice(0, 3).join(', ')}.`,
  );
  return {
    ...finding,
    summary: [finding.summary, ...said].join(' ').slice(0, 1_000),
    evidence: [
      ...finding.evidence.map((piece) => (piece === ring ? told : piece)),
      ...suspects.flatMap(({ evidence }) => evidence.slice(0, LINKS_SHOWN)),
    ],
    signals: { ...finding.signals, hasInstigatorEvidence: true, instigatorNats: first.nats },
  };
};

const isPraised = (sellerId: string, ring: RingEvidence): boolean =>
  ring.direction === 'PRAISE' && ring.sellerIds.includes(sellerId);

/** Whoever gains and whoever is tied to a member; a seller whom the ring attacks is never suspected of it. */
const suspectsOf = (ring: RingEvidence, { linkedSellers }: InstigatorFacts): string[] => {
  const tied = ring.memberAccountIds.flatMap((member) => linkedSellers(member).map(({ sellerId }) => sellerId));
  const gaining = ring.direction === 'PRAISE' ? ring.sellerIds : [];
  const all = new Set([
    ...gaining,
    ...(ring.beneficiarySellerId === undefined ? [] : [ring.beneficiarySellerId]),
    ...tied,
  ]);
  if (ring.direction === 'ATTACK') for (const attacked of ring.sellerIds) all.delete(attacked);
  return [...all];
};

const weighSuspect = (
  sellerId: string,
  ring: RingEvidence,
  facts: InstigatorFacts,
  settings: RingSettings,
): Suspect => {
  const links = linksTerm(sellerId, ring, facts, settings);
  const terms = [
    links.term,
    hollowTerm(sellerId, ring, facts, settings),
    couponTerm(sellerId, ring, facts, settings),
    timingTerm(sellerId, ring, facts, settings),
  ].filter((term) => term.nats > 0);
  return {
    sellerId,
    terms: terms.sort((a, b) => b.nats - a.nats),
    nats: terms.reduce((sum, term) => sum + term.nats, 0),
    evidence: links.evidence,
  };
};

const linksTerm = (sellerId: string, ring: RingEvidence, facts: InstigatorFacts, { instigator }: RingSettings) => {
  const evidence: Evidence[] = [];
  let nats = 0;
  let tied = 0;
  let own = 0;
  for (const member of ring.memberAccountIds) {
    const [best] = facts
      .linkedSellers(member)
      .filter((link) => link.sellerId === sellerId)
      .toSorted((a, b) => Number(b.isOwnAccount) - Number(a.isOwnAccount) || b.nats - a.nats);
    if (best === undefined) continue;
    tied += 1;
    if (best.isOwnAccount) own += 1;
    // One member may be the seller's cousin; accounts of the seller's own are nobody else's.
    nats += best.isOwnAccount ? instigator.ownAccountNats : Math.min(instigator.memberLinkCapNats, best.nats);
    evidence.push(...best.evidence);
  }
  const why =
    own > 0
      ? `${own} of ${ring.memberAccountIds.length} members are accounts of the seller, ${tied - own} more are linked with one.`
      : `${tied} of ${ring.memberAccountIds.length} members are linked with an account that runs the store.`;
  return { term: { name: 'sellerLinks', why, nats: Math.min(instigator.linksCapNats, nats) }, evidence };
};

/** Only the seller who is praised can announce parcels that never leave. */
const hollowTerm = (
  sellerId: string,
  ring: RingEvidence,
  { orders }: InstigatorFacts,
  settings: RingSettings,
): Term => {
  const { hollowOrderNats, hollowCapNats } = settings.instigator;
  const own = ordersAt(sellerId, ring, orders);
  const hollow = own.filter(({ isHollow }) => isHollow).length;
  return {
    name: 'hollowOrders',
    why: `For ${hollow} of the ${own.length} orders behind the reviews no goods moved.`,
    nats: ring.direction === 'PRAISE' && hollow >= 2 ? Math.min(hollowCapNats, hollow * hollowOrderNats) : 0,
  };
};

const ordersAt = (sellerId: string, ring: RingEvidence, orders: InstigatorFacts['orders']): RingOrder[] => {
  const byId = new Map<string, RingOrder>();
  for (const { reviewId } of ring.reviews) {
    const order = orders.get(reviewId);
    if (order?.sellerId === sellerId) byId.set(order.orderId, order);
  }
  return [...byId.values()];
};

/** A coupon that the ring used far more than the seller's other buyers did was handed to it. */
const couponTerm = (sellerId: string, ring: RingEvidence, facts: InstigatorFacts, settings: RingSettings): Term => {
  const own = ordersAt(sellerId, ring, facts.orders);
  const counts = new Map<string, number>();
  for (const { couponId } of own) if (couponId !== undefined) counts.set(couponId, (counts.get(couponId) ?? 0) + 1);
  const [couponId, used] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0];
  const share01 = facts.offers(sellerId)?.couponShares.get(couponId) ?? 1;
  const here01 = used / Math.max(1, own.length);
  return {
    name: 'sharedCoupon',
    why: `${used} of the ${own.length} orders behind the reviews used one coupon, which ${Math.round(100 * share01)} % of all orders of the seller used.`,
    nats:
      used < 2 || here01 <= share01
        ? 0
        : Math.min(settings.instigator.couponCapNats, used * Math.log(here01 / share01)),
  };
};

/** How seldom a campaign of the seller would begin within days of the ring's first review by chance. */
const timingTerm = (sellerId: string, ring: RingEvidence, facts: InstigatorFacts, settings: RingSettings): Term => {
  const { campaignDays, timingCapNats } = settings.instigator;
  const starts = facts.offers(sellerId)?.campaignStartsMs ?? [];
  const near = starts.filter((atMs) => Math.abs(atMs - ring.firstAtMs) <= campaignDays * DAY_MS);
  const covered01 = Math.min(1, (starts.length * 2 * campaignDays) / settings.horizonDays);
  return {
    name: 'campaignTiming',
    why: `The ring began within ${campaignDays} days of a campaign of the seller, of which there ${starts.length === 1 ? 'was 1' : `were ${starts.length}`} in the last months.`,
    nats: near.length === 0 ? 0 : Math.min(timingCapNats, -Math.log(covered01)),
  };
};
