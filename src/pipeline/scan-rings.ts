import type { KnownRing } from '../detectors/ring/ring-id.ts';
import type { AccountKnowledge } from '../detectors/ring/find-rings.ts';
import type { RingState } from '../detectors/ring/ring-state.ts';
import type { Finding } from '../domain/finding.ts';
import { applyEffects } from './apply-effects.ts';
import type { CheckPorts } from './check-ports.ts';
import { ringMembers } from './check-review.ts';
import { contentDigest } from './content-digest.ts';
import { nameInstigators } from './name-instigators.ts';
import type { PeeledSeeds } from './peel-slices.ts';

/** Finds every ring among the live reviews, making room for other work meanwhile; bound to its settings by whoever composes. */
export type RingSweep = (
  state: RingState,
  knowledge: AccountKnowledge & {
    readonly knownRings: readonly KnownRing[];
    readonly seedGroups: PeeledSeeds['seedGroups'];
  },
) => Promise<readonly { readonly ringId: string; readonly finding: Finding }[]>;

export interface SweepSummary {
  readonly rings: number;
  /** Those among them that had changed since they were last told. */
  readonly changed: number;
  /** Slices of time that were peeled, and those that had not changed. */
  readonly peeledSlices: number;
  readonly reusedSlices: number;
}

/** What a sweep needs besides what checks need. */
export interface SweepParts {
  readonly findRings: RingSweep;
  /** Peels what has changed, as far as an earlier sweep has not. */
  readonly peel: (state: RingState, nowMs: number) => Promise<PeeledSeeds>;
}

/**
 * The periodic look at everything: finds rings whose last review came before their pattern was clear. A ring that has
 * not changed since it was last told is not told again. Its members are looked at again as accounts, so that clusters
 * become clear as well.
 */
export async function scanRings(ports: CheckPorts, { findRings, peel }: SweepParts): Promise<SweepSummary> {
  const nowMs = ports.clock.nowMs();
  await ports.knowledge.catchUp();
  const { ringState, accountLinks } = ports.knowledge;
  ringState.expire(nowMs);
  const { seedGroups, peeled, reused } = await peel(ringState, nowMs);
  const rings = await findRings(ringState, {
    accountLinks: (a, b) => accountLinks.linkStrength(a, b),
    registeredAtMs: (id) => accountLinks.accountOf(id)?.registeredAtMs,
    knownRings: await ports.facts.allRings(),
    seedGroups,
  });
  // A ring that was once told as a part of another one is told after that one, as what it is by now.
  const merged = new Set(await ports.facts.mergedAmong(rings.map(({ ringId }) => ringId)));
  let changed = 0;
  for (const { ringId, finding } of rings.toSorted(
    (a, b) => Number(merged.has(a.ringId)) - Number(merged.has(b.ringId)),
  )) {
    const [named = finding] = await nameInstigators(ports, [finding], nowMs);
    if (await tellRing(ports, { ringId, finding: named, isAnew: merged.has(ringId) }, nowMs)) changed += 1;
  }
  ports.kickOutbox();
  return { rings: rings.length, changed, peeledSlices: peeled, reusedSlices: reused };
}

/** Checks a ring as a subject of its own; whether it is new or has changed. */
async function tellRing(
  ports: CheckPorts,
  { ringId, finding, isAnew }: { readonly ringId: string; readonly finding: Finding; readonly isAnew: boolean },
  nowMs: number,
): Promise<boolean> {
  const rings = finding.evidence.flatMap((piece) => (piece.kind === 'RING' ? [piece] : []));
  const reviewIds = rings.flatMap(({ reviews }) => reviews.map(({ reviewId }) => reviewId)).sort();
  // Rings that it has swallowed are news, too: their cases have to be closed.
  const { mergedRingIds } = finding.signals;
  const instigatorIds = rings.flatMap(({ instigator, furtherInstigators = [] }) =>
    [instigator ?? [], furtherInstigators].flat().map(({ sellerId }) => sellerId),
  );
  const contentSha256 = contentDigest({
    reviewIds,
    violationType: finding.violationType,
    mergedRingIds,
    ...(instigatorIds.length === 0 ? {} : { instigatorIds }),
  });
  const check = await ports.checks.beginFound({ subjectKind: 'RING', subjectId: ringId, contentSha256, isAnew }, nowMs);
  if (check === undefined) return false;
  const findings = [finding];
  const sellerId = rings.flatMap(
    ({ instigator, beneficiarySellerId }) => instigator?.sellerId ?? beneficiarySellerId ?? [],
  )[0];
  const whose = sellerId === undefined ? {} : { sellerId };
  const judged = await ports.rules().decide({ check, findings, ...whose, nowMs });
  await applyEffects(ports.effects, { check, ...whose, findings, ...judged, rechecks: ringMembers(findings), nowMs });
  return true;
}
