import { DenseNumbers } from './dense-numbers.ts';
import { ReviewColumns } from './review-columns.ts';
import { ReviewLanes } from './review-lanes.ts';
import type { AddResult, RingStateOptions } from './ring-state-options.ts';
import { SlotLists } from './slot-lists.ts';
import { SlotsByDay } from './slots-by-day.ts';
import { TextIndex } from './text-index.ts';
import { evenText } from './text-similarity.ts';
import { NEUTRAL, polarityOf, type ReviewEvent } from './review-event.ts';

const DAY_MS = 86_400_000;

/**
 * Live reviews, by account and by listing, with the number of times that each two accounts met.
 *
 * The contents are a function of the set of live reviews alone: the order of `add`, `remove` and `expire` leaves no
 * trace, so a state rebuilt from the database equals one that was kept. Accounts, listings and reviews have small
 * numbers inside (a review's is its *slot*); a *lane* is a listing with a polarity, numbered 2 × listing + polarity.
 */
export class RingState {
  readonly options: RingStateOptions;
  /** Holds are live reviews, except that a review holds its own id once. */
  readonly #reviews = new DenseNumbers();
  readonly #accounts = new DenseNumbers();
  readonly #listings = new DenseNumbers();
  readonly #sellers = new DenseNumbers();
  readonly #columns = new ReviewColumns();
  readonly #events: (ReviewEvent | undefined)[] = [];
  /** Seller of the listing's latest review: a guess that saves a search. */
  readonly #sellerOfListing: number[] = [];
  readonly #ofAccount = new SlotLists();
  readonly #ofSeller = new SlotLists();
  readonly #lanes: ReviewLanes;
  readonly #texts = new TextIndex();
  readonly #days = new SlotsByDay();
  #horizonStartMs = Number.NEGATIVE_INFINITY;
  #loneReviews = 0;
  readonly #livePerPolarity = [0, 0, 0];

