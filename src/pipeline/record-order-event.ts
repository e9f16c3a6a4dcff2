import { applyEffects } from './apply-effects.ts';
import type { Finding } from '../domain/finding.ts';
import type { Order } from '../domain/order.ts';
import { buyerClusterOf } from './buyer-cluster.ts';
import { beginCheck, missingSubject, type CheckPorts } from './check-ports.ts';
import { bindDetector, runDetectors } from './run-detectors.ts';

/**
 * Works through what is known of an order: whose fault it is that something went wrong, and what that means for the
 * seller's credit. Carriers', customs' and buyers' faults change nothing, and the ledger says so.
 */
export async function recordOrderEvent(ports: CheckPorts, checkId: string): Promise<void> {
  const check = await beginCheck(ports, checkId);
  if (check === undefined) return;
  const order = await ports.facts.order(check.subjectId);
  if (order === undefined) throw missingSubject(check);
  const nowMs = ports.clock.nowMs();
  await ports.knowledge.catchUp();
  const seller = await ports.facts.seller(order.sellerId);
  const reviews = await ports.facts.reviewsOfOrder(order.id);
  const findings = await findBrushing(ports, order, nowMs);
  const judged = await ports.rules().decide({ check, findings, sellerId: seller.id, nowMs });
  const ledger = ports.rules().creditOfOrder({
    order,
    reviews,
    sellerLegalId: seller.legalId,
    buyerClusterId: await buyerClusterOf(ports, order.accountId),
    nowMs,
  });
  await applyEffects(ports.effects, { check, sellerId: seller.id, findings, ...judged, ledger, nowMs });
  ports.kickOutbox();
}

const DAY_MS = 86_400_000;
/** Orders of a store that are read for fake transactions. */
const MAX_ORDERS_READ = 500;

/** Looks for fake transactions of the store when no goods moved for this order; any other order gives no cause to. */
async function findBrushing(ports: CheckPorts, order: Order, nowMs: number): Promise<readonly Finding[]> {
  const { brushing } = ports.detectors;
  if (!brushing.isHollow(order, nowMs)) return [];
  const facts = {
    sellerId: order.sellerId,
    sellerAccountIds: await ports.facts.accountsOfSeller(order.sellerId),
    sellerOrders: await ports.facts.ordersOfSeller(
      order.sellerId,
      nowMs - brushing.windowDays * DAY_MS,
      MAX_ORDERS_READ,
    ),
    accountLinks: ports.knowledge.accountLinks,
    nowMs,
  };
  return runDetectors([bindDetector(brushing, facts)], { nowMs: ports.monotonicMs, observe: ports.observe });
}
