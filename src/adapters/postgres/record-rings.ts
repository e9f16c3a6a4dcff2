import type { RingEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Transaction } from './database.ts';

/** A ring as a finding tells of it, with the rings that it has swallowed. */
interface ToldRing {
  readonly ring: RingEvidence;
  readonly mergedRingIds: readonly string[];
}

const toldRings = (findings: readonly Finding[]): readonly ToldRing[] =>
  findings.flatMap(({ evidence, signals }) =>
    evidence.flatMap((piece) =>
      piece.kind === 'RING'
        ? [
            {
              ring: piece,
              mergedRingIds: String(signals['mergedRingIds'] ?? '')
                .split(' ')
                .filter((id) => id !== ''),
            },
          ]
        : [],
    ),
  );

/**
 * Notes the rings that findings tell of, so that a growing ring keeps its name, and closes the cases of rings that
 * turned out to be parts of a larger one: their subjects are in the larger one's case.
 */
export async function recordRings(tx: Transaction, findings: readonly Finding[], now: Date): Promise<void> {
  for (const { ring, mergedRingIds } of toldRings(findings)) {
    const data = {
      direction: ring.direction,
      memberAccountIds: ring.memberAccountIds,
      firstAt: new Date(ring.firstAtMs),
      lastAt: new Date(ring.lastAtMs),
      updatedAt: now,
    };
    await tx.ring.upsert({ where: { id: ring.ringId }, create: { id: ring.ringId, ...data }, update: data });
    if (mergedRingIds.length === 0) continue;
    await tx.ring.updateMany({ where: { id: { in: [...mergedRingIds] } }, data: { mergedIntoId: ring.ringId } });
    const absorbed = await tx.case.findMany({
      where: { subjectKind: 'RING', subjectId: { in: [...mergedRingIds] }, openKey: { not: null } },
      select: { id: true, _count: { select: { events: true } } },
    });
    for (const { id, _count } of absorbed) {
      await tx.case.update({ where: { id }, data: { state: 'MERGED', openKey: null, closedAt: now } });
      await tx.caseEvent.create({
        data: {
          caseId: id,
          seq: _count.events + 1,
          at: now,
          actor: 'assay',
          type: 'MERGE',
          payload: { ringId: ring.ringId },
        },
      });
    }
  }
}
