import type { AccountKnowledge } from './find-rings.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';

const DAY_MS = 86_400_000;

/** Latest reviews whose authors stand for the market. */
const REVIEWS_READ = 300;
/** Authors for which the prior share of newcomers stands. */
const PRIOR_AUTHORS = 10;

/** How strongly it speaks for a ring that an account is new, in nats; a market full of newcomers makes it say little. */
export interface NewcomerWeights {
  readonly freshNats: number;
  readonly settledNats: number;
}

/** Whether an account began to review soon after it registered; undefined where its registration is not known. */
export const isNewcomer = (
  state: RingState,
  account: number,
  { newcomerDays }: RingSettings,
  { registeredAtMs }: AccountKnowledge,
): boolean | undefined => {
  const registered = registeredAtMs?.(state.accountId(account));
  return registered === undefined ? undefined : state.firstReviewMs(account) - registered <= newcomerDays * DAY_MS;
};

/** Log-likelihood ratios from the share of newcomers in rings, by the settings, and among the latest reviews' authors. */
export const newcomerWeights = (
  state: RingState,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): NewcomerWeights => {
  const { ofRings01, ofMarket01 } = settings.newcomerShares;
  let fresh = ofMarket01 * PRIOR_AUTHORS;
  let known = PRIOR_AUTHORS;
  for (const author of new Set(state.latestSlots(REVIEWS_READ).map((slot) => state.accountOf(slot)))) {
    const isFresh = isNewcomer(state, author, settings, knowledge);
    if (isFresh === undefined) continue;
    known += 1;
    if (isFresh) fresh += 1;
  }
  const market01 = fresh / known;
  return { freshNats: Math.log(ofRings01 / market01), settledNats: Math.log((1 - ofRings01) / (1 - market01)) };
};
