const INITIAL_CAPACITY = 1 << 10;

/**
 * The slots of each owner (an account, a seller), as doubly linked lists in typed arrays: entering and leaving cost the
 * same however many there are, and nothing is allocated.
 */
export class SlotLists {
  /** First slot + 1 of each owner; 0 for none. */
  #first = new Int32Array(INITIAL_CAPACITY);
  #count = new Int32Array(INITIAL_CAPACITY);
  /** Next and previous slot + 1 of each slot; 0 for none. */
  #next = new Int32Array(INITIAL_CAPACITY);
  #previous = new Int32Array(INITIAL_CAPACITY);

  /** Enters a slot that is in no list; gives how many the owner has now. */
  enter(owner: number, slot: number): number {
    if (owner >= this.#first.length) {
      this.#first = grown(this.#first, owner);
      this.#count = grown(this.#count, owner);
    }
    if (slot >= this.#next.length) {
      this.#next = grown(this.#next, slot);
      this.#previous = grown(this.#previous, slot);
    }
    const first = this.#first[owner] ?? 0;
    this.#next[slot] = first;
    this.#previous[slot] = 0;
    if (first > 0) this.#previous[first - 1] = slot + 1;
    this.#first[owner] = slot + 1;
    const count = (this.#count[owner] ?? 0) + 1;
    this.#count[owner] = count;
    return count;
  }

  /** Takes a slot out of its owner's list; gives how many are left. */
  leave(owner: number, slot: number): number {
    const next = this.#next[slot] ?? 0;
    const previous = this.#previous[slot] ?? 0;
    if (previous > 0) this.#next[previous - 1] = next;
    else this.#first[owner] = next;
    if (next > 0) this.#previous[next - 1] = previous;
    const count = (this.#count[owner] ?? 0) - 1;
    this.#count[owner] = count;
    return count;
  }

  countOf(owner: number): number {
    return this.#count[owner] ?? 0;
  }

  /** In no stated order. */
  slotsOf(owner: number): number[] {
    const slots: number[] = [];
    for (let entry = this.#first[owner] ?? 0; entry > 0; entry = this.#next[entry - 1] ?? 0) slots.push(entry - 1);
    return slots;
  }
}

const grown = (array: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> => {
  const longer = new Int32Array(Math.max(index + 1, 2 * array.length));
  longer.set(array);
  return longer;
};
