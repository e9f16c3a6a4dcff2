import type { AccountLinkIndex } from '../detectors/account/account-links.ts';
import { linkSentence } from '../detectors/account/link-words.ts';
import type { LinkedSeller, RingOrder, SellerOffers } from '../detectors/ring/instigator.ts';
import type { RingEvidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import type { Order } from '../domain/order.ts';
import type { CheckPorts } from './check-ports.ts';

/** Neighbours of a member among whom sellers' accounts are looked for, strongest first. */
const NEIGHBOURS_READ = 50;
const DAY_MS = 86_400_000;
/** Orders of a seller that are read for coupons and campaigns. */
const MAX_ORDERS_READ = 500;

/** Gathers what ties sellers to the rings that were found, and says who is behind a ring where that is told. */
export async function nameInstigators(
  ports: CheckPorts,
  findings: readonly Finding[],
  nowMs: number,
): Promise<readonly Finding[]> {
  const named: Finding[] = [];
  for (const finding of findings) {
    const ring = finding.evidence.find((piece) => piece.kind === 'RING');
    named.push(ring === undefined ? finding : await nameInstigator(ports, finding, { ring, nowMs }));
  }
  return named;
}

async function nameInstigator(
  ports: CheckPorts,
  finding: Finding,
  { ring, nowMs }: { readonly ring: RingEvidence; readonly nowMs: number },
): Promise<Finding> {
  const { accountLinks } = ports.knowledge;
  const tied = new Map(ring.memberAccountIds.map((id) => [id, linkedSellersOf(accountLinks, id)]));
  const orders = await ports.facts.ordersOfReviews(ring.reviews.map(({ reviewId }) => reviewId));
  const suspects = new Set([
    ...(ring.direction === 'PRAISE' ? ring.sellerIds : []),
    ...(ring.beneficiarySellerId === undefined ? [] : [ring.beneficiarySellerId]),
    ...[...tied.values()].flatMap((links) => links.map(({ sellerId }) => sellerId)),
  ]);
  const sinceMs = nowMs - ports.detectors.instigatorOfferDays * DAY_MS;
  const offers = new Map<string, SellerOffers>();
  for (const sellerId of suspects) {
    const sold = await ports.facts.ordersOfSeller(sellerId, sinceMs, MAX_ORDERS_READ);
    if (sold.length > 0) offers.set(sellerId, offersOf(sold));
  }
  const isHollow = (order: Order): boolean => ports.detectors.brushing.isHollow(order, nowMs);
  return ports.detectors.nameInstigator(finding, {
    linkedSellers: (accountId) => tied.get(accountId) ?? [],
    orders: new Map([...orders].map(([reviewId, order]) => [reviewId, asRingOrder(order, isHollow)])),
    offers: (sellerId) => offers.get(sellerId),
  });
}

const asRingOrder = (order: Order, isHollow: (order: Order) => boolean): RingOrder => ({
  orderId: order.id,
  sellerId: order.sellerId,
  isHollow: isHollow(order),
  ...(order.couponId === undefined ? {} : { couponId: order.couponId }),
});

const offersOf = (orders: readonly Order[]): SellerOffers => {
  const starts = new Map<string, number>();
  const coupons = new Map<string, number>();
  for (const { campaignId, couponId, placedAt } of orders) {
    const atMs = Date.parse(placedAt);
    if (campaignId !== undefined) starts.set(campaignId, Math.min(starts.get(campaignId) ?? atMs, atMs));
    if (couponId !== undefined) coupons.set(couponId, (coupons.get(couponId) ?? 0) + 1);
  }
  return {
    campaignStartsMs: [...starts.values()],
    couponShares: new Map([...coupons].map(([couponId, used]) => [couponId, used / orders.length])),
  };
};

/** Sellers whose accounts share identifiers with this one, or whose account it is. */
function linkedSellersOf(accountLinks: AccountLinkIndex, accountId: string): readonly LinkedSeller[] {
  const own = accountLinks.accountOf(accountId);
  const linked: LinkedSeller[] = [];
  if (own?.kind === 'SELLER' && own.sellerId !== undefined)
    linked.push({
      sellerId: own.sellerId,
      sellerAccountId: accountId,
      nats: 0,
      isOwnAccount: true,
      evidence: [
        { kind: 'FACT', why: `${accountId} is an account that runs the store.`, name: accountId, value: own.sellerId },
      ],
    });
  for (const { accountId: otherId, nats } of accountLinks.candidatesOf(accountId, NEIGHBOURS_READ)) {
    const other = accountLinks.accountOf(otherId);
    if (other?.kind !== 'SELLER' || other.sellerId === undefined) continue;
    linked.push({
      sellerId: other.sellerId,
      sellerAccountId: otherId,
      nats,
      isOwnAccount: false,
      evidence: accountLinks.linksBetween(accountId, otherId).map((link) => ({
        kind: 'ACCOUNT_LINK',
        why: `${linkSentence(link)} ${otherId} runs the store ${other.sellerId ?? ''}.`,
        accountIds: [...link.accountIds],
        linkKind: link.kind,
        sharedBy: link.sharedBy,
        nats: link.nats,
      })),
    });
  }
  return linked;
}
