import { apartCluster } from '../credit/evidence-entries.ts';
import type { CheckPorts } from './check-ports.ts';

/** The cluster that a buyer's events count for in the pair cap: a buyer whom a person let go stands alone. */
export async function buyerClusterOf(
  { knowledge, facts }: Pick<CheckPorts, 'knowledge' | 'facts'>,
  accountId: string,
): Promise<string> {
  // Whoever was let go has left the cluster, too: the ledger still has to hear that they stand alone.
  if (await facts.isKeptApart(accountId)) return apartCluster(accountId);
  return knowledge.accountLinks.clusterOf(accountId).id;
}
