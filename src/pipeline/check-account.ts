import type { BehaviourEdge } from '../detectors/account/behaviour.ts';
import { applyEffects } from './apply-effects.ts';
import { beginCheck, missingSubject, type CheckPorts } from './check-ports.ts';
import { bindDetector, runDetectors } from './run-detectors.ts';

/** Newer orders speak for older ones; a cluster that harvests offers shows it in far fewer. */
const MAX_ORDERS_READ = 1_000;

/** Checks one version of an account: whether one hand runs it together with others, and whether a banned one came back. */
export async function checkAccount(ports: CheckPorts, checkId: string): Promise<void> {
  const check = await beginCheck(ports, checkId);
  if (check === undefined) return;
  const account = await ports.facts.account(check.subjectId);
  if (account === undefined) throw missingSubject(check);
  const nowMs = ports.clock.nowMs();
  await ports.knowledge.catchUp();
  const { accountLinks } = ports.knowledge;
  accountLinks.add(account);
  const around = accountLinks.neighbourhoodOf(account.id);
  const facts = {
    account,
    accountLinks,
    behaviours: await coReviewEdges(ports, around),
    orders: await ports.facts.ordersWithOffers(around, MAX_ORDERS_READ),
    terminatedAccountIds: await ports.facts.terminatedAccounts(around),
    nowMs,
  };
  const findings = runDetectors([bindDetector(ports.detectors.account, facts)], {
    nowMs: ports.monotonicMs,
    observe: ports.observe,
  });
  const judged = await ports.rules().decide({
    check,
    findings,
    ...(account.sellerId === undefined ? {} : { sellerId: account.sellerId }),
    nowMs,
  });
  await applyEffects(ports.effects, {
    check,
    ...(account.sellerId === undefined ? {} : { sellerId: account.sellerId }),
    findings,
    ...judged,
    nowMs,
  });
  ports.kickOutbox();
}

/** Rings that were found among these accounts, as behaviour that two accounts share. */
export async function coReviewEdges(
  ports: CheckPorts,
  accountIds: readonly string[],
): Promise<readonly BehaviourEdge[]> {
  const rings = await ports.facts.ringsSharing(accountIds);
  const { coReviewNats } = ports.rules();
  return rings.flatMap(({ ringId, direction, memberAccountIds }) => {
    const why = `Both belong to a group that ${direction === 'ATTACK' ? 'attacked' : 'praised'} the same listings within days (${ringId}).`;
    // A star suffices: behaviour adds to pairs that share an identifier, and joins nobody by itself.
    return memberAccountIds.flatMap((a, i) =>
      memberAccountIds.slice(i + 1).map((b) => ({ a, b, kind: 'CO_REVIEW', nats: coReviewNats, why })),
    );
  });
}
