import type { LaneOptions } from './review-lanes.ts';
import type { RingSettings } from './settings.ts';

const DAY_MS = 86_400_000;

/** What decides the contents of a `RingState`. */
export interface RingStateOptions extends LaneOptions {
  /** How long a review counts. */
  readonly horizonMs: number;
  /** Characters below which an evened text is not compared. */
  readonly textMinChars: number;
}

/** The part of the settings that decides what the state holds. */
export const ringStateOptions = (settings: RingSettings): RingStateOptions => ({
  horizonMs: settings.horizonDays * DAY_MS,
  pairWindowMs: settings.pairWindowDays * DAY_MS,
  neighbourLimit: settings.neighbourLimit,
  textMinChars: settings.text.minChars,
});

export type AddResult =
  /** `closestMeetings` is the largest number of meetings that the account now has with one other account. */
  | { readonly kind: 'added'; readonly closestMeetings: number }
  | { readonly kind: 'known' }
  /** Older than the horizon allows. */
  | { readonly kind: 'too-old' };
