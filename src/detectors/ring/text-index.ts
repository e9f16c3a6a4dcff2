import { BANDS, SKETCH_BYTES, sketchText } from './text-sketch.ts';

const INITIAL_BUCKETS = 1 << 12;
/** How far below the true similarity an estimate may lie: more than two deviations for short texts, four for long ones. */
const ESTIMATE_MARGIN01 = 0.2;
/** Entries of buckets that a search reads at most, as a multiple of what it may give: phrases of everybody fill buckets. */
const READ_LIMIT = 100;

/**
 * Finds texts that may be near-duplicates. Entry slot × BANDS + band of typed arrays holds the band's hash and the next
 * entries of its bucket before and after it: 12 bytes a band, and with a byte a bin for estimates 512 a text; nothing
 * else of the text.
 */
export class TextIndex {
  #heads = new Int32Array(INITIAL_BUCKETS).fill(-1);
  #hashes = new Uint32Array(0);
  #next = new Int32Array(0);
  /** −1 for the first of a bucket. */
  #previous = new Int32Array(0);
  #bins = new Uint8Array(0);
  readonly #slots = new Set<number>();

  /** Texts held. */
  get size(): number {
    return this.#slots.size;
  }

  has(slot: number): boolean {
    return this.#slots.has(slot);
  }

  /** Takes an evened text in under a number that is not in use. */
  add(slot: number, evened: string): void {
    this.#reserve(slot);
    const { bands, bins } = sketchText(evened);
    this.#hashes.set(bands, slot * BANDS);
    this.#bins.set(bins, slot * SKETCH_BYTES);
    this.#slots.add(slot);
    if (this.#slots.size * BANDS > this.#heads.length) this.#rehash();
    else this.#link(slot);
  }

  /** Forgets the text; a number that is not in use changes nothing. */
  remove(slot: number): void {
    if (!this.#slots.delete(slot)) return;
    for (let entry = slot * BANDS; entry < (slot + 1) * BANDS; entry += 1) {
      const before = this.#previous[entry] ?? -1;
      const after = this.#next[entry] ?? -1;
      if (before < 0) this.#heads[this.#bucketOf(entry)] = after;
      else this.#next[before] = after;
      if (after >= 0) this.#previous[after] = before;
    }
  }

  /**
   * Numbers of the texts that share a band with this one and may be as similar as `minJaccard01`, itself left out,
   * ascending; none where more than `limit` are.
   */
  candidates(slot: number, limit: number, minJaccard01 = 0): number[] {
    const found = new Set<number>();
    if (!this.#slots.has(slot)) return [];
    let read = 0;
    for (let entry = slot * BANDS; entry < (slot + 1) * BANDS; entry += 1) {
      const hash = this.#hashes[entry];
      for (let other = this.#heads[this.#bucketOf(entry)] ?? -1; other >= 0; other = this.#next[other] ?? -1) {
        if (this.#hashes[other] !== hash) continue;
        read += 1;
        if (read > READ_LIMIT * (limit + 1)) return [];
        const text = Math.floor(other / BANDS);
        if (text === slot || !this.mayBeAlike(slot, text, minJaccard01)) continue;
        found.add(text);
        // So many alike texts are a phrase that everybody uses, whatever else they share.
        if (found.size > limit) return [];
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Whether two texts may be as similar as `minJaccard01`, by an estimate; false for a text that is not held. */
  mayBeAlike(slot: number, other: number, minJaccard01: number): boolean {
    if (!this.#slots.has(slot) || !this.#slots.has(other)) return false;
    let wanted = Math.ceil((minJaccard01 - ESTIMATE_MARGIN01) * SKETCH_BYTES);
    const bins = this.#bins;
    const [a, b] = [slot * SKETCH_BYTES, other * SKETCH_BYTES];
    for (let bin = 0; bin < SKETCH_BYTES && wanted > 0; bin += 1) if (bins[a + bin] === bins[b + bin]) wanted -= 1;
    return wanted <= 0;
  }

  #bucketOf(entry: number): number {
    return (this.#hashes[entry] ?? 0) & (this.#heads.length - 1);
  }

  #link(slot: number): void {
    for (let entry = slot * BANDS; entry < (slot + 1) * BANDS; entry += 1) {
      const bucket = this.#bucketOf(entry);
      const first = this.#heads[bucket] ?? -1;
      this.#next[entry] = first;
      this.#previous[entry] = -1;
      if (first >= 0) this.#previous[first] = entry;
      this.#heads[bucket] = entry;
    }
  }

  #reserve(slot: number): void {
    if ((slot + 1) * BANDS <= this.#hashes.length) return;
    const length = Math.max((slot + 1) * BANDS, 2 * this.#hashes.length, 64 * BANDS);
    const hashes = new Uint32Array(length);
    hashes.set(this.#hashes);
    const bins = new Uint8Array((length / BANDS) * SKETCH_BYTES);
    bins.set(this.#bins);
    const next = new Int32Array(length);
    next.set(this.#next);
    const previous = new Int32Array(length);
    previous.set(this.#previous);
    this.#hashes = hashes;
    this.#bins = bins;
    this.#next = next;
    this.#previous = previous;
  }

  #rehash(): void {
    this.#heads = new Int32Array(2 * this.#heads.length).fill(-1);
    for (const slot of this.#slots) this.#link(slot);
  }
}
