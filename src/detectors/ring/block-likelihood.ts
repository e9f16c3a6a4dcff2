import { logChoose } from './chance.ts';
import { liftAtTargets, liftElsewhere } from './local-taste.ts';
import { slotsWithin, type GrowthInput, type RingHypothesis, type RingTarget } from './ring-hypothesis.ts';
import type { RingSettings } from './settings.ts';

const DAY_MS = 86_400_000;

/** Log-likelihood ratio of one cell of the block, ring against chance. */
export const cellNats = (
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
export const tasteNats = (hits: number, lift: number): number => Math.max(0, hits - 1) * Math.log(lift);

/** Log of the choices of a lane and of a span among all. */
export const targetCostNats = (target: RingTarget, { state, settings }: GrowthInput): number =>
  Math.log(state.liveLanes) + spanCostNats(target, settings);

const spanCostNats = (target: RingTarget, settings: RingSettings): number =>
  Math.log(Math.max(1, (settings.horizonDays * DAY_MS) / Math.max(DAY_MS, target.toMs - target.fromMs)));

export const blockDensity01 = (
  members: readonly number[],
  targets: readonly RingTarget[],
  input: GrowthInput,
): number => {
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

export const weigh = (
  members: readonly number[],
  targets: readonly RingTarget[],
  density01: number,
  input: GrowthInput,
): RingHypothesis => {
  const { state, polarity, settings } = input;
  const isMember = new Set(members);
  const cells = memberCells(members, targets, input);
  let nats = -logChoose(state.liveAccounts, members.length) - logChoose(state.liveLanes, targets.length);
  for (const target of targets) nats -= spanCostNats(target, settings);
  let furtherHits = 0;
  for (const account of members) {
    let hits = 0;
    for (const [index, target] of targets.entries()) {
      const isFilled = cells[index]?.has(account) ?? false;
      if (isFilled) hits += 1;
      nats += cellNats(isFilled, account, target, density01, input);
    }
    nats += input.besideNats(account);
    furtherHits += Math.max(0, hits - 1);
  }
  const lift = liftAtTargets(members, targets, input);
  nats -= furtherHits * Math.log(lift);
  // What is unlikely already is not worth reading what the visitors do elsewhere.
  if (nats > 0) nats -= furtherHits * Math.log(Math.max(1, liftElsewhere(members, targets, input) / lift));
  const slots = targets.flatMap((target) =>
    [...slotsWithin(state, target)].filter((slot) => isMember.has(state.accountOf(slot))),
  );
  return { polarity, members, targets, density01, slots, nats };
};
