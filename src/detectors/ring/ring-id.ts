import type { Ring } from './ring.ts';
import type { RingDirection } from './review-event.ts';

/** A ring that already has a name, usually a case. */
export interface KnownRing {
  readonly ringId: string;
  readonly direction: RingDirection;
  readonly memberAccountIds: readonly string[];
  readonly firstAtMs: number;
}

export interface RingName {
  readonly ringId: string;
  /** Other known rings that this one has swallowed: their cases are about the same people now. */
  readonly mergedRingIds: readonly string[];
}

/**
 * Names a ring so that a growing ring keeps its name.
 *
 * A known ring of the same direction is the same ring when they share at least two members and half of the smaller
 * one's. The best match (most shared members, then the smallest, then the older, then the smaller id) gives the name.
 * Others of which it holds at least half are told as merged; a larger one of which it is a part is not. A ring without a
 * match is named after its first review, so that two workers who find it at once, or one who finds it twice, give one
 * name. Names that are `taken` belong to other rings of the same sweep.
 */
export const nameRing = (
  ring: Ring,
  knownRings: readonly KnownRing[],
  taken: ReadonlySet<string> = new Set(),
): RingName => {
  const members = new Set(ring.memberAccountIds);
  const matches = knownRings
    .filter((known) => known.direction === ring.direction && !taken.has(known.ringId))
    .map((known) => ({ known, shared: known.memberAccountIds.filter((id) => members.has(id)).length }))
    .filter(({ known, shared }) => shared >= 2 && 2 * shared >= Math.min(members.size, known.memberAccountIds.length))
    .sort(
      (a, b) =>
        b.shared - a.shared ||
        a.known.memberAccountIds.length - b.known.memberAccountIds.length ||
        a.known.firstAtMs - b.known.firstAtMs ||
        (a.known.ringId < b.known.ringId ? -1 : 1),
    );
  const [best, ...others] = matches;
  if (best === undefined) {
    const names = ring.reviews.map(({ reviewId }) => `ring:${reviewId}`);
    return { ringId: names.find((name) => !taken.has(name)) ?? names[0] ?? 'ring:', mergedRingIds: [] };
  }
  return {
    ringId: best.known.ringId,
    mergedRingIds: others
      .filter(({ known, shared }) => 2 * shared >= known.memberAccountIds.length)
      .map(({ known }) => known.ringId),
  };
};
