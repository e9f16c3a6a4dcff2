import type { RingState } from './ring-state.ts';
import type { RingDraft } from './ring-terms.ts';
import type { RingSettings } from './settings.ts';

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

/** Slots of a lane within the span of a target, by time. */
export function* slotsWithin(state: RingState, target: RingTarget): Generator<number> {
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
