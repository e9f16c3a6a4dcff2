/** A review as the ring detector sees it: who said what of which listing, and when. */
export interface ReviewEvent {
  readonly reviewId: string;
  readonly accountId: string;
  readonly listingId: string;
  readonly sellerId: string;
  /** 1–5. */
  readonly stars: number;
  readonly atMs: number;
  /** Empty when the buyer wrote nothing. */
  readonly text: string;
}

export type RingDirection = 'PRAISE' | 'ATTACK';

/** Praise and attack are looked at apart; a middling review serves no ring. */
export const PRAISE = 0;
export const ATTACK = 1;
export const NEUTRAL = 2;

/** 4 and 5 stars praise, 1 and 2 attack, 3 is neutral. */
export const polarityOf = (stars: number): number => (stars >= 4 ? PRAISE : stars <= 2 ? ATTACK : NEUTRAL);

export const directionOf = (polarity: number): RingDirection => (polarity === ATTACK ? 'ATTACK' : 'PRAISE');
