import type { Detector } from '../detector.ts';
import { ringsAround, type AccountKnowledge } from './find-rings.ts';
import { describeRing } from './ring.ts';
import { RING_DETECTOR, RING_DETECTOR_VERSION, ringFinding } from './ring-finding.ts';
import { nameRing, type KnownRing } from './ring-id.ts';
import type { ReviewEvent } from './review-event.ts';
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
    if (ringState.slotOfReview(review.reviewId) === undefined) {
      return { kind: 'skipped', why: 'The review is older than the ring state reaches back.' };
    }
    const account = ringState.accountNumber(review.accountId) ?? -1;
    const findings = ringsAround(ringState, account, settings, facts)
      .map((hypothesis) => describeRing(ringState, hypothesis, settings, facts))
      .filter((ring) => ring.nats >= settings.minRingNats)
      .filter((ring) => ring.reviews.some((member) => member.reviewId === review.reviewId))
      .map((ring) => ringFinding(ringState, ring, nameRing(ring, facts.knownRings ?? []), settings));
    return { kind: 'findings', findings };
  },
});
