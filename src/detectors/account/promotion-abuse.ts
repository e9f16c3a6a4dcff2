import type { Finding } from '../../domain/finding.ts';
import type { Order } from '../../domain/order.ts';
import type { AccountCluster } from './account-clusters.ts';
import { ACCOUNT_DETECTOR_VERSION } from './account-facts.ts';
import type { BehaviourEdge } from './behaviour.ts';
import { clusterEvidence } from './cluster-evidence.ts';
import type { ClusterScore } from './cluster-score.ts';
import type { PromotionSettings } from './settings.ts';

/** Share of all buyers who used an offer, 0–1, by coupon or campaign id. */
export type OfferShares = ReadonlyMap<string, number>;

/** For each offer, a coupon or a campaign: the accounts that used it, in order of id. Cancelled orders do not count. */
const redeemersByOffer = (orders: readonly Order[]): Map<string, string[]> => {
  const byOffer = new Map<string, Set<string>>();
  for (const order of orders) {
    if (order.events.some((event) => event.type === 'CANCELLED')) continue;
    const offers = [
      ...(order.campaignId === undefined ? [] : [`campaign ${order.campaignId}`]),
      ...(order.couponId === undefined ? [] : [`coupon ${order.couponId}`]),
    ];
    for (const offer of offers) byOffer.set(offer, (byOffer.get(offer) ?? new Set()).add(order.accountId));
  }
  return new Map([...byOffer].map(([offer, accounts]) => [offer, [...accounts].sort()]));
};

/** Ids have up to 128 characters, and a sentence of evidence up to 1,000. */
const IDS_SHOWN = 5;

/** Offers with more redeemers are everybody's; their pairs say nothing and would be millions. */
const MAX_PAIRED_REDEEMERS = 200;

/**
 * Accounts that used the same offers, as behaviour: each common offer weighs −ln(share of buyers who used it), so that a
 * seldom offer says much and one that everybody used nothing. One edge a pair of kind PROMOTION, in order of ids.
 */
export const promotionEdges = (
  orders: readonly Order[],
  shares: OfferShares,
  settings: PromotionSettings,
): BehaviourEdge[] => {
  const pairs = new Map<string, { a: string; b: string; nats: number; offers: number }>();
  for (const [offer, accounts] of redeemersByOffer(orders)) {
    if (accounts.length < 2 || accounts.length > MAX_PAIRED_REDEEMERS) continue;
    const share01 = shares.get(offer.slice(offer.indexOf(' ') + 1)) ?? settings.usualShare01;
    const nats = Math.min(settings.offerCapNats, -Math.log(Math.max(share01, 1e-9)));
    for (const [position, a] of accounts.entries())
      for (const b of accounts.slice(position + 1)) {
        const key = `${a}\u0000${b}`;
        const known = pairs.get(key) ?? { a, b, nats: 0, offers: 0 };
        known.nats += nats;
        known.offers += 1;
        pairs.set(key, known);
      }
  }
  return [...pairs.values()].map(({ a, b, nats, offers }) => ({
    a,
    b,
    kind: 'PROMOTION',
    nats: Math.min(settings.edgeCapNats, nats),
    why: `${a} and ${b} used ${offers === 1 ? 'the same offer' : `${offers} of the same offers`}.`,
  }));
};

/**
 * The finding that a cluster of one hand harvests offers: it is eligible and likely one hand by itself, and enough of
 * its accounts used one offer. A family whose members each use an offer is no such cluster.
 */
export const findPromotionAbuse = (
  cluster: AccountCluster,
  score: ClusterScore,
  orders: readonly Order[],
  settings: PromotionSettings,
): Finding[] => {
  const members = new Set(cluster.accounts.map((account) => account.id));
  const harvested = [...redeemersByOffer(orders.filter((order) => members.has(order.accountId)))]
    .filter(([, accounts]) => accounts.length >= settings.minRedeemers)
    .sort(([, left], [, right]) => right.length - left.length);
  const [most] = harvested;
  if (most === undefined) return [];
  return [
    {
      detector: 'account',
      detectorVersion: ACCOUNT_DETECTOR_VERSION,
      violationType: 'TRD_PROMO_ABUSE',
      probability: score.probability01,
      summary: `${most[1].length} of ${members.size} accounts that one hand seems to run used ${most[0]}${harvested.length > 1 ? ` and ${harvested.length - 1} more offers` : ''}.`,
      evidence: [
        clusterEvidence(cluster, score),
        ...harvested.slice(0, 20).map(
          ([offer, accounts]) =>
            ({
              kind: 'FACT',
              why: `${accounts.length} accounts of the cluster used ${offer}: ${accounts.slice(0, IDS_SHOWN).join(', ')}${accounts.length > IDS_SHOWN ? ' …' : ''}.`,
              name: offer,
              value: accounts.length,
              expected: 1,
              unit: 'accounts',
            }) as const,
        ),
      ],
      about: cluster.id,
      signals: { clusterSize: members.size, offers: harvested.length, redeemers: most[1].length },
    },
  ];
};
