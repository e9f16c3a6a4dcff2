const INITIAL_CAPACITY = 1 << 10;

/**
 * The slots of each owner (an account, a seller), as doubly linked lists in typed arrays: entering and leaving cost the
 * same however many there are, and nothing is allocated.
 */
export class SlotLists {
  /** Of each owner its first slot + 1 (0 for none) and the length of its list. */
  #owners = new Int32Array(2 * INITIAL_CAPACITY);
  /** Of each slot the next and the previous slot + 1; 0 for none. */
  #links = new Int32Array(2 * INITIAL_CAPACITY);

  /** Enters a slot that is in no list; gives how many the owner has now. */
  enter(owner: number, slot: number): number {
    if (2 * owner >= this.#owners.length) this.#owners = grown(this.#owners, 2 * owner + 1);
    if (2 * slot >= this.#links.length) this.#links = grown(this.#links, 2 * slot + 1);
    const first = this.#owners[2 * owner] ?? 0;
    this.#links[2 * slot] = first;
    this.#links[2 * slot + 1] = 0;
    if (first > 0) this.#links[2 * first - 1] = slot + 1;
    this.#owners[2 * owner] = slot + 1;
    const count = (this.#owners[2 * owner + 1] ?? 0) + 1;
    this.#owners[2 * owner + 1] = count;
    return count;
  }

  /** Takes a slot out of its owner's list; gives how many are left. */
  leave(owner: number, slot: number): number {
    const next = this.#links[2 * slot] ?? 0;
    const previous = this.#links[2 * slot + 1] ?? 0;
    if (previous > 0) this.#links[2 * previous - 2] = next;
    else this.#owners[2 * owner] = next;
    if (next > 0) this.#links[2 * next - 1] = previous;
    const count = (this.#owners[2 * owner + 1] ?? 0) - 1;
    this.#owners[2 * owner + 1] = count;
    return count;
  }

  countOf(owner: number): number {
    return this.#owners[2 * owner + 1] ?? 0;
  }

  /** In no stated order. */
  slotsOf(owner: number): number[] {
    const slots: number[] = [];
    for (let entry = this.#owners[2 * owner] ?? 0; entry > 0; entry = this.#links[2 * entry - 2] ?? 0) {
      slots.push(entry - 1);
    }
    return slots;
  }
}

const grown = (array: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> => {
  const longer = new Int32Array(Math.max(index + 1, 2 * array.length));
  longer.set(array);
  return longer;
};
