import type { RingEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { CaseDraft } from '../../pipeline/effects.ts';
import type { Transaction } from './database.ts';

/** A ring as a finding tells of it, with the rings that it has swallowed. */
interface ToldRing {
  readonly finding: Finding;
  readonly ring: RingEvidence;
  readonly mergedRingIds: readonly string[];
}

const toldRings = (findings: readonly Finding[]): readonly ToldRing[] =>
  findings.flatMap((finding) =>
    finding.evidence.flatMap((piece) =>
      piece.kind === 'RING'
        ? [
            {
              finding,
              ring: piece,
              mergedRingIds: String(finding.signals['mergedRingIds'] ?? '')
                .split(' ')
                .filter((id) => id !== ''),
            },
          ]
        : [],
    ),
  );

/**
 * Notes the rings that findings tell of, so that a growing ring keeps its name, and closes the cases of rings that
 * turned out to be parts of a larger one: their subjects are in the larger one's case. Gives the larger ring for each of
 * the told rings that was merged meanwhile, by a check that ran at the same moment.
 */
export async function recordRings(
  tx: Transaction,
  findings: readonly Finding[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const heirs = new Map<string, string>();
  for (const { finding, ring, mergedRingIds } of toldRings(findings)) {
    const data = {
      direction: ring.direction,
      memberAccountIds: ring.memberAccountIds,
      firstAt: new Date(ring.firstAtMs),
      lastAt: new Date(ring.lastAtMs),
      updatedAt: now,
      violationType: finding.violationType,
      probability: finding.probability,
      summary: finding.summary,
      evidence: finding.evidence,
    };
    const isApart = mergedRingIds.length > 0 || (await hasPartedFromHeir(tx, ring));
    const { mergedIntoId } = await tx.ring.upsert({
      where: { id: ring.ringId },
      create: { id: ring.ringId, ...data },
      // A ring that swallows others stands: so no line of mergers ever runs in a circle.
      update: isApart ? { ...data, mergedIntoId: null } : data,
    });
    if (mergedIntoId !== null) heirs.set(ring.ringId, await findHeir(tx, mergedIntoId));
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
  return heirs;
}

/**
 * Whether a ring that was once told as a part of another one is a ring of its own by now: the other one does not hold
 * half of its members any more, which is what a merger asks for.
 */
async function hasPartedFromHeir(tx: Transaction, { ringId, memberAccountIds }: RingEvidence): Promise<boolean> {
  const known = await tx.ring.findUnique({ where: { id: ringId }, select: { mergedIntoId: true } });
  if (known === null || known.mergedIntoId === null) return false;
  const heir = await tx.ring.findUnique({ where: { id: await findHeir(tx, known.mergedIntoId) } });
  const held = new Set(heir?.memberAccountIds);
  return 2 * memberAccountIds.filter((id) => held.has(id)).length < memberAccountIds.length;
}

/** The ring at the end of a line of mergers. */
async function findHeir(tx: Transaction, ringId: string): Promise<string> {
  const ring = await tx.ring.findUnique({ where: { id: ringId }, select: { mergedIntoId: true } });
  const next = ring?.mergedIntoId ?? undefined;
  return next === undefined || next === ringId ? ringId : findHeir(tx, next);
}

/** A case about a merged ring is one about the ring that it was merged into. */
export function aboutHeir(draft: CaseDraft, heirs: ReadonlyMap<string, string>): CaseDraft {
  const heir = draft.subjectKind === 'RING' ? heirs.get(draft.subjectId) : undefined;
  if (heir === undefined) return draft;
  return { ...draft, subjectId: heir, caseKey: draft.caseKey.replace(draft.subjectId, heir) };
}
