const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Many short texts in one byte buffer: a million strings cost their bytes, not a million objects. */
export interface TextPool {
  readonly bytes: Uint8Array;
  /** Text `i` lies in `bytes[offsets[i]..offsets[i + 1])`, UTF-8. */
  readonly offsets: Uint32Array;
}

/** The text at a position of the pool. */
export const textAt = (pool: TextPool, index: number): string =>
  // A copy, because decoders refuse shared memory.
  decoder.decode(pool.bytes.slice(pool.offsets[index], pool.offsets[index + 1]));

/** Collects texts; `seal` gives the pool on shared memory. */
export class TextPoolBuilder {
  #bytes = new Uint8Array(1 << 12);
  #used = 0;
  #offsets: GrowingUint32 = new GrowingUint32();

  get count(): number {
    return this.#offsets.length;
  }

  push(text: string): number {
    // UTF-8 takes at most three bytes a UTF-16 unit.
    const needed = this.#used + text.length * 3;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#offsets.push(this.#used);
    this.#used += encoder.encodeInto(text, this.#bytes.subarray(this.#used)).written;
    return this.#offsets.length - 1;
  }

  seal(): TextPool {
    const bytes = new Uint8Array(new SharedArrayBuffer(this.#used));
    bytes.set(this.#bytes.subarray(0, this.#used));
    this.#offsets.push(this.#used);
    return { bytes, offsets: this.#offsets.seal() };
  }
}

/** A Uint32Array that grows by doubling. */
export class GrowingUint32 {
  #items = new Uint32Array(1 << 10);
  length = 0;

  push(value: number): void {
    if (this.length === this.#items.length) {
      const grown = new Uint32Array(this.#items.length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.length++] = value;
  }

  at(index: number): number {
    return this.#items[index]!;
  }

  /** The items on shared memory, exactly as many as there are. */
  seal(): Uint32Array {
    const sealed = new Uint32Array(new SharedArrayBuffer(this.length * 4));
    sealed.set(this.#items.subarray(0, this.length));
    return sealed;
  }
}
