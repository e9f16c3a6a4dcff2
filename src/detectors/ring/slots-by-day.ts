const DAY_MS = 86_400_000;

/** Slots by the day of their review, for forgetting what is old. A slot that was given again since may stand in an old day too. */
export class SlotsByDay {
  readonly #days = new Map<number, number[]>();
  #oldest = Number.POSITIVE_INFINITY;
  /** Reviews mostly come on the day of the one before. */
  #latest: { readonly day: number; readonly slots: number[] } = { day: Number.NaN, slots: [] };

  note(slot: number, atMs: number): void {
    const day = Math.floor(atMs / DAY_MS);
    if (this.#latest.day !== day) {
      let slots = this.#days.get(day);
      if (slots === undefined) {
        slots = [];
        this.#days.set(day, slots);
      }
      this.#latest = { day, slots };
      if (day < this.#oldest) this.#oldest = day;
    }
    this.#latest.slots.push(slot);
  }

  /** Days that hold slots, oldest first. */
  days(): number[] {
    return [...this.#days.keys()].sort((a, b) => a - b);
  }

  /** Slots noted on a day; some may be free or stand on another day by now. */
  slotsOf(day: number): readonly number[] {
    return this.#days.get(day) ?? [];
  }

  /**
   * Goes through the slots of all days up to that of `startMs`, oldest first. `atMsOf` is undefined for a slot that is no
   * longer in use; `forget` is called for those before `startMs`.
   */
  expire(startMs: number, atMsOf: (slot: number) => number | undefined, forget: (slot: number) => void): void {
    const startDay = Math.floor(startMs / DAY_MS);
    for (; this.#oldest <= startDay && this.#days.size > 0; this.#oldest += 1) {
      const slots = this.#days.get(this.#oldest);
      if (slots === undefined) continue;
      this.#latest = { day: Number.NaN, slots: [] };
      const kept: number[] = [];
      for (const slot of slots) {
        const atMs = atMsOf(slot);
        if (atMs === undefined) continue;
        if (atMs < startMs) forget(slot);
        else if (Math.floor(atMs / DAY_MS) === this.#oldest) kept.push(slot);
      }
      if (this.#oldest === startDay) {
        this.#days.set(startDay, kept);
        return;
      }
      this.#days.delete(this.#oldest);
    }
    if (this.#days.size === 0) this.#oldest = Number.POSITIVE_INFINITY;
  }
}
