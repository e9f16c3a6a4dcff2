import { logChoose } from './chance.ts';
import type { RingState } from './ring-state.ts';
import type { RingDraft } from './ring-terms.ts';
import type { RingSettings } from './settings.ts';
import { slotsNear } from './strong-pairs.ts';

const DAY_MS = 86_400_000;
/** Rounds after which growth stops, settled or not: a hypothesis that swings is judged as it stands. */
const MAX_ROUNDS = 12;

/** Times that a settled hypothesis is loosened to everybody at its targets and settled again. */
const MAX_BREATHS = 4;
/** Accounts a member, and reviews around a review, beyond which loosening would only bring a crowd. */
const MAX_CROWDING = 8;

/** A lane and the span of time in which the members reviewed it. */
export interface RingTarget {
  readonly lane: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Reviews of the lane in the span by others. */
  readonly background: number;
  /** Reviews that others were to be expected to write in the span, never 0. */
  readonly expected: number;
}

/** A guess that some accounts act as one: who, where, when, and how much likelier that is than chance. */
export interface RingHypothesis {
  readonly polarity: number;
  /** Account numbers, ascending. */
  readonly members: readonly number[];
  readonly targets: readonly RingTarget[];
  /** Share of member × target cells that hold a review, 0–1, drawn to one half by one cell each way. */
  readonly density01: number;
  /** Slots of the members' reviews at the targets. */
  readonly slots: readonly number[];
  /** Log-likelihood ratio of the cells against chance, less the cost of naming members and targets, in nats. */
  readonly nats: number;
}

/** What the growth needs besides the state. */
export interface GrowthInput {
  readonly state: RingState;
  readonly polarity: number;
  readonly settings: RingSettings;
  /** Nats by which something else than reviews (a link, a newcomer) speaks for one account's membership. */
  readonly besideNats: (account: number) => number;
}

interface Hit {
  readonly account: number;
  readonly slot: number;
  readonly atMs: number;
}

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

