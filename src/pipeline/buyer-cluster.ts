import { apartCluster } from '../credit/evidence-entries.ts';
import type { CheckPorts } from './check-ports.ts';

/** The cluster that a buyer's events count for in the pair cap: a buyer whom a person let go stands alone. */
export async function buyerClusterOf(
  { knowledge, facts }: Pick<CheckPorts, 'knowledge' | 'facts'>,
  accountId: string,
): Promise<string> {
  const { id, accounts } = knowledge.accountLinks.clusterOf(accountId);
  if (accounts.length < 2) return id;
  return (await facts.isKeptApart(accountId)) ? apartCluster(accountId) : id;
}
