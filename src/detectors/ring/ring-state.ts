import { DenseNumbers } from './dense-numbers.ts';
import { PairTable } from './pair-table.ts';
import { TextIndex } from './text-index.ts';
import { evenText } from './text-similarity.ts';
import { NEUTRAL, polarityOf, type ReviewEvent } from './review-event.ts';
import type { RingSettings } from './settings.ts';

const DAY_MS = 86_400_000;

/** What decides the contents of a `RingState`. */
export interface RingStateOptions {
  /** How long a review counts. */
  readonly horizonMs: number;
  /** Two reviews meet when they are at most this far apart at one listing, both praise or both attack. */
  readonly pairWindowMs: number;
  /** Neighbours on either side, in order of time, that a review can meet: bounds the work at a popular listing. */
  readonly neighbourLimit: number;
  /** Characters below which an evened text is not compared. */
  readonly textMinChars: number;
}

/** The part of the settings that decides what the state holds. */
export const ringStateOptions = (settings: RingSettings): RingStateOptions => ({
  horizonMs: settings.horizonDays * DAY_MS,
  pairWindowMs: settings.pairWindowDays * DAY_MS,
  neighbourLimit: settings.neighbourLimit,
  textMinChars: settings.text.minChars,
});

export type AddResult =
  /** `closestMeetings` is the largest number of meetings that the account now has with one other account. */
  | { readonly kind: 'added'; readonly closestMeetings: number }
  | { readonly kind: 'known' }
  /** Older than the horizon allows. */
  | { readonly kind: 'too-old' };

/**
 * Live reviews, by account and by listing, with the number of times that each two accounts met.
 *
 * The contents are a function of the set of live reviews alone: the order of `add`, `remove` and `expire` leaves no
 * trace, so a state rebuilt from the database equals one that was kept. Accounts, listings and reviews have small
 * numbers inside; a *lane* is a listing with a polarity, numbered 2 × listing + polarity.
 */
export class RingState {
  readonly options: RingStateOptions;
  readonly #accounts = new DenseNumbers();
  readonly #listings = new DenseNumbers();
  readonly #pairs = new PairTable();
  readonly #texts = new TextIndex();
  /** Slots of each seller, in no order, and where each slot stands there. */
  readonly #slotsBySeller: number[][] = [];
  readonly #placeAtSeller: number[] = [];
  #loneReviews = 0;
  readonly #slotById = new Map<string, number>();
  readonly #freeSlots: number[] = [];
  readonly #events: (ReviewEvent | undefined)[] = [];
  readonly #accountOf: number[] = [];
  readonly #listingOf: number[] = [];
  readonly #sellerOf: number[] = [];
  readonly #laneOf: number[] = [];
  readonly #atMs: number[] = [];
  /** Slots of each account, in no order. */
  readonly #slotsByAccount: number[][] = [];
  /** Slots of each lane by time, then review id. */
  readonly #lanes: number[][] = [];
  /** Slots by the day of their review; a slot that was given again since stands in an old day too. */
  readonly #slotsByDay = new Map<number, number[]>();
  #oldestDay = Number.POSITIVE_INFINITY;
  #horizonStartMs = Number.NEGATIVE_INFINITY;
  readonly #livePerPolarity = [0, 0, 0];
  /** Holds are live reviews. */
  readonly #sellers = new DenseNumbers();
  #liveLanes = 0;

  constructor(options: RingStateOptions) {
    this.options = options;
  }

  /** The state of exactly these reviews at `nowMs`, in whatever order they come. */
  static rebuild(options: RingStateOptions, events: Iterable<ReviewEvent>, nowMs: number): RingState {
    const state = new RingState(options);
    state.expire(nowMs);
    for (const event of events) state.add(event);
    return state;
  }

  get liveReviews(): number {
    return this.#slotById.size;
  }

  get liveAccounts(): number {
    return this.#accounts.size;
  }

  /** Lanes with a live review. */
  get liveLanes(): number {
    return this.#liveLanes;
  }

