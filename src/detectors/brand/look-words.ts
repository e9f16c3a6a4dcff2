import { createFingerprintTable, fingerprintOf, insertFingerprint, slotOf } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { mix32 } from './gram-hash.ts';
import { GrowingUint32 } from './text-pool.ts';

/** One word by its look-alike classes (two hashes of 32 bits) and by its letters (one). */
export interface LookWord {
  readonly hashA: number;
  readonly hashB: number;
  readonly written: number;
}

/** Collects the different words of names, each once: half the names of a register end in the same few words. */
export class LookWordCollector {
  readonly #hashesA = new GrowingUint32();
  readonly #hashesB = new GrowingUint32();
  readonly #written = new GrowingUint32();
  /** Position of a word + 1; 0 where there is none. */
  #slots = new Uint32Array(1_024);

  add({ hashA, hashB, written }: LookWord): void {
    let slot = this.#slotOf(hashA, written);
    for (let at = this.#slots[slot]!; at !== 0; at = this.#slots[slot]!) {
      const isSame = this.#hashesA.at(at - 1) === hashA >>> 0 && this.#written.at(at - 1) === written >>> 0;
      if (isSame) return;
      if (++slot === this.#slots.length) slot = 0;
    }
    this.#hashesA.push(hashA >>> 0);
    this.#hashesB.push(hashB >>> 0);
    this.#written.push(written >>> 0);
    this.#slots[slot] = this.#hashesA.length;
    if (this.#hashesA.length * 2 > this.#slots.length) this.#grow();
  }

  /** The words as a table from their look-alike classes to the hash of their letters. */
  seal(): FingerprintTable {
    const table = createFingerprintTable(this.#hashesA.length);
    for (let at = 0; at < this.#hashesA.length; at++) {
      insertFingerprint(table, this.#hashesA.at(at), this.#hashesB.at(at), this.#written.at(at));
    }
    return table;
  }

  #slotOf(hashA: number, written: number): number {
    return mix32(hashA ^ Math.imul(written, 0x9e3779b1)) & (this.#slots.length - 1);
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let at = 0; at < this.#hashesA.length; at++) {
      let slot = this.#slotOf(this.#hashesA.at(at), this.#written.at(at));
      while (this.#slots[slot] !== 0) if (++slot === this.#slots.length) slot = 0;
      this.#slots[slot] = at + 1;
    }
  }
}

/** Whether a word of some name looks like this one and is not the very same word. */
export const holdsLookAlike = (words: FingerprintTable, { hashA, hashB, written }: LookWord): boolean => {
  const fingerprint = fingerprintOf(hashB);
  let slot = slotOf(words, hashA);
  for (let found = words.fingerprints[slot]!; found !== 0; found = words.fingerprints[slot]!) {
    if (found === fingerprint && words.values[slot] !== written >>> 0) return true;
    if (++slot === words.capacity) slot = 0;
  }
  return false;
};
