import { applyEffects } from './apply-effects.ts';
import { beginCheck, missingSubject, type CheckPorts } from './check-ports.ts';

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
  const decision = await ports.rules().decide({ check, findings: [], sellerId: seller.id, nowMs });
  const ledger = ports.rules().creditOfOrder({
    order,
    reviews,
    sellerLegalId: seller.legalId,
    buyerClusterId: ports.knowledge.accountLinks.clusterOf(order.accountId).id,
    nowMs,
  });
  await applyEffects(ports.effects, { check, sellerId: seller.id, findings: [], decision, ledger, nowMs });
  ports.kickOutbox();
}
