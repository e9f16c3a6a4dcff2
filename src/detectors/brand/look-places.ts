/** Readings in which a text has to be looked through, combined by `|`. */
export const LookReadings = { PLAIN: 1, JOINED: 2, WIDE: 4, ALL: 7 } as const;

/** Where in a text, and in which readings, a name may stand behind look-alikes. Offsets are UTF-16 units of the source. */
export class LookPlaces {
  /** Readings of any place. */
  readings = 0;
  #at = new Uint8Array(1_024);

  /** Forgets all places; the next text has so many units. */
  clear(length: number): void {
    this.readings = 0;
    if (this.#at.length < length) this.#at = new Uint8Array(length * 2);
    else this.#at.fill(0, 0, length);
  }

  add(start: number, end: number, readings: number): void {
    this.readings |= readings;
    this.#at.fill(readings, start, end);
  }

  /** The readings in which the character at an offset is looked at. */
  at(offset: number): number {
    return this.#at[offset]!;
  }
}