  /** Pairs of accounts that met at least once. */
  get livePairs(): number {
    return this.#pairs.size;
  }

  liveReviewsOf(polarity: number): number {
    return this.#livePerPolarity[polarity] ?? 0;
  }

  liveReviewsOfSeller(sellerId: string): number {
    return this.#sellers.holdsOf(sellerId);
  }

  /** Accounts whose only live review it is. */
  get loneReviews(): number {
    return this.#loneReviews;
  }

  /** Sellers with a live review, in no stated order. */
  sellerIds(): string[] {
    return this.#sellers.ids();
  }

  /** Slots of the seller's live reviews, in no stated order. Read only until the state changes. */
  slotsOfSeller(sellerId: string): readonly number[] {
    return this.#slotsBySeller[this.#sellers.numberOf(sellerId) ?? -1] ?? [];
  }

  /** Slots of texts that may be near-duplicates of the slot's, ascending; none where more than `limit` are. */
  textCandidates(slot: number, limit: number): number[] {
    return this.#texts.candidates(slot, limit);
  }

  /** Slots of the reviews whose texts are compared, by time, then review id. */
  textSlots(): number[] {
    return this.#texts.slots().sort((a, b) => (this.#isBefore(a, b) ? -1 : 1));
  }

  /** Takes a review in; one that is already there, by its id, changes nothing. */
  add(event: ReviewEvent): AddResult {
    if (event.atMs < this.#horizonStartMs) return { kind: 'too-old' };
    if (this.#slotById.has(event.reviewId)) return { kind: 'known' };
    const slot = this.#freeSlots.pop() ?? this.#events.length;
    const account = this.#accounts.hold(event.accountId);
    const listing = this.#listings.hold(event.listingId);
    const polarity = polarityOf(event.stars);
    const lane = polarity === NEUTRAL ? -1 : 2 * listing + polarity;
    this.#slotById.set(event.reviewId, slot);
    this.#events[slot] = event;
    this.#accountOf[slot] = account;
    this.#laneOf[slot] = lane;
    this.#atMs[slot] = event.atMs;
    const own = (this.#slotsByAccount[account] ??= []);
    own.push(slot);
    if (own.length <= 2) this.#loneReviews += own.length === 1 ? 1 : -1;
    this.#indexText(slot, event.text);
    this.#livePerPolarity[polarity] = this.liveReviewsOf(polarity) + 1;
    const seller = this.#sellers.hold(event.sellerId);
    this.#listingOf[slot] = listing;
    this.#sellerOf[slot] = seller;
    const ofSeller = (this.#slotsBySeller[seller] ??= []);
    this.#placeAtSeller[slot] = ofSeller.length;
    ofSeller.push(slot);
    this.#rememberDay(slot, event.atMs);
    return { kind: 'added', closestMeetings: lane < 0 ? 0 : this.#insertIntoLane(lane, slot, account) };
  }

  /** Forgets a review, for example one that was taken down. Tells whether it was there. */
  remove(reviewId: string): boolean {
    const slot = this.#slotById.get(reviewId);
    const event = slot === undefined ? undefined : this.#events[slot];
    if (slot === undefined || event === undefined) return false;
    const account = this.#accountOf[slot] ?? 0;
    const lane = this.#laneOf[slot] ?? -1;
    if (lane >= 0) this.#deleteFromLane(lane, slot, account);
    const own = this.#slotsByAccount[account] ?? [];
    const last = own.pop();
    if (last !== undefined && last !== slot) own[own.indexOf(slot)] = last;
    if (own.length <= 1) this.#loneReviews += own.length === 1 ? 1 : -1;
    this.#texts.remove(slot);
    const polarity = polarityOf(event.stars);
    this.#livePerPolarity[polarity] = this.liveReviewsOf(polarity) - 1;
    const listing = this.#listingOf[slot] ?? 0;
    const seller = this.#sellerOf[slot] ?? 0;
    this.#leaveSeller(seller, slot);
    this.#sellers.release(seller);
    this.#accounts.release(account);
    this.#listings.release(listing);
    this.#slotById.delete(reviewId);
    this.#events[slot] = undefined;
    this.#freeSlots.push(slot);
    return true;
  }

  /** Forgets every review older than the horizon and refuses such from now on. Going back in time changes nothing. */
  expire(nowMs: number): void {
    const startMs = nowMs - this.options.horizonMs;
    if (startMs <= this.#horizonStartMs) return;
    this.#horizonStartMs = startMs;
    const startDay = Math.floor(startMs / DAY_MS);
    for (; this.#oldestDay <= startDay && this.#slotsByDay.size > 0; this.#oldestDay += 1) {
      const slots = this.#slotsByDay.get(this.#oldestDay);
      if (slots === undefined) continue;
      const kept: number[] = [];
      for (const slot of slots) {
        const event = this.#events[slot];
        if (event === undefined) continue;
        if (event.atMs < startMs) this.remove(event.reviewId);
        else if (Math.floor(event.atMs / DAY_MS) === this.#oldestDay) kept.push(slot);
      }
      if (this.#oldestDay === startDay) {
        this.#slotsByDay.set(this.#oldestDay, kept);
        return;
      }
      this.#slotsByDay.delete(this.#oldestDay);
    }
    if (this.#slotsByDay.size === 0) this.#oldestDay = Number.POSITIVE_INFINITY;
  }

  /** Number of an account that has a live review. */
  accountNumber(accountId: string): number | undefined {
    return this.#accounts.numberOf(accountId);
  }

  accountId(account: number): string {
    return this.#accounts.nameOf(account);
  }

  /** One above the highest number of an account. */
  get accountLimit(): number {
    return this.#accounts.limit;
  }

  /** Slots of the account's live reviews, in no stated order. Read only until the state changes. */
  slotsOf(account: number): readonly number[] {
    return this.#slotsByAccount[account] ?? [];
  }

  /** Slots of a lane by time. Read only until the state changes. */
  lane(lane: number): readonly number[] {
    return this.#lanes[lane] ?? [];
  }

  /** −1 for a neutral review, which has no lane. */
  laneOf(slot: number): number {
    return this.#laneOf[slot] ?? -1;
  }

  accountOf(slot: number): number {
    return this.#accountOf[slot] ?? -1;
  }

  atMsOf(slot: number): number {
    return this.#atMs[slot] ?? 0;
  }

  eventOf(slot: number): ReviewEvent | undefined {
    return this.#events[slot];
  }

  slotOfReview(reviewId: string): number | undefined {
    return this.#slotById.get(reviewId);
  }

  /** Times that two accounts met, 0–65,535; a second review of one listing by one account counts again. */
  meetings(a: number, b: number): number {
    return this.#pairs.count(a, b);
  }

  /** Calls `visit` for each two accounts that met at least `minMeetings` times, in no stated order. */
  forEachPair(minMeetings: number, visit: (a: number, b: number, meetings: number) => void): void {
    this.#pairs.forEach(minMeetings, visit);
  }

  /** Every live review, in no stated order. */
  *liveEvents(): Generator<ReviewEvent> {
    for (const event of this.#events) if (event !== undefined) yield event;
  }

  #indexText(slot: number, text: string): void {
    if (text.length < this.options.textMinChars) return;
    const evened = evenText(text);
    if (evened.length >= this.options.textMinChars) this.#texts.add(slot, evened);
  }

  #leaveSeller(seller: number, slot: number): void {
    const slots = this.#slotsBySeller[seller] ?? [];
    const last = slots.pop();
    if (last === undefined || last === slot) return;
    const place = this.#placeAtSeller[slot] ?? 0;
    slots[place] = last;
    this.#placeAtSeller[last] = place;
  }

  #rememberDay(slot: number, atMs: number): void {
    const day = Math.floor(atMs / DAY_MS);
    const slots = this.#slotsByDay.get(day);
    if (slots === undefined) this.#slotsByDay.set(day, [slot]);
    else slots.push(slot);
    if (day < this.#oldestDay) this.#oldestDay = day;
  }

  /** Position of the slot in its lane, or where it would go. */
  #positionIn(slots: readonly number[], slot: number): number {
    const atMs = this.atMsOf(slot);
    let position = slots.length;
    // Reviews mostly come in order of time: look at the end before halving.
    if (position === 0 || this.atMsOf(slots[position - 1] ?? 0) < atMs) return position;
    let low = 0;
    while (low < position) {
      const middle = (low + position) >> 1;
      if (this.#isBefore(slots[middle] ?? 0, slot)) low = middle + 1;
      else position = middle;
    }
    return low;
  }

  #isBefore(left: number, right: number): boolean {
    const leftMs = this.atMsOf(left);
    const rightMs = this.atMsOf(right);
    if (leftMs !== rightMs) return leftMs < rightMs;
    return (this.#events[left]?.reviewId ?? '') < (this.#events[right]?.reviewId ?? '');
  }

  #insertIntoLane(lane: number, slot: number, account: number): number {
    const slots = (this.#lanes[lane] ??= []);
    if (slots.length === 0) this.#liveLanes += 1;
    const position = this.#positionIn(slots, slot);
    this.#shiftStraddling(slots, position, false);
    if (position === slots.length) slots.push(slot);
    else slots.splice(position, 0, slot);
    return this.#meetNeighbours(slots, position, account, true);
  }

  #deleteFromLane(lane: number, slot: number, account: number): void {
    const slots = this.#lanes[lane] ?? [];
    const position = this.#positionIn(slots, slot);
    this.#meetNeighbours(slots, position, account, false);
    if (position === 0) slots.shift();
    else slots.splice(position, 1);
    this.#shiftStraddling(slots, position, true);
    if (slots.length === 0) this.#liveLanes -= 1;
  }

  /** Counts, or takes back, the meetings of the review at `position`; gives the largest count seen. */
  #meetNeighbours(slots: readonly number[], position: number, account: number, isArriving: boolean): number {
    const { pairWindowMs, neighbourLimit } = this.options;
    const atMs = this.atMsOf(slots[position] ?? 0);
    let most = 0;
    const first = Math.max(0, position - neighbourLimit);
    for (let i = position - 1; i >= first; i -= 1) {
      const other = slots[i] ?? 0;
      if (atMs - this.atMsOf(other) > pairWindowMs) break;
      most = Math.max(most, this.#meet(account, this.accountOf(other), isArriving));
    }
    const last = Math.min(slots.length - 1, position + neighbourLimit);
    for (let i = position + 1; i <= last; i += 1) {
      const other = slots[i] ?? 0;
      if (this.atMsOf(other) - atMs > pairWindowMs) break;
      most = Math.max(most, this.#meet(account, this.accountOf(other), isArriving));
    }
    return most;
  }

  /**
   * A review that comes between two others pushes them one place apart, one that goes brings them nearer: pairs that
   * stand exactly at the limit of places cease or begin to meet. None where the review is the newest or the oldest.
   */
  #shiftStraddling(slots: readonly number[], position: number, isArriving: boolean): void {
    const limit = this.options.neighbourLimit;
    for (let i = Math.max(0, position - limit); i < position && i + limit < slots.length; i += 1) {
      const left = slots[i] ?? 0;
      const right = slots[i + limit] ?? 0;
      if (this.atMsOf(right) - this.atMsOf(left) > this.options.pairWindowMs) continue;
      this.#meet(this.accountOf(left), this.accountOf(right), isArriving);
    }
  }

  #meet(a: number, b: number, isArriving: boolean): number {
    if (a === b) return 0;
    if (isArriving) return this.#pairs.increment(a, b);
    this.#pairs.decrement(a, b);
    return 0;
  }
}
