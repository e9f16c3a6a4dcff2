import { poissonSurpriseNats } from './chance.ts';
import { ATTACK, PRAISE } from './review-event.ts';
import type { RingState } from './ring-state.ts';
import type { Steps } from './steps.ts';

/** Two accounts that met at several listings, and how surprising that is. */
export interface StrongPair {
  readonly a: number;
  readonly b: number;
  /** Lanes where they met within the pair window. */
  readonly lanes: readonly number[];
  /** −ln of the probability of so many meetings by chance. */
  readonly nats: number;
}

/**
 * How surprising the meetings of two accounts are. Expected by chance: for each review of the less busy account, the
 * reviews of that lane within the pair window, each of which is the other account's as often as the other's share of
 * all reviews says. A Poisson tail, since meetings are rare and many.
 */
export const weighPair = (state: RingState, first: number, second: number, polarity: number): StrongPair => {
  const isSwapped = state.reviewCountOf(second) < state.reviewCountOf(first);
  const [a, b] = isSwapped ? [second, first] : [first, second];
  const lanes: number[] = [];
  const otherShare01 = state.reviewCountOf(b) / Math.max(1, state.liveReviews);
  let expected = 0;
  for (const slot of state.slotsOf(a)) {
    const lane = state.laneOf(slot);
    if (lane < 0 || (lane & 1) !== polarity) continue;
    let others = 0.5;
    let isMeeting = false;
    for (const near of slotsNear(state, slot, lane)) {
      const account = state.accountOf(near);
      if (account === b) isMeeting = true;
      else if (account !== a) others += 1;
    }
    expected += others * otherShare01;
    if (isMeeting && !lanes.includes(lane)) lanes.push(lane);
  }
  return { a, b, lanes, nats: poissonSurpriseNats(lanes.length, expected) };
};

/** Reviews of the slot's lane within the pair window on either side, the slot itself left out. */
export const slotsNear = (state: RingState, slot: number, lane: number): number[] => {
  const { pairWindowMs } = state.options;
  const slots = state.lane(lane);
  const atMs = state.atMsOf(slot);
  const near: number[] = [];
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (state.atMsOf(slots[middle] ?? 0) < atMs - pairWindowMs) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < slots.length; i += 1) {
    const other = slots[i] ?? 0;
    if (state.atMsOf(other) > atMs + pairWindowMs) break;
    if (other !== slot) near.push(other);
  }
  return near;
};

/** Accounts that met the account at least twice and too often for chance, most surprising first, then by number. */
export const strongPartners = (state: RingState, account: number, polarity: number, minNats: number): StrongPair[] => {
  const partners = new Set<number>();
  for (const slot of state.slotsOf(account)) {
    const lane = state.laneOf(slot);
    if (lane < 0 || (lane & 1) !== polarity) continue;
    for (const near of slotsNear(state, slot, lane)) {
      const other = state.accountOf(near);
      if (other !== account && state.meetings(account, other) >= 2) partners.add(other);
    }
  }
  const pairs: StrongPair[] = [];
  for (const other of partners) {
    const pair = weighPair(state, account, other, polarity);
    if (pair.lanes.length >= 2 && pair.nats >= minNats) pairs.push(pair);
  }
  return pairs.sort((x, y) => y.nats - x.nats || x.a - y.a || x.b - y.b);
};

/** Every two accounts that met at two listings at least and too often for chance, most surprising first. */
export function* strongPairs(state: RingState, minNats: number): Steps<StrongPair[]> {
  const met: [number, number][] = [];
  state.forEachPair(2, (a, b) => met.push([a, b]));
  const pairs: StrongPair[] = [];
  for (const [a, b] of met) {
    for (const polarity of [PRAISE, ATTACK]) {
      const pair = weighPair(state, a, b, polarity);
      if (pair.lanes.length >= 2 && pair.nats >= minNats) pairs.push(pair);
    }
    yield;
  }
  return pairs.sort((x, y) => y.nats - x.nats || x.a - y.a || x.b - y.b);
}
