import { poissonSurpriseNats } from './chance.ts';
import { polarityOf } from './review-event.ts';
import type { RingDraft } from './ring-terms.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';
import { shinglesOfReview } from './review-shingles.ts';
import { jaccard01 } from './text-similarity.ts';

const DAY_MS = 86_400_000;

/** Reviews by other accounts, of the same polarity, whose text is verified to be nearly the same; slots, ascending. */
export const alikeReviews = (state: RingState, slot: number, settings: RingSettings): number[] => {
  const event = state.eventOf(slot);
  if (event === undefined) return [];
  const candidates = state.textCandidates(slot, settings.text.maxAlike, settings.text.minJaccard01);
  if (candidates.length === 0) return [];
  const shingles = shinglesOfReview(event);
  return candidates.filter((other) => {
    const theirs = state.eventOf(other);
    if (theirs === undefined || theirs.accountId === event.accountId) return false;
    if (polarityOf(theirs.stars) !== polarityOf(event.stars)) return false;
    return jaccard01(shingles, shinglesOfReview(theirs)) >= settings.text.minJaccard01;
  });
};

/** The accounts that wrote nearly what this review says, wherever they wrote it, if they are enough for a ring. */
export const textFamily = (state: RingState, slot: number, settings: RingSettings): RingDraft | undefined => {
  const alike = alikeReviews(state, slot, settings);
  const draft = draftOfSlots(state, [slot, ...alike], polarityOf(state.eventOf(slot)?.stars ?? 3), []);
  return draft.members.length >= settings.minMembers ? draft : undefined;
};

/**
 * The week in which a seller got surprisingly many reviews of one polarity by accounts that wrote nothing else: such
 * accounts never meet twice, so no pair shows them. Expected is the seller's pace over the rest of the horizon, times
 * the market's share of such accounts; the choice of seller and week is charged. With `aroundMs` only weeks that hold
 * that moment are looked at. The caller asks for further evidence, as a sale brings bursts too.
 */
export const sellerBurst = (
  state: RingState,
  { sellerId, polarity, aroundMs }: { sellerId: string; polarity: number; aroundMs?: number },
  settings: RingSettings,
): RingDraft | undefined => {
  const weekMs = settings.burst.days * DAY_MS;
  const lone = state.slotsOfSeller(sellerId).filter((slot) => {
    const lane = state.laneOf(slot);
    if (lane < 0 || (lane & 1) !== polarity) return false;
    if (aroundMs !== undefined && Math.abs(state.atMsOf(slot) - aroundMs) > weekMs) return false;
    return state.reviewCountOf(state.accountOf(slot)) === 1;
  });
  lone.sort((a, b) => state.atMsOf(a) - state.atMsOf(b) || (idOf(state, a) < idOf(state, b) ? -1 : 1));
  const week = fullestWeek(state, lone, weekMs, aroundMs);
  if (week.length < settings.minMembers) return undefined;
  const rest = Math.max(0, state.liveReviewsOfSeller(sellerId) - week.length) + 0.5;
  const loneShare01 = (state.loneReviews + 1) / (state.liveReviews + 2);
  const polarityShare01 = (state.liveReviewsOf(polarity) + 1) / (state.liveReviews + 2);
  const expected = (rest * loneShare01 * polarityShare01 * settings.burst.days) / settings.horizonDays;
  const choices = Math.max(1, state.liveSellers) * (settings.horizonDays / settings.burst.days);
  const nats = poissonSurpriseNats(week.length, expected) - Math.log(choices);
  if (nats < settings.burst.minNats) return undefined;
  return draftOfSlots(state, week, polarity, [
    {
      name: 'sellerBurst',
      why: `${week.length} accounts that wrote nothing else reviewed this seller within ${settings.burst.days} days, where ${expected.toFixed(1)} were to be expected.`,
      nats,
    },
  ]);
};

const idOf = (state: RingState, slot: number): string => state.eventOf(slot)?.reviewId ?? '';

/** Slots of the fullest span of a week, which come and go by time. */
const fullestWeek = (state: RingState, lone: readonly number[], weekMs: number, aroundMs?: number): number[] => {
  let best: readonly number[] = [];
  let start = 0;
  for (let end = 0; end < lone.length; end += 1) {
    const lastMs = state.atMsOf(lone[end] ?? 0);
    while (lastMs - state.atMsOf(lone[start] ?? 0) > weekMs) start += 1;
    const isAround = aroundMs === undefined || (state.atMsOf(lone[start] ?? 0) <= aroundMs && aroundMs <= lastMs);
    if (isAround && end + 1 - start > best.length) best = lone.slice(start, end + 1);
  }
  return [...best];
};

const draftOfSlots = (
  state: RingState,
  slots: readonly number[],
  polarity: number,
  leading: RingDraft['leading'],
): RingDraft => {
  const members = [...new Set(slots.map((slot) => state.accountOf(slot)))].sort((a, b) => a - b);
  const lanes = new Set(slots.map((slot) => state.laneOf(slot)));
  return { polarity, members, slots, leading, density01: slots.length / Math.max(1, members.length * lanes.size) };
};
