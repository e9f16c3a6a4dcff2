import type { GrowthInput, RingTarget } from './ring-hypothesis.ts';

/** Visitors whose other reviews are read: enough to tell a town from strangers, few enough for every hypothesis. */
const VISITORS_READ = 60;

/**
 * How many times likelier than by chance the accounts outside the ring that reviewed one of the targets, at any time,
 * reviewed a further one. A gamma prior with the mean of `tasteLift` and the weight of one observation stands in where
 * hardly anybody else came.
 */
export const liftAtTargets = (
  members: readonly number[],
  targets: readonly RingTarget[],
  { state, settings }: GrowthInput,
): number => {
  const isMember = new Set(members);
  const lanesOf = new Map<number, Set<number>>();
  let reviews = 0;
  for (const { lane } of targets) {
    for (const slot of state.lane(lane)) {
      const account = state.accountOf(slot);
      if (isMember.has(account)) continue;
      reviews += 1;
      const lanes = lanesOf.get(account);
      if (lanes === undefined) lanesOf.set(account, new Set([lane]));
      else lanes.add(lane);
    }
  }
  let further = 0;
  let expected = 0;
  for (const [account, lanes] of lanesOf) {
    further += lanes.size - 1;
    expected += ((state.reviewCountOf(account) - 1) * reviews) / state.liveReviews;
  }
  return Math.max(settings.tasteLift, (further + 1) / (expected + 1 / settings.tasteLift));
};

/**
 * How many times likelier than by chance those who came to the targets at other times than the ring meet one another,
 * and the members, at listings elsewhere. People of one town or one hobby share many places, whenever they come; a ring
 * shares with the other visitors of its targets nothing but these. Whoever came at the ring's own times may be a member
 * not found yet and is no witness. Gamma prior as in `liftAtTargets`.
 */
export const liftElsewhere = (
  members: readonly number[],
  targets: readonly RingTarget[],
  { state, polarity, settings }: GrowthInput,
): number => {
  const targetLanes = new Set(targets.map(({ lane }) => lane));
  const elsewhere = (account: number): number[] =>
    state.slotsOf(account).flatMap((slot) => {
      const lane = state.laneOf(slot);
      return lane < 0 || (lane & 1) !== polarity || targetLanes.has(lane) ? [] : [lane];
    });
  const visitorsAt = new Map<number, number>();
  let visits = 0;
  for (const visitor of otherVisitors(members, targets, state)) {
    for (const lane of elsewhere(visitor)) {
      visitorsAt.set(lane, (visitorsAt.get(lane) ?? 0) + 1);
      visits += 1;
    }
  }
  // Of one review at a lane: how many of the visitors' reviews are to be expected there.
  const expectedAt = (lane: number): number => (state.lane(lane).length * visits) / state.liveReviews;
  let met = 0;
  let expected = 0;
  for (const [lane, visitors] of visitorsAt) {
    met += visitors - 1;
    expected += (visitors * expectedAt(lane)) / 2;
  }
  for (const member of members) {
    for (const lane of elsewhere(member)) {
      met += visitorsAt.get(lane) ?? 0;
      expected += expectedAt(lane);
    }
  }
  return (met + 1) / (expected + 1 / settings.tasteLift);
};

/** Accounts that came to the targets, and never within a span of the ring; an even share of the visitors of each target. */
const otherVisitors = (
  members: readonly number[],
  targets: readonly RingTarget[],
  state: GrowthInput['state'],
): Set<number> => {
  const isInvolved = new Set(members);
  for (const { lane, fromMs, toMs } of targets) {
    for (const slot of state.lane(lane)) {
      const atMs = state.atMsOf(slot);
      if (atMs >= fromMs && atMs <= toMs) isInvolved.add(state.accountOf(slot));
    }
  }
  const each = Math.ceil(VISITORS_READ / targets.length);
  const visitors = new Set<number>();
  for (const { lane } of targets) {
    const slots = state.lane(lane);
    const step = Math.max(1, Math.floor(slots.length / each));
    for (let i = 0; i < slots.length; i += step) {
      const account = state.accountOf(slots[i] ?? -1);
      if (!isInvolved.has(account)) visitors.add(account);
    }
  }
  return visitors;
};
