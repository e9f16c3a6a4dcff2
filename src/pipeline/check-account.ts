import type { PseudonymousAccount } from '../domain/account.ts';
import type { Finding } from '../domain/finding.ts';
import { appealFindings } from './appeal-standing.ts';
import { applyEffects } from './apply-effects.ts';
import { beginCheck, missingSubject, type CheckPorts } from './check-ports.ts';
import { gatherBehaviours } from './gather-behaviours.ts';
import { extortionFindings } from './report-extortion.ts';
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
  const findings = await findInAccount(ports, account, nowMs);
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

/** What the detectors say of an account, with what sellers report of it and what its buyer appeals against. */
export async function findInAccount(
  ports: CheckPorts,
  account: PseudonymousAccount,
  nowMs: number,
): Promise<readonly Finding[]> {
  const { accountLinks } = ports.knowledge;
  const { claims } = ports.rules();
  accountLinks.add(account);
  const around = accountLinks.neighbourhoodOf(account.id);
  const { behaviours, furtherAccountIds } = await gatherBehaviours(ports, around);
  const orders = await ports.facts.ordersWithOffers(around, MAX_ORDERS_READ);
  const facts = {
    account,
    accountLinks,
    behaviours,
    orders,
    ...(orders.length === 0 ? {} : { offerShares: await ports.facts.offerShares() }),
    terminatedAccountIds: await ports.facts.terminatedAccounts([...around, ...furtherAccountIds]),
    nowMs,
  };
  const found = runDetectors([bindDetector(ports.detectors.account, facts)], {
    nowMs: ports.monotonicMs,
    observe: ports.observe,
  });
  return [
    ...found,
    ...extortionFindings(await ports.facts.extortionReports(account.id), claims.extortionReport01),
    ...appealFindings(await ports.facts.standingAppeals(account.id), claims.standingAppeal01),
  ];
}