  constructor(options: RingStateOptions) {
    this.options = options;
    this.#lanes = new ReviewLanes(
      this.#columns,
      options,
      (left, right) => this.#reviews.nameOf(left) < this.#reviews.nameOf(right),
    );
  }

  /** The state of exactly these reviews at `nowMs`, in whatever order they come. */
  static rebuild(options: RingStateOptions, events: Iterable<ReviewEvent>, nowMs: number): RingState {
    const state = new RingState(options);
    state.expire(nowMs);
    for (const event of events) state.add(event);
    return state;
  }

  /**
   * Until the answer is called, a number of an account, lane or review that was read means the same or nothing, whatever is
   * added or removed: long work can pause.
   */
  keepNumbers(): () => void {
    const all = [this.#reviews, this.#accounts, this.#listings, this.#sellers];
    for (const numbers of all) numbers.keepNumbers();
    return () => {
      for (const numbers of all) numbers.reuseNumbers();
    };
  }

  get liveReviews(): number {
    return this.#reviews.size;
  }

  get liveAccounts(): number {
    return this.#accounts.size;
  }

  /** Lanes with a live review. */
  get liveLanes(): number {
    return this.#lanes.live;
  }

  /** Pairs of accounts that met at least once. */
  get livePairs(): number {
    return this.#lanes.pairs.size;
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

  /** Sellers with a live review. */
  get liveSellers(): number {
    return this.#sellers.size;
  }

  /** Ids of the sellers with a live review, in no stated order. */
  sellerIds(): string[] {
    return this.#sellers.ids();
  }

  /** Slots of the seller's live reviews, in no stated order. */
  slotsOfSeller(sellerId: string): number[] {
    return this.#ofSeller.slotsOf(this.#sellers.numberOf(sellerId) ?? -1);
  }

  /** Slots of texts that may be as similar to the slot's as `minJaccard01`, ascending; none where more than `limit` are. */
  textCandidates(slot: number, limit: number, minJaccard01 = 0): number[] {
    return this.#texts.candidates(slot, limit, minJaccard01);
  }

  /** Whether two reviews' texts may be so similar, by an estimate; false for texts too short to be compared. */
  mayReadAlike(slot: number, other: number, minJaccard01: number): boolean {
    return this.#texts.mayBeAlike(slot, other, minJaccard01);
  }

  /** Whether the review's text is compared with others. */
  isTextCompared(slot: number): boolean {
    return this.#texts.has(slot);
  }

  /** Slots of the live reviews, a day at a time, by time, then review id. The state may change between two days. */
  *slotsByDay(): Generator<readonly number[]> {
    for (const day of this.#days.days()) yield this.#slotsOfDay(day);
  }

  /** Takes a review in; one that is already there, by its id, changes nothing. */
  add(event: ReviewEvent): AddResult {
    if (event.atMs < this.#horizonStartMs) return { kind: 'too-old' };
    const slot = this.#reviews.holdNew(event.reviewId);
    if (slot < 0) return { kind: 'known' };
    const columns = this.#columns;
    columns.reserve(slot);
    const account = this.#accounts.hold(event.accountId);
    const listing = this.#listings.hold(event.listingId);
    // A listing hardly ever changes hands.
    const seller = this.#sellers.holdLikely(event.sellerId, this.#sellerOfListing[listing] ?? -1);
    this.#sellerOfListing[listing] = seller;
    const polarity = polarityOf(event.stars);
    const lane = polarity === NEUTRAL ? -1 : 2 * listing + polarity;
    this.#events[slot] = event;
    columns.account[slot] = account;
    columns.listing[slot] = listing;
    columns.seller[slot] = seller;
    columns.lane[slot] = lane;
    columns.atMs[slot] = event.atMs;
    const count = this.#ofAccount.enter(account, slot);
    if (count <= 2) this.#loneReviews += count === 1 ? 1 : -1;
    this.#ofSeller.enter(seller, slot);
    this.#indexText(slot, event.text);
    this.#livePerPolarity[polarity] = this.liveReviewsOf(polarity) + 1;
    this.#days.note(slot, event.atMs);
    return { kind: 'added', closestMeetings: lane < 0 ? 0 : this.#lanes.insert(lane, slot) };
  }

  /** Forgets a review, for example one that was taken down. Tells whether it was there. */
  remove(reviewId: string): boolean {
    const slot = this.#reviews.numberOf(reviewId);
    if (slot === undefined) return false;
    this.#forget(slot);
    return true;
  }

  /** Forgets every review older than the horizon and refuses such from now on. Going back in time changes nothing. */
  expire(nowMs: number): void {
    const startMs = nowMs - this.options.horizonMs;
    if (startMs <= this.#horizonStartMs) return;
    this.#horizonStartMs = startMs;
    this.#days.expire(
      startMs,
      (slot) => (this.#events[slot] === undefined ? undefined : this.#columns.atMs[slot]),
      (slot) => this.#forget(slot),
    );
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

  /** Slots of the latest reviews, newest first, then by review id: at most `count`. */
  latestSlots(count: number): number[] {
    const latest: number[] = [];
    for (const day of this.#days.days().reverse()) {
      if (latest.length >= count) break;
      latest.push(...this.#slotsOfDay(day).reverse());
    }
    return latest.slice(0, count);
  }

  /** How many live reviews the account has. */
  reviewCountOf(account: number): number {
    return this.#ofAccount.countOf(account);
  }

  /** Slots of the account's live reviews, in no stated order. */
  slotsOf(account: number): number[] {
    return this.#ofAccount.slotsOf(account);
  }

  /** When the account's first live review was written; infinity where there is none. */
  firstReviewMs(account: number): number {
    let firstMs = Number.POSITIVE_INFINITY;
    for (const slot of this.slotsOf(account)) firstMs = Math.min(firstMs, this.atMsOf(slot));
    return firstMs;
  }

  /** Slots of a lane by time. Read only until the state changes. */
  lane(lane: number): readonly number[] {
    return this.#lanes.slots(lane);
  }

  /** −1 for a neutral review, which has no lane. */
  laneOf(slot: number): number {
    return this.#columns.lane[slot] ?? -1;
  }

  accountOf(slot: number): number {
    return this.#columns.account[slot] ?? -1;
  }

  atMsOf(slot: number): number {
    return this.#columns.atMs[slot] ?? 0;
  }

  eventOf(slot: number): ReviewEvent | undefined {
    return this.#events[slot];
  }

  slotOfReview(reviewId: string): number | undefined {
    return this.#reviews.numberOf(reviewId);
  }

  /** Times that two accounts met, 0–65,535; a second review of one listing by one account counts again. */
  meetings(a: number, b: number): number {
    return this.#lanes.pairs.count(a, b);
  }

  /** Calls `visit` for each two accounts that met at least `minMeetings` times, in no stated order. */
  forEachPair(minMeetings: number, visit: (a: number, b: number, meetings: number) => void): void {
    this.#lanes.pairs.forEach(minMeetings, visit);
  }

  /** Every live review, in no stated order. */
  *liveEvents(): Generator<ReviewEvent> {
    for (const event of this.#events) if (event !== undefined) yield event;
  }

  /** By time, then review id. */
  #slotsOfDay(day: number): number[] {
    const isHere = (slot: number): boolean =>
      this.#events[slot] !== undefined && Math.floor(this.atMsOf(slot) / DAY_MS) === day;
    return [...new Set(this.#days.slotsOf(day).filter(isHere))].sort((a, b) => (this.#lanes.isBefore(a, b) ? -1 : 1));
  }

  #forget(slot: number): void {
    const columns = this.#columns;
    const account = columns.account[slot] ?? 0;
    const seller = columns.seller[slot] ?? 0;
    const lane = columns.lane[slot] ?? -1;
    if (lane >= 0) this.#lanes.remove(lane, slot);
    const left = this.#ofAccount.leave(account, slot);
    if (left <= 1) this.#loneReviews += left === 1 ? 1 : -1;
    this.#ofSeller.leave(seller, slot);
    this.#texts.remove(slot);
    const polarity = lane < 0 ? NEUTRAL : lane & 1;
    this.#livePerPolarity[polarity] = this.liveReviewsOf(polarity) - 1;
    this.#sellers.release(seller);
    this.#accounts.release(account);
    this.#listings.release(columns.listing[slot] ?? 0);
    this.#events[slot] = undefined;
    this.#reviews.release(slot);
  }

  #indexText(slot: number, text: string): void {
    if (text.length < this.options.textMinChars) return;
    const evened = evenText(text);
    if (evened.length >= this.options.textMinChars) this.#texts.add(slot, evened);
  }
}
