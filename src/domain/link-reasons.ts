/** Why two things are linked, in English; other languages tell it by the code. */
export const LINK_REASONS = {
  SAME_LEGAL_ENTITY: 'the same legal entity',
  RUNS_STORE: 'runs the store',
  CASES_ABOUT_MARK: 'cases about the mark',
  RING_ABOUT_SELLER: 'a ring about the seller',
  SAME_PICTURE: 'the same picture',
  SAME_HAND: 'the same hand',
  RING_MEMBER: 'a member of the ring',
  REVIEWED_SELLER: 'reviewed the seller',
  BOUGHT_FROM_SELLER: 'bought from the seller',
  OFFERED_BY: 'offered by',
  FOUND_BESIDE_MARK: 'found beside the mark',
  REVIEWED: 'reviewed it',
  WROTE: 'wrote it',
  ABOUT_LISTING: 'about the listing',
  BOUGHT: 'bought',
  OF_LISTING: 'of the listing',
  IN_CASE: 'in the case',
  ABOUT_SELLER: 'about the seller',
  ABOUT_MARK: 'about the mark',
} as const satisfies Readonly<Record<string, string>>;

export type LinkReason = keyof typeof LINK_REASONS;
