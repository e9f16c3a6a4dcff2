import type { AccountKnowledge } from './find-rings.ts';
import { describeRing, type Ring } from './ring.ts';
import type { RingDraft } from './ring-terms.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';

/** The drafts that convince once every kind of evidence has spoken, as `keepDistinct` leaves them. */
export const convincingRings = (
  state: RingState,
  drafts: readonly RingDraft[],
  settings: RingSettings,
  knowledge: AccountKnowledge,
): Ring[] => keepDistinct(drafts.flatMap((draft) => convincingRing(state, draft, settings, knowledge)));

/** The ring of a draft where it convinces once every kind of evidence has spoken, else none. */
export const convincingRing = (
  state: RingState,
  draft: RingDraft,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): Ring[] => {
  const ring = describeRing(state, draft, settings, knowledge);
  return ring.nats >= settings.minRingNats && isBorneOut(ring, settings) ? [ring] : [];
};

const firstReviewOf = ({ reviews }: Ring): string => reviews[0]?.reviewId ?? '';

/**
 * Most likely first. Of two rings of one direction of which one's members are at least half the other's, the likelier is
 * kept: one group of people is one ring.
 */
export const keepDistinct = (rings: readonly Ring[]): Ring[] => {
  const described = [...rings].sort(
    (a, b) =>
      b.nats - a.nats ||
      b.memberAccountIds.length - a.memberAccountIds.length ||
      (firstReviewOf(a) < firstReviewOf(b) ? -1 : 1),
  );
  const ringsOf = new Map<string, number[]>();
  const kept: Ring[] = [];
  for (const ring of described) {
    const shared = new Map<number, number>();
    for (const id of ring.memberAccountIds) {
      for (const index of ringsOf.get(`${ring.direction} ${id}`) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    const isSame = [...shared].some(
      ([index, members]) =>
        2 * members >= Math.min(ring.memberAccountIds.length, kept[index]?.memberAccountIds.length ?? 0),
    );
    if (isSame) continue;
    for (const id of ring.memberAccountIds) {
      const key = `${ring.direction} ${id}`;
      ringsOf.set(key, [...(ringsOf.get(key) ?? []), kept.length]);
    }
    kept.push(ring);
  }
  return kept;
};

/** A burst alone may be a sale; something else must speak too. */
const isBorneOut = (ring: Ring, { burst }: RingSettings): boolean => {
  const own = ring.terms.find((term) => term.name === 'sellerBurst');
  // That all listings are one seller's says nothing where the seller was the starting point.
  const oneSeller = ring.terms.find((term) => term.name === 'oneSeller');
  return own === undefined || ring.nats - own.nats - (oneSeller?.nats ?? 0) >= burst.minOtherNats;
};
