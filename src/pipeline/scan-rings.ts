import type { Finding, SubjectKind } from '../domain/finding.ts';
import { applyEffects } from './apply-effects.ts';
import type { CheckPorts } from './check-ports.ts';
import { ringMembers } from './check-review.ts';
import { coReviewEdges } from './check-account.ts';
import { contentDigest } from './content-digest.ts';

/** Looks at everything that is live and finds rings and clusters; bound to its settings by whoever composes. */
export interface Sweeps {
  rings(question: RingSweepQuestion): readonly SweepFinding[];
  clusters(question: ClusterSweepQuestion): readonly SweepFinding[];
}

export interface RingSweepQuestion extends Pick<CheckPorts['knowledge'], 'ringState' | 'accountLinks'> {
  readonly knownRings: Awaited<ReturnType<CheckPorts['facts']['allRings']>>;
  readonly nowMs: number;
}

export interface ClusterSweepQuestion extends Pick<CheckPorts['knowledge'], 'accountLinks'> {
  readonly behaviours: Awaited<ReturnType<typeof coReviewEdges>>;
  readonly nowMs: number;
}

/** A ring or cluster with what is said of it. `members` tells one version of it from the next. */
export interface SweepFinding {
  readonly subjectKind: Extract<SubjectKind, 'RING' | 'CLUSTER'>;
  readonly subjectId: string;
  readonly members: readonly string[];
  readonly finding: Finding;
}

export interface SweepSummary {
  readonly rings: number;
  readonly clusters: number;
  /** Those among them that had changed since they were last told. */
  readonly changed: number;
}

/**
 * The periodic look at everything: rings whose last review came before their pattern was clear, clusters that became
 * clear by what their members did. A ring or cluster that has not changed since the last sweep is not told again.
 */
export async function scanRings(ports: CheckPorts, sweeps: Sweeps): Promise<SweepSummary> {
  const nowMs = ports.clock.nowMs();
  await ports.knowledge.catchUp();
  const { ringState, accountLinks } = ports.knowledge;
  ringState.expire(nowMs);
  const knownRings = await ports.facts.allRings();
  const rings = sweeps.rings({ ringState, accountLinks, knownRings, nowMs });
  let changed = 0;
  for (const found of rings) changed += await tell(ports, found, nowMs);
  const members = [...new Set((await ports.facts.allRings()).flatMap(({ memberAccountIds }) => memberAccountIds))];
  const behaviours = await coReviewEdges(ports, members);
  const clusters = sweeps.clusters({ accountLinks, behaviours, nowMs });
  for (const found of clusters) changed += await tell(ports, found, nowMs);
  ports.kickOutbox();
  return { rings: rings.length, clusters: clusters.length, changed };
}

/** Checks a ring or cluster as a subject of its own; 1 when it is new or has changed. */
async function tell(ports: CheckPorts, { subjectKind, subjectId, members, finding }: SweepFinding, nowMs: number) {
  const contentSha256 = contentDigest({ members: [...members].sort(), violationType: finding.violationType });
  const check = await ports.checks.beginFound({ subjectKind, subjectId, contentSha256 }, nowMs);
  if (check === undefined) return 0;
  const findings = [finding];
  const sellerId = finding.evidence.flatMap((piece) =>
    piece.kind === 'RING' ? (piece.beneficiarySellerId ?? []) : [],
  )[0];
  const whose = sellerId === undefined ? {} : { sellerId };
  const decision = await ports.rules().decide({ check, findings, ...whose, nowMs });
  await applyEffects(ports.effects, { check, ...whose, findings, decision, rechecks: ringMembers(findings), nowMs });
  return 1;
}
