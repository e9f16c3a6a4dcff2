import type { ReviewEvent } from '../../detectors/ring/review-event.ts';

/** A review with the truth about its author, where the file tells it. */
export interface LabelledReview extends ReviewEvent {
  readonly isFraud: boolean;
  /** Name of the ring that the review belongs to; empty for none. */
  readonly ring: string;
}
