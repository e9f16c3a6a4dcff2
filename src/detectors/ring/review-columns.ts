const INITIAL_CAPACITY = 1 << 10;

/** What the hot paths read of each live review, by slot, in typed arrays that grow. −1 for a lane of a neutral review. */
export class ReviewColumns {
  account = new Int32Array(INITIAL_CAPACITY);
  listing = new Int32Array(INITIAL_CAPACITY);
  seller = new Int32Array(INITIAL_CAPACITY);
  lane = new Int32Array(INITIAL_CAPACITY);
  atMs = new Float64Array(INITIAL_CAPACITY);

  /** Makes room for a slot; arrays that were read before may be old ones from then on. */
  reserve(slot: number): void {
    if (slot < this.atMs.length) return;
    const length = Math.max(slot + 1, 2 * this.atMs.length);
    for (const name of ['account', 'listing', 'seller', 'lane'] as const) {
      const longer = new Int32Array(length);
      longer.set(this[name]);
      this[name] = longer;
    }
    const longer = new Float64Array(length);
    longer.set(this.atMs);
    this.atMs = longer;
  }
}
