import type { RingState } from '../../../src/detectors/ring/ring-state.ts';

/** Everything that can be asked of a state, in the words of ids; of sellers what `sellerId` has. */
export const contentsOf = (state: RingState, sellerId: string) => {
  const pairs: string[] = [];
  state.forEachPair(1, (a, b, meetings) => {
    pairs.push(`${[state.accountId(a), state.accountId(b)].sort().join('+')}=${meetings}`);
  });
  return {
    pairs: pairs.sort(),
    pairCount: state.livePairs,
    events: [...state.liveEvents()].map(({ reviewId }) => reviewId).sort(),
    accounts: state.liveAccounts,
    lanes: state.liveLanes,
    perPolarity: [0, 1, 2].map((polarity) => state.liveReviewsOf(polarity)),
    ofSeller: state.liveReviewsOfSeller(sellerId),
    lone: state.loneReviews,
    ofSellerIds: state
      .slotsOfSeller(sellerId)
      .map((slot) => state.eventOf(slot)?.reviewId)
      .sort(),
    alike: [...state.slotsByDay()]
      .flat()
      .filter((slot) => state.isTextCompared(slot))
      .map((slot) => [slot, ...state.textCandidates(slot, 100)].map((one) => state.eventOf(one)?.reviewId).sort())
      .sort(),
  };
};
