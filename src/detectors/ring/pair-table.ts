const INITIAL_CAPACITY = 1 << 12;
/** Fullest share of slots before the table doubles: linear probing stays within a few steps. */
const MAX_LOAD01 = 0.6;

/**
 * Counts of unordered pairs of account numbers, in typed arrays (10 bytes a slot).
 * Open addressing with linear probing; deletion shifts the cluster back, so there are no tombstones and
 * the contents depend on the counts alone.
 */
export class PairTable {
  #keys = new Int32Array(2 * INITIAL_CAPACITY);
  #counts = new Uint16Array(INITIAL_CAPACITY);
  #mask = INITIAL_CAPACITY - 1;
  #size = 0;

  /** Pairs with a count above 0. */
  get size(): number {
    return this.#size;
  }

  /** Adds one and returns the new count. `a` and `b` differ and are not negative. */
  increment(a: number, b: number): number {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    const slot = this.#find(low, high);
    const count = (this.#counts[slot] ?? 0) + 1;
    // A pair cannot meet more than 65,535 times within the horizon; wrapping would lose the pair.
    if (count > 0xffff) return 0xffff;
    this.#counts[slot] = count;
    if (count === 1) {
      this.#keys[2 * slot] = low;
      this.#keys[2 * slot + 1] = high;
      this.#size += 1;
      if (this.#size > MAX_LOAD01 * (this.#mask + 1)) this.#grow();
    }
    return count;
  }

  /** Takes one off; a pair at 0 leaves the table. A pair that is not there stays away. */
  decrement(a: number, b: number): void {
    const slot = a < b ? this.#find(a, b) : this.#find(b, a);
    const count = this.#counts[slot] ?? 0;
    if (count > 1) this.#counts[slot] = count - 1;
    else if (count === 1) this.#removeAt(slot);
  }

  count(a: number, b: number): number {
    return this.#counts[a < b ? this.#find(a, b) : this.#find(b, a)] ?? 0;
  }

  /** Calls `visit` for each pair that met at least `minCount` times, in no stated order. */
  forEach(minCount: number, visit: (low: number, high: number, count: number) => void): void {
    for (let slot = 0; slot <= this.#mask; slot += 1) {
      const count = this.#counts[slot] ?? 0;
      if (count >= minCount && count > 0) visit(this.#keys[2 * slot] ?? 0, this.#keys[2 * slot + 1] ?? 0, count);
    }
  }

  /** Slot of the pair, or the empty slot where it would go. */
  #find(low: number, high: number): number {
    let slot = this.#home(low, high);
    while (this.#counts[slot] !== 0) {
      if (this.#keys[2 * slot] === low && this.#keys[2 * slot + 1] === high) return slot;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #home(low: number, high: number): number {
    let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }

  /** Knuth, The Art of Computer Programming 3, 6.4, algorithm R. */
  #removeAt(start: number): void {
    let hole = start;
    let slot = start;
    for (;;) {
      slot = (slot + 1) & this.#mask;
      if (this.#counts[slot] === 0) break;
      const home = this.#home(this.#keys[2 * slot] ?? 0, this.#keys[2 * slot + 1] ?? 0);
      const staysPut = hole <= slot ? hole < home && home <= slot : hole < home || home <= slot;
      if (staysPut) continue;
      this.#keys[2 * hole] = this.#keys[2 * slot] ?? 0;
      this.#keys[2 * hole + 1] = this.#keys[2 * slot + 1] ?? 0;
      this.#counts[hole] = this.#counts[slot] ?? 0;
      hole = slot;
    }
    this.#counts[hole] = 0;
    this.#size -= 1;
  }

  #grow(): void {
    const keys = this.#keys;
    const counts = this.#counts;
    const capacity = 2 * (this.#mask + 1);
    this.#mask = capacity - 1;
    this.#keys = new Int32Array(2 * capacity);
    this.#counts = new Uint16Array(capacity);
    for (let old = 0; old < counts.length; old += 1) {
      const count = counts[old] ?? 0;
      if (count === 0) continue;
      const low = keys[2 * old] ?? 0;
      const high = keys[2 * old + 1] ?? 0;
      const slot = this.#find(low, high);
      this.#keys[2 * slot] = low;
      this.#keys[2 * slot + 1] = high;
      this.#counts[slot] = count;
    }
  }
}