const settle = (seeds: readonly number[], input: GrowthInput): RingHypothesis | undefined => {
  let members = [...new Set(seeds)].sort((a, b) => a - b);
  let targets: RingTarget[] = [];
  let density01 = 0;
  const seen = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const hits = hitsByLane(members, input);
    density01 = round === 0 ? seedDensity01(members, hits, input) : density01;
    targets = chooseTargets(members, hits, density01, input);
    if (targets.length < input.settings.minListings) return undefined;
    const chosen = chooseMembers(members, targets, { density01, lift: localLift(members, targets, input) }, input);
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

const hitsByLane = (members: readonly number[], { state, polarity }: GrowthInput): Map<number, Hit[]> => {
  const lanes = new Map<number, Hit[]>();
  for (const account of members) {
    for (const slot of state.slotsOf(account)) {
      const lane = state.laneOf(slot);
      if (lane < 0 || (lane & 1) !== polarity) continue;
      const hit = { account, slot, atMs: state.atMsOf(slot) };
      const hits = lanes.get(lane);
      if (hits === undefined) lanes.set(lane, [hit]);
      else hits.push(hit);
    }
  }
  return lanes;
};

/** Density of the block of the seeds and every lane where two of them met. */
const seedDensity01 = (members: readonly number[], lanes: ReadonlyMap<number, readonly Hit[]>, input: GrowthInput) => {
  let cells = 0;
  let filled = 0;
  for (const hits of lanes.values()) {
    const span = fullestSpan(hits, input.settings.campaignLimitDays * DAY_MS);
    if (span.accounts < 2) continue;
    cells += members.length;
    filled += span.accounts;
  }
  return (filled + 1) / (cells + 2);
};

/** The shortest span of at most `limitMs` that holds the most accounts. */
const fullestSpan = (hits: readonly Hit[], limitMs: number): { accounts: number; fromMs: number; toMs: number } => {
  const sorted = [...hits].sort((a, b) => a.atMs - b.atMs);
  const inside = new Map<number, number>();
  let best = { accounts: 0, fromMs: 0, toMs: 0 };
  let start = 0;
  for (const hit of sorted) {
    inside.set(hit.account, (inside.get(hit.account) ?? 0) + 1);
    for (let first = sorted[start]; first !== undefined; first = sorted[start]) {
      const count = inside.get(first.account) ?? 0;
      // Beyond the limit, or said again later within the span: the span can begin later.
      if (hit.atMs - first.atMs <= limitMs && count === 1) break;
      if (count === 1) inside.delete(first.account);
      else inside.set(first.account, count - 1);
      start += 1;
    }
    const fromMs = sorted[start]?.atMs ?? hit.atMs;
    const isShorter = inside.size === best.accounts && hit.atMs - fromMs < best.toMs - best.fromMs;
    if (inside.size > best.accounts || isShorter) best = { accounts: inside.size, fromMs, toMs: hit.atMs };
  }
  return best;
};

const chooseTargets = (
  members: readonly number[],
  lanes: ReadonlyMap<number, readonly Hit[]>,
  density01: number,
  input: GrowthInput,
): RingTarget[] => {
  const { settings } = input;
  const isMember = new Set(members);
  const targets: RingTarget[] = [];
  for (const [lane, hits] of lanes) {
    const span = fullestSpan(hits, settings.campaignLimitDays * DAY_MS);
    if (span.accounts < 2) continue;
    const target = targetOf(lane, span, isMember, input);
    const here = new Set<number>();
    for (const hit of hits) if (hit.atMs >= target.fromMs && hit.atMs <= target.toMs) here.add(hit.account);
    let gain = -targetCostNats(target, input);
    for (const account of members) gain += cellNats(here.has(account), account, target, density01, input);
    if (gain > 0) targets.push(target);
  }
  return targets.sort((a, b) => a.fromMs - b.fromMs || a.lane - b.lane);
};

/**
 * A span in which nobody else came is not one to which nobody comes: to those who came it adds what the lane's other
 * reviews, spread over the horizon, would bring, but no more than half a review, since a busy time shows by itself.
 */
const targetOf = (
  lane: number,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  isMember: ReadonlySet<number>,
  { state, settings }: GrowthInput,
): RingTarget => {
  let others = 0;
  let background = 0;
  for (const slot of state.lane(lane)) {
    if (isMember.has(state.accountOf(slot))) continue;
    others += 1;
    const atMs = state.atMsOf(slot);
    if (atMs >= fromMs && atMs <= toMs) background += 1;
  }
  const spread = ((others + 0.5) * Math.max(DAY_MS, toMs - fromMs)) / (settings.horizonDays * DAY_MS);
  return { lane, fromMs, toMs, background, expected: background + Math.min(0.5, spread) };
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

/** Log-likelihood ratio of one cell of the block, ring against chance. */
const cellNats = (
  isFilled: boolean,
  account: number,
  target: RingTarget,
  density01: number,
  { state }: GrowthInput,
): number => {
  const expected = (state.reviewCountOf(account) * target.expected) / state.liveReviews;
  return isFilled ? Math.log(density01 / -Math.expm1(-expected)) : Math.log1p(-density01) + expected;
};

/** Who was at one of the targets comes to the others more often than anybody else: people have tastes and towns. */
const tasteNats = (hits: number, lift: number): number => Math.max(0, hits - 1) * Math.log(lift);

/**
 * How many times likelier than by chance the accounts outside the ring that reviewed one of the targets, at any time,
 * reviewed a further one. A gamma prior with the mean of `tasteLift` and the weight of one observation stands in where
 * hardly anybody else came.
 */
const localLift = (members: readonly number[], targets: readonly RingTarget[], input: GrowthInput): number => {
  const { state, settings } = input;
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

/** Log of the choices of a lane and of a span among all. */
const targetCostNats = (target: RingTarget, { state, settings }: GrowthInput): number =>
  Math.log(state.liveLanes) + spanCostNats(target, settings);

const spanCostNats = (target: RingTarget, settings: RingSettings): number =>
  Math.log(Math.max(1, (settings.horizonDays * DAY_MS) / Math.max(DAY_MS, target.toMs - target.fromMs)));

const blockDensity01 = (members: readonly number[], targets: readonly RingTarget[], input: GrowthInput): number => {
  const cells = memberCells(members, targets, input);
  let filled = 0;
  for (const accounts of cells) filled += accounts.size;
  return (filled + 1) / (members.length * targets.length + 2);
};

/** Members who reviewed each target in its span. */
const memberCells = (members: readonly number[], targets: readonly RingTarget[], { state }: GrowthInput) => {
  const isMember = new Set(members);
  return targets.map((target) => {
    const accounts = new Set<number>();
    for (const slot of slotsWithin(state, target)) {
      const account = state.accountOf(slot);
      if (isMember.has(account)) accounts.add(account);
    }
    return accounts;
  });
};

const weigh = (
  members: readonly number[],
  targets: readonly RingTarget[],
  density01: number,
  input: GrowthInput,
): RingHypothesis => {
  const { state, polarity, settings } = input;
  const isMember = new Set(members);
  const cells = memberCells(members, targets, input);
  const lift = localLift(members, targets, input);
  let nats = -logChoose(state.liveAccounts, members.length) - logChoose(state.liveLanes, targets.length);
  for (const target of targets) nats -= spanCostNats(target, settings);
  for (const account of members) {
    let hits = 0;
    for (const [index, target] of targets.entries()) {
      const isFilled = cells[index]?.has(account) ?? false;
      if (isFilled) hits += 1;
      nats += cellNats(isFilled, account, target, density01, input);
    }
    nats += input.besideNats(account) - tasteNats(hits, lift);
  }
  const slots = targets.flatMap((target) =>
    [...slotsWithin(state, target)].filter((slot) => isMember.has(state.accountOf(slot))),
  );
  return { polarity, members, targets, density01, slots, nats };
};

/** Slots of a lane within the span of a target, by time. */
function* slotsWithin(state: RingState, target: RingTarget): Generator<number> {
  const slots = state.lane(target.lane);
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (state.atMsOf(slots[middle] ?? 0) < target.fromMs) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < slots.length; i += 1) {
    const slot = slots[i] ?? 0;
    if (state.atMsOf(slot) > target.toMs) return;
    yield slot;
  }
}

/** The hypothesis as a draft, with what made it likely. */
export const draftOf = (ring: RingHypothesis): RingDraft => {
  const cells = ring.members.length * ring.targets.length;
  const others = ring.targets.reduce((sum, target) => sum + target.background, 0);
  return {
    ...ring,
    leading: [
      {
        name: 'coReview',
        why: `${ring.members.length} accounts wrote ${ring.slots.length} reviews in ${cells} possible places at ${ring.targets.length} listings, where everybody else wrote ${others} at those times.`,
        nats: ring.nats,
      },
    ],
  };
};
