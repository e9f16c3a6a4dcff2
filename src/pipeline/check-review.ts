import type { Finding } from '../domain/finding.ts';
import type { Review } from '../domain/review.ts';
import { applyEffects } from './apply-effects.ts';
import { buyerClusterOf } from './buyer-cluster.ts';
import { beginCheck, missingSubject, type CheckPorts } from './check-ports.ts';
import type { Recheck } from './effects.ts';
import { nameInstigators } from './name-instigators.ts';
import { bindDetector, runDetectors } from './run-detectors.ts';

/** Checks one version of a review: whether it belongs to a ring, what it complains of, and what it says of the seller. */
export async function checkReview(ports: CheckPorts, checkId: string): Promise<void> {
  const check = await beginCheck(ports, checkId);
  if (check === undefined) return;
  const review = await ports.facts.review(check.subjectId);
  if (review === undefined) throw missingSubject(check);
  const nowMs = ports.clock.nowMs();
  await ports.knowledge.catchUp();
  const order = review.orderId === undefined ? undefined : await ports.facts.order(review.orderId);
  const findings = [...(await findRings(ports, review, nowMs)), ...ports.rules().findingsOfReview(review, order)];
  const judged = await ports.rules().decide({ check, findings, sellerId: review.sellerId, nowMs });
  const seller = await ports.facts.seller(review.sellerId);
  const claim = ports.rules().creditOfReview({
    review,
    sellerLegalId: seller.legalId,
    ...(order === undefined ? {} : { order }),
    buyerWeightPpm: await ports.rules().weightOfBuyer(review.accountId, nowMs),
    buyerClusterId: await buyerClusterOf(ports, review.accountId),
    nowMs,
  });
  await applyEffects(ports.effects, {
    check,
    sellerId: review.sellerId,
    findings,
    ...judged,
    ledger: [claim],
    rechecks: [...ringMembers(findings), ...complainedOf(ports, review)],
    nowMs,
  });
  ports.kickOutbox();
}

/** Runs the ring detector; when it finds a ring, once more with the rings that are known, so that they keep their names. */
export async function findRings(ports: CheckPorts, review: Review, nowMs: number): Promise<readonly Finding[]> {
  const { ringState, accountLinks } = ports.knowledge;
  const { id: reviewId, accountId, listingId, sellerId, stars, text, createdAt } = review;
  const event = { reviewId, accountId, listingId, sellerId, stars, text, atMs: Date.parse(createdAt) };
  ringState.add(event);
  const facts = {
    review: event,
    ringState,
    accountLinks: (a: string, b: string) => accountLinks.linkStrength(a, b),
    registeredAtMs: (id: string) => accountLinks.accountOf(id)?.registeredAtMs,
    nowMs,
  };
  const timing = { nowMs: ports.monotonicMs, observe: ports.observe };
  const findings = runDetectors([bindDetector(ports.detectors.ring, facts)], timing);
  const members = ringMemberIds(findings);
  if (members.length === 0) return findings;
  const knownRings = await ports.facts.ringsSharing(members);
  const named =
    knownRings.length === 0
      ? findings
      : runDetectors([bindDetector(ports.detectors.ring, { ...facts, knownRings })], timing);
  return nameInstigators(ports, named, nowMs);
}

/** Accounts that any of the findings calls a member of a ring. */
export function ringMemberIds(findings: readonly Finding[]): readonly string[] {
  const members = findings.flatMap(({ evidence }) =>
    evidence.flatMap((piece) => (piece.kind === 'RING' ? piece.memberAccountIds : [])),
  );
  return [...new Set(members)].sort();
}

/** Members of a ring are looked at again as accounts: acting together is what turns shared identifiers into a cluster. */
export function ringMembers(findings: readonly Finding[]): readonly Recheck[] {
  return findings.flatMap(({ evidence }) =>
    evidence.flatMap((piece) =>
      piece.kind === 'RING'
        ? piece.memberAccountIds.map((subjectId): Recheck => ({
            subjectKind: 'ACCOUNT',
            subjectId,
            trigger: `ring:${piece.ringId}`,
          }))
        : [],
    ),
  );
}

/** A buyer who calls the goods fake makes their listing be looked at again, with what all buyers say of it. */
function complainedOf({ detectors }: CheckPorts, { id, listingId, text, stars }: Review): readonly Recheck[] {
  if (!detectors.callsFake({ reviewId: id, text, stars })) return [];
  return [{ subjectKind: 'LISTING', subjectId: listingId, trigger: `complaint:${id}` }];
}
