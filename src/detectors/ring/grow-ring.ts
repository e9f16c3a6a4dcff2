import { blockDensity01, cellNats, tasteNats, weigh } from './block-likelihood.ts';
import { liftAtTargets } from './local-taste.ts';
import { slotsWithin, type GrowthInput, type RingHypothesis, type RingTarget } from './ring-hypothesis.ts';
import { chooseTargets, hitsByLane, seedDensity01 } from './ring-targets.ts';
import { slotsNear } from './strong-pairs.ts';

/** Rounds after which growth stops, settled or not: a hypothesis that swings is judged as it stands. */
const MAX_ROUNDS = 12;

/** Times that a settled hypothesis is loosened to everybody at its targets and settled again. */
const MAX_BREATHS = 4;
/** Accounts a member, and reviews around a review, beyond which loosening would only bring a crowd. */
const MAX_CROWDING = 8;

/**
 * Grows accounts that met suspiciously often into the most likely ring around them, or into nothing.
 *
 * In turn it chooses the targets, given the members, and the members, given the targets, until neither changes. Both
 * choices compare the probability of the cells in a ring (density of the block) with that of chance (how busy the
 * account is × how busy the listing is at that time, by the configuration model) and charge the choice itself: log of
 * the ways to pick so many accounts, lanes and spans out of all live ones. So a group needs to be the larger the
 * busier its surroundings are. What has settled is loosened to everybody who was at the targets and settled again while
 * that helps, since two members alone often see only half of their ring. Own design after the minimum description length principle (Rissanen 1978); measured in
 * docs/decisions/0140-ring-hypotheses.md.
 */
export const growRing = (seeds: readonly number[], input: GrowthInput): RingHypothesis | undefined => {
  let best = settle(seeds, input);
  for (let breath = 0; best !== undefined && breath < MAX_BREATHS; breath += 1) {
    const wider = loosen(best, visitorsOf(best, input), input) ?? loosen(best, acquaintancesOf(best, input), input);
    if (wider === undefined) break;
    best = wider;
  }
  return best;
};

/** What the hypothesis settles to from a wider circle, if that is likelier. */
const loosen = (ring: RingHypothesis, circle: readonly number[], input: GrowthInput): RingHypothesis | undefined => {
  if (circle.length === ring.members.length || circle.length > MAX_CROWDING * ring.members.length) return undefined;
  const wider = settle(circle, input);
  return wider !== undefined && wider.nats > ring.nats + 1e-9 ? wider : undefined;
};

/** Everybody who reviewed a target in its span, member or not. */
const visitorsOf = ({ members, targets }: RingHypothesis, { state }: GrowthInput): number[] => {
  const visitors = new Set(members);
  for (const target of targets) for (const slot of slotsWithin(state, target)) visitors.add(state.accountOf(slot));
  return [...visitors];
};

/** The members and everybody who met one of them where few others came. */
const acquaintancesOf = ({ members, polarity }: RingHypothesis, { state }: GrowthInput): number[] => {
  const circle = new Set(members);
  for (const member of members) {
    for (const slot of state.slotsOf(member)) {
      const lane = state.laneOf(slot);
      if (lane < 0 || (lane & 1) !== polarity) continue;
      const near = slotsNear(state, slot, lane);
      if (near.length <= MAX_CROWDING) for (const other of near) circle.add(state.accountOf(other));
    }
  }
  return [...circle];
};

/** Chooses targets and members in turn until neither changes. */
export const settle = (seeds: readonly number[], input: GrowthInput): RingHypothesis | undefined => {
  let members = [...new Set(seeds)].sort((a, b) => a - b);
  let targets: RingTarget[] = [];
  let density01 = 0;
  const seen = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const hits = hitsByLane(members, input);
    density01 = round === 0 ? seedDensity01(members, hits, input) : density01;
    targets = chooseTargets(members, hits, density01, input);
    if (targets.length < input.settings.minListings) return undefined;
    const chosen = chooseMembers(members, targets, { density01, lift: liftAtTargets(members, targets, input) }, input);
    if (chosen.length < 2) return undefined;
    density01 = blockDensity01(chosen, targets, input);
    const key = `${chosen.join(',')}|${targets.map((target) => `${target.lane}:${target.fromMs}:${target.toMs}`).join(',')}`;
    const isSettled = seen.has(key);
    members = chosen;
    if (isSettled) break;
    seen.add(key);
  }
  return weigh(members, targets, density01, input);
};

const chooseMembers = (
  members: readonly number[],
  targets: readonly RingTarget[],
  { density01, lift }: { readonly density01: number; readonly lift: number },
  input: GrowthInput,
): number[] => {
  const { state, settings } = input;
  const hits = new Map<number, Set<RingTarget>>();
  for (const target of targets) {
    for (const slot of slotsWithin(state, target)) {
      const account = state.accountOf(slot);
      const own = hits.get(account);
      if (own === undefined) hits.set(account, new Set([target]));
      else own.add(target);
    }
  }
  const costNats = Math.log(state.liveAccounts / members.length);
  const chosen: number[] = [];
  for (const [account, own] of hits) {
    // At one listing only, an account may be part of a sale that brought many: something else must tie it to the ring.
    const besideNats = input.besideNats(account);
    if (own.size < 2 && besideNats < settings.loneHitNats) continue;
    let nats = besideNats - costNats - tasteNats(own.size, lift);
    for (const target of targets) nats += cellNats(own.has(target), account, target, density01, input);
    if (nats > 0) chosen.push(account);
  }
  return chosen.sort((a, b) => a - b);
};
