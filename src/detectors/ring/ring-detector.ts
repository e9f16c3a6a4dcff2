import type { Detector } from '../detector.ts';
import { ringsAround, type AccountKnowledge } from './find-rings.ts';
import { convincingRings } from './convincing-rings.ts';
import { RING_DETECTOR, RING_DETECTOR_VERSION, ringFinding } from './ring-finding.ts';
import { nameRing, type KnownRing } from './ring-id.ts';
import { draftOf } from './ring-hypothesis.ts';
import type { RingDraft } from './ring-terms.ts';
import { sellerBurst, textFamily } from './side-rings.ts';
import { NEUTRAL, polarityOf, type ReviewEvent } from './review-event.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';

/** What the ring detector wants to know about a review. */
export interface RingFacts extends AccountKnowledge {
  readonly review: ReviewEvent;
  /** Must hold the review already; read, never changed. */
  readonly ringState: RingState;
  /** Rings that have a name, so that a growing ring keeps its own. */
  readonly knownRings?: readonly KnownRing[];
  readonly nowMs: number;
}

/** Tells whether a review is part of a ring, and shows the ring. */
export const createRingDetector = (settings: RingSettings): Detector<RingFacts> => ({
  name: RING_DETECTOR,
  version: RING_DETECTOR_VERSION,
  subjects: ['REVIEW'],
  needs: ['review', 'ringState', 'nowMs'],
  detect: (facts) => {
    const { review, ringState } = facts;
    const slot = ringState.slotOfReview(review.reviewId);
    if (slot === undefined) {
      return { kind: 'skipped', why: 'The review is older than the ring state reaches back.' };
    }
    const drafts = draftsAround(ringState, slot, settings, facts);
    const findings = convincingRings(ringState, drafts, settings, facts)
      .filter((ring) => ring.reviews.some((member) => member.reviewId === review.reviewId))
      .map((ring) => ringFinding(ringState, ring, nameRing(ring, facts.knownRings ?? []), settings));
    return { kind: 'findings', findings };
  },
});

/** Everything that the review might be part of: a group that meets, a family of texts, a burst. */
const draftsAround = (
  state: RingState,
  slot: number,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): RingDraft[] => {
  const account = state.accountOf(slot);
  const event = state.eventOf(slot);
  const drafts = ringsAround(state, account, settings, knowledge).map(draftOf);
  const polarity = polarityOf(event?.stars ?? 3);
  if (event === undefined || polarity === NEUTRAL) return drafts;
  const family = textFamily(state, slot, settings);
  if (family !== undefined) drafts.push(family);
  if (event.sellerId !== '' && state.reviewCountOf(account) === 1) {
    const burst = sellerBurst(state, { sellerId: event.sellerId, polarity, aroundMs: event.atMs }, settings);
    if (burst !== undefined) drafts.push(burst);
  }
  return drafts;
};
