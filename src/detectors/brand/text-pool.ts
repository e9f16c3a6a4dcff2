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

/** Items of a chunk of a growing column: a power of two. */
const CHUNK = 1 << 16;

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** A typed array that grows chunk by chunk, so that nothing is copied twice. */
class Growing<Items extends Column> {
  readonly #chunks: Items[] = [];
  readonly #create: (length: number) => Items;
  length = 0;

  constructor(create: (length: number) => Items) {
    this.#create = create;
  }

  push(value: number): void {
    const at = this.length & (CHUNK - 1);
    if (at === 0) this.#chunks.push(this.#create(CHUNK));
    this.#chunks.at(-1)![at] = value;
    this.length++;
  }

  append(values: Uint8Array | Uint16Array): void {
    for (let at = 0; at < values.length; at++) this.push(values[at]!);
  }

  at(index: number): number {
    return this.#chunks[index >>> 16]![index & (CHUNK - 1)]!;
  }

  /** Copies the items to `target`, which is as long as there are items. */
  copyTo(target: { set(items: ArrayLike<number>, offset: number): void }): void {
    for (const [index, chunk] of this.#chunks.entries()) {
      const from = index * CHUNK;
      target.set(this.length - from >= CHUNK ? chunk : chunk.subarray(0, this.length - from), from);
    }
  }
}

/** A column of numbers up to 2³²-1. */
export class GrowingUint32 extends Growing<Uint32Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Uint32Array(length));
  }

  /** The items on shared memory, exactly as many as there are. */
  seal(): Uint32Array {
    const sealed = new Uint32Array(new SharedArrayBuffer(this.length * 4));
    this.copyTo(sealed);
    return sealed;
  }
}

/** A column of UTF-16 units. */
export class GrowingUint16 extends Growing<Uint16Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Uint16Array(length));
  }

  seal(): Uint16Array {
    const sealed = new Uint16Array(new SharedArrayBuffer(this.length * 2));
    this.copyTo(sealed);
    return sealed;
  }
}

/** A column of bytes. */
export class GrowingUint8 extends Growing<Uint8Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Uint8Array(length));
  }

  seal(): Uint8Array {
    const sealed = new Uint8Array(new SharedArrayBuffer(this.length));
    this.copyTo(sealed);
    return sealed;
  }
}

/** Collects texts; `seal` gives the pool on shared memory. */
export class TextPoolBuilder {
  readonly #bytes = new GrowingUint8();
  readonly #offsets = new GrowingUint32();
  #scratch = new Uint8Array(1 << 10);

  get count(): number {
    return this.#offsets.length;
  }

  push(text: string): number {
    // UTF-8 takes at most three bytes a UTF-16 unit.
    if (text.length * 3 > this.#scratch.length) this.#scratch = new Uint8Array(text.length * 3);
    const { written } = encoder.encodeInto(text, this.#scratch);
    this.#offsets.push(this.#bytes.length);
    this.#bytes.append(this.#scratch.subarray(0, written));
    return this.#offsets.length - 1;
  }

  seal(): TextPool {
    this.#offsets.push(this.#bytes.length);
    return { bytes: this.#bytes.seal(), offsets: this.#offsets.seal() };
  }
}
