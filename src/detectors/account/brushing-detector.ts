import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Order } from '../../domain/order.ts';
import type { Detector } from '../detector.ts';
import type { AccountCluster } from './account-clusters.ts';
import type { AccountLinkIndex } from './account-links.ts';
import { linkSentence } from './link-words.ts';
import { movementOf, type OrderMovement } from './order-movement.ts';
import type { BrushingSettings } from './settings.ts';

/** What the brushing detector needs. */
export interface BrushingFacts {
  readonly sellerId: string;
  /** Accounts of kind SELLER that run the store. */
  readonly sellerAccountIds: readonly string[];
  /** The seller's orders of the last months, with their events. */
  readonly sellerOrders: readonly Order[];
  readonly accountLinks: AccountLinkIndex;
  readonly nowMs: number;
}

/** The detector, and the question whether one order gives cause to gather the facts that it needs. */
export interface BrushingDetector extends Detector<BrushingFacts> {
  readonly isHollow: (order: Order, nowMs: number) => boolean;
  /** How far back the store's orders are to be read. */
  readonly windowDays: number;
}

interface HollowOrder {
  readonly order: Order;
  readonly movement: Extract<OrderMovement, { kind: 'hollow' }>;
}

interface Term {
  readonly name: string;
  readonly why: string;
  readonly nats: number;
}

const BRUSHING_DETECTOR_VERSION = 1;
const MAX_ORDERS_SHOWN = 25;

/** The cluster that holds most of the hollow orders, with these orders. */
const largestShare = (
  hollow: readonly HollowOrder[],
  accountLinks: AccountLinkIndex,
): { cluster: AccountCluster; orders: readonly HollowOrder[] } | undefined => {
  const byCluster = new Map<string, { cluster: AccountCluster; orders: HollowOrder[] }>();
  for (const each of hollow) {
    const cluster = accountLinks.clusterOf(each.order.accountId);
    if (cluster.accounts.length < 2) continue;
    const known = byCluster.get(cluster.id) ?? { cluster, orders: [] };
    known.orders.push(each);
    byCluster.set(cluster.id, known);
  }
  return [...byCluster.values()].sort(
    (left, right) => right.orders.length - left.orders.length || (left.cluster.id < right.cluster.id ? -1 : 1),
  )[0];
};

/**
 * Finds a seller whose buyers are one cluster that never receives goods (TRD_FAKE_TRANSACTION). A carrier's strike or
 * customs makes parcels stand still too, but for buyers who share nothing: without a cluster there is no finding.
 */
export const createBrushingDetector = (settings: BrushingSettings): BrushingDetector => ({
  isHollow: (order, nowMs) => movementOf(order, nowMs, settings).kind === 'hollow',
  windowDays: settings.windowDays,
  name: 'brushing',
  version: BRUSHING_DETECTOR_VERSION,
  subjects: ['SELLER', 'ORDER'],
  needs: ['sellerId', 'sellerAccountIds', 'sellerOrders', 'accountLinks', 'nowMs'],
  detect: (facts) => {
    const hollow: HollowOrder[] = [];
    for (const order of facts.sellerOrders) {
      const movement = movementOf(order, facts.nowMs, settings);
      if (movement.kind === 'hollow') hollow.push({ order, movement });
    }
    if (hollow.length < settings.minHollowOrders)
      return {
        kind: 'skipped',
        why: `${hollow.length} of ${facts.sellerOrders.length} orders were hollow, too few to tell.`,
      };
    return { kind: 'findings', findings: brushingFindings(facts, hollow, settings) };
  },
});

const brushingFindings = (
  facts: BrushingFacts,
  hollow: readonly HollowOrder[],
  settings: BrushingSettings,
): Finding[] => {
  const share = largestShare(hollow, facts.accountLinks);
  if (share === undefined) return [];
  const { cluster, orders } = share;
  const buyers = new Set(orders.map(({ order }) => order.accountId));
  const share01 = orders.length / hollow.length;
  if (
    buyers.size < settings.minBuyers ||
    orders.length < settings.minHollowOrders ||
    share01 < settings.minClusterShare01
  )
    return [];
  const sellerLinks = facts.sellerAccountIds.flatMap((sellerAccountId) =>
    [...buyers].flatMap((buyer) => facts.accountLinks.linksBetween(sellerAccountId, buyer)),
  );
  const terms: Term[] = [
    {
      name: 'hollow orders',
      why: `${orders.length} orders of the cluster moved no goods.`,
      nats: Math.min(settings.hollowCapNats, orders.length * settings.hollowOrderNats),
    },
    {
      name: 'one cluster',
      why: `${Math.round(share01 * 100)} % of all hollow orders of the store come from it.`,
      nats: share01 * settings.clusterShareNats,
    },
  ];
  if (sellerLinks.length > 0)
    terms.push({
      name: 'linked with the seller',
      why: 'Some of the buyers share identifiers with the account that runs the store.',
      nats: settings.sellerLinkNats,
    });
  const nats = terms.reduce((sum, term) => sum + term.nats, 0);
  const probability = 1 / (1 + Math.exp(-(settings.slope * nats + settings.offsetNats)));
  if (probability < settings.minProbability01) return [];
  const evidence: Evidence[] = [
    {
      kind: 'ACCOUNT_CLUSTER',
      why: `${buyers.size} buyers of these orders belong to one cluster of ${cluster.accounts.length} accounts.`,
      clusterId: cluster.id,
      accountIds: cluster.accounts.map((account) => account.id),
      identifierKinds: [...new Set(cluster.links.map((link) => link.kind))].sort(),
      behaviours: ['HOLLOW_ORDERS'],
      terms: terms.map((term) => ({ ...term })),
      clearedBy: 'Proof of posting with weights that fit the goods, or proof that the buyers received them.',
    },
    ...orders.slice(0, MAX_ORDERS_SHOWN).map(({ order, movement }): Evidence => ({
      kind: 'FACT',
      why: `${movement.why[0]?.toUpperCase() ?? ''}${movement.why.slice(1)}.`,
      name: order.id,
      value: movement.sign,
    })),
    ...sellerLinks.slice(0, 10).map((link): Evidence => ({
      kind: 'ACCOUNT_LINK',
      why: linkSentence(link),
      accountIds: [...link.accountIds],
      linkKind: link.kind,
      sharedBy: link.sharedBy,
      nats: link.nats,
    })),
  ];
  return [
    {
      detector: 'brushing',
      detectorVersion: BRUSHING_DETECTOR_VERSION,
      violationType: 'TRD_FAKE_TRANSACTION',
      probability,
      summary: `${orders.length} orders of ${facts.sellerId} moved no goods, and their ${buyers.size} buyers belong to one cluster of accounts.`,
      evidence,
      about: `brushing:${facts.sellerId}:${cluster.id}`,
      signals: {
        hollowOrders: orders.length,
        buyers: buyers.size,
        clusterShare01: share01,
        isLinkedWithSeller: sellerLinks.length > 0,
      },
    },
  ];
};
