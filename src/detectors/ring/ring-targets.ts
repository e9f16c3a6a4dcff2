import { cellNats, targetCostNats } from './block-likelihood.ts';
import type { GrowthInput, RingTarget } from './ring-hypothesis.ts';

const DAY_MS = 86_400_000;

interface Hit {
  readonly account: number;
  readonly slot: number;
  readonly atMs: number;
}

export const hitsByLane = (members: readonly number[], { state, polarity }: GrowthInput): Map<number, Hit[]> => {
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
export const seedDensity01 = (
  members: readonly number[],
  lanes: ReadonlyMap<number, readonly Hit[]>,
  input: GrowthInput,
) => {
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

export const chooseTargets = (
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
