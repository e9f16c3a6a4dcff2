import { PairTable } from './pair-table.ts';
import type { ReviewColumns } from './review-columns.ts';

export interface LaneOptions {
  /** Two reviews meet when they are at most this far apart at one listing, both praise or both attack. */
  readonly pairWindowMs: number;
  /** Neighbours on either side, in order of time, that a review can meet: bounds the work at a popular listing. */
  readonly neighbourLimit: number;
}

const NO_SLOTS: readonly number[] = [];

/**
 * Reviews of each lane (a listing with a polarity) by time, and how often each two accounts met in any of them. The
 * contents depend on the reviews alone, not on the order in which they came and went.
 */
export class ReviewLanes {
  readonly #columns: ReviewColumns;
  readonly #options: LaneOptions;
  /** Tells which of two reviews of one moment comes first. */
  readonly #isFirst: (left: number, right: number) => boolean;
  readonly #pairs = new PairTable();
  readonly #lanes: number[][] = [];
  #live = 0;

  constructor(columns: ReviewColumns, options: LaneOptions, isFirst: (left: number, right: number) => boolean) {
    this.#columns = columns;
    this.#options = options;
    this.#isFirst = isFirst;
  }

  /** Lanes with a review. */
  get live(): number {
    return this.#live;
  }

  get pairs(): PairTable {
    return this.#pairs;
  }

  /** Slots of a lane by time, then review id. Read only until it changes. */
  slots(lane: number): readonly number[] {
    return this.#lanes[lane] ?? NO_SLOTS;
  }

  isBefore(left: number, right: number): boolean {
    const leftMs = this.#columns.atMs[left] ?? 0;
    const rightMs = this.#columns.atMs[right] ?? 0;
    return leftMs === rightMs ? this.#isFirst(left, right) : leftMs < rightMs;
  }

  /** Takes a review in; gives the largest number of meetings that its account now has with one other. */
  insert(lane: number, slot: number): number {
    const slots = (this.#lanes[lane] ??= []);
    if (slots.length === 0) {
      this.#live += 1;
      slots.push(slot);
      return 0;
    }
    const position = this.#positionOf(slots, slot);
    if (position === slots.length) slots.push(slot);
    else {
      this.#shiftStraddling(slots, position, true);
      slots.splice(position, 0, slot);
    }
    return this.#meetNeighbours(slots, position, true);
  }

  remove(lane: number, slot: number): void {
    const slots = this.#lanes[lane] ?? [];
    if (slots.length === 1) {
      slots.pop();
      this.#live -= 1;
      return;
    }
    // Reviews mostly go in order of time, too.
    const position = slots[0] === slot ? 0 : this.#positionOf(slots, slot);
    this.#meetNeighbours(slots, position, false);
    if (position === 0) slots.shift();
    else {
      slots.splice(position, 1);
      this.#shiftStraddling(slots, position, false);
    }
  }

  /** Position of the slot in its lane, or where it would go. */
  #positionOf(slots: readonly number[], slot: number): number {
    const { atMs } = this.#columns;
    let position = slots.length;
    // Reviews mostly come in order of time: look at the end before halving.
    if ((atMs[slots[position - 1] ?? 0] ?? 0) < (atMs[slot] ?? 0)) return position;
    let low = 0;
    while (low < position) {
      const middle = (low + position) >> 1;
      if (this.isBefore(slots[middle] ?? 0, slot)) low = middle + 1;
      else position = middle;
    }
    return low;
  }

  /** Counts, or takes back, the meetings of the review at `position`; gives the largest count seen. */
  #meetNeighbours(slots: readonly number[], position: number, isArriving: boolean): number {
    const { pairWindowMs, neighbourLimit } = this.#options;
    const { atMs, account } = this.#columns;
    const slot = slots[position] ?? 0;
    const here = atMs[slot] ?? 0;
    const own = account[slot] ?? 0;
    let most = 0;
    const first = Math.max(0, position - neighbourLimit);
    for (let i = position - 1; i >= first; i -= 1) {
      const other = slots[i] ?? 0;
      if (here - (atMs[other] ?? 0) > pairWindowMs) break;
      const met = this.#meet(own, account[other] ?? 0, isArriving);
      if (met > most) most = met;
    }
    const last = Math.min(slots.length - 1, position + neighbourLimit);
    for (let i = position + 1; i <= last; i += 1) {
      const other = slots[i] ?? 0;
      if ((atMs[other] ?? 0) - here > pairWindowMs) break;
      const met = this.#meet(own, account[other] ?? 0, isArriving);
      if (met > most) most = met;
    }
    return most;
  }

  /**
   * A review that comes between two others pushes them one place apart (called before it is in), one that goes brings
   * them nearer (called once it is out): pairs that stand exactly at the limit of places cease or begin to meet.
   */
  #shiftStraddling(slots: readonly number[], position: number, isArriving: boolean): void {
    const { pairWindowMs, neighbourLimit: limit } = this.#options;
    const { atMs, account } = this.#columns;
    for (let i = Math.max(0, position - limit); i < position && i + limit < slots.length; i += 1) {
      const left = slots[i] ?? 0;
      const right = slots[i + limit] ?? 0;
      if ((atMs[right] ?? 0) - (atMs[left] ?? 0) > pairWindowMs) continue;
      this.#meet(account[left] ?? 0, account[right] ?? 0, !isArriving);
    }
  }

  #meet(a: number, b: number, isArriving: boolean): number {
    if (a === b) return 0;
    if (isArriving) return this.#pairs.increment(a, b);
    this.#pairs.decrement(a, b);
    return 0;
  }
}
