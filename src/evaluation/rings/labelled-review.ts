import type { ReviewEvent } from '../../detectors/ring/review-event.ts';

/** What is known of the author of a review; UNKNOWN authors are scored and left out of the figures. */
export type Truth = 'FRAUD' | 'HONEST' | 'UNKNOWN';

/** A review with the truth about its author, where the file tells it. */
export interface LabelledReview extends ReviewEvent {
  readonly truth: Truth;
  /** Name of the ring that the review belongs to; empty for none. */
  readonly ring: string;
}
