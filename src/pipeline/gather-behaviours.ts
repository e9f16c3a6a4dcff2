import type { BehaviourEdge } from '../detectors/account/behaviour.ts';
import type { CheckPorts } from './check-ports.ts';

/** Pairs of alike texts that are told; a pair of accounts counts once. */
const MAX_TEXT_PAIRS = 500;

/** What accounts did alike, and the accounts beyond them that do business with the same goods. */
export interface GatheredBehaviours {
  readonly behaviours: readonly BehaviourEdge[];
  /** Accounts of terminated sellers whose pictures or texts one of them uses; they may share no identifier. */
  readonly furtherAccountIds: readonly string[];
}

/**
 * Gathers what accounts around one did alike, for the account detector: reviews of the same listings in a ring, nearly
 * the same texts, visits minutes apart, clocks set alike, and sellers' pictures and texts of goods. A ring whose members
 * a person let go says nothing of those any more.
 */
export async function gatherBehaviours(ports: CheckPorts, accountIds: readonly string[]): Promise<GatheredBehaviours> {
  const { behaviourRules } = ports.detectors;
  const around = new Set(accountIds);
  const rings = await ports.facts.ringReviews(accountIds);
  const accounts = await ports.facts.accounts(accountIds);
  const goods = await goodsEdges(ports, accountIds);
  return {
    behaviours: [
      ...behaviourRules.coReviewEdges(rings, around),
      ...textEdges(ports, accountIds),
      ...behaviourRules.sessionEdges(accounts),
      ...goods.edges,
    ],
    furtherAccountIds: goods.furtherAccountIds,
  };
}

/** Accounts that wrote nearly the same words in reviews. */
function textEdges({ knowledge, detectors }: CheckPorts, accountIds: readonly string[]): BehaviourEdge[] {
  const pairs = detectors.behaviourRules.alikeTexts(knowledge.ringState, accountIds).slice(0, MAX_TEXT_PAIRS);
  const edges = new Map<string, BehaviourEdge>();
  for (const { a, b, nats } of pairs) {
    const key = `${a}\u0000${b}`;
    const known = edges.get(key);
    if (known !== undefined && known.nats >= nats) continue;
    edges.set(key, { a, b, kind: 'TEXT', nats, why: `${a} and ${b} wrote nearly the same text in reviews.` });
  }
  return [...edges.values()];
}

/** Sellers' accounts whose stores show the same pictures or say the same of their goods. */
async function goodsEdges(
  { facts, knowledge, detectors }: CheckPorts,
  accountIds: readonly string[],
): Promise<{ edges: BehaviourEdge[]; furtherAccountIds: string[] }> {
  const sellerIds = new Set<string>();
  for (const id of accountIds) {
    const account = knowledge.accountLinks.accountOf(id);
    if (account?.kind === 'SELLER' && account.sellerId !== undefined) sellerIds.add(account.sellerId);
  }
  if (sellerIds.size === 0) return { edges: [], furtherAccountIds: [] };
  const around = new Set(accountIds);
  const further = new Set<string>();
  const edges: BehaviourEdge[] = [];
  for (const shared of await facts.sharedGoods([...sellerIds].sort())) {
    const mine = (await facts.accountsOfSeller(shared.sellerId)).filter((id) => around.has(id));
    const theirs = await facts.accountsOfSeller(shared.otherSellerId);
    for (const b of theirs) if (!around.has(b)) further.add(b);
    edges.push(...mine.flatMap((a) => theirs.flatMap((b) => detectors.behaviourRules.goodsEdges(a, b, shared))));
  }
  return { edges, furtherAccountIds: [...further].sort() };
}
