import { MAX_NAME_UNITS } from './folded-text.ts';

const BASE_A = 0x9e3779b1 | 0;
const BASE_B = 0x85ebca77 | 0;
const POWERS_A = new Int32Array(MAX_NAME_UNITS + 2);
const POWERS_B = new Int32Array(MAX_NAME_UNITS + 2);
POWERS_A[0] = 1;
POWERS_B[0] = 1;
for (let power = 1; power < POWERS_A.length; power++) {
  POWERS_A[power] = Math.imul(POWERS_A[power - 1]!, BASE_A);
  POWERS_B[power] = Math.imul(POWERS_B[power - 1]!, BASE_B);
}

const digitA = (unit: number): number => Math.imul(unit + 0x7f4a, 0x2c1b3c6d);
const digitB = (unit: number): number => Math.imul(unit + 0x1234567, 0x297a2d39);

/** Spreads a 32-bit state over all bits, 0–2³²-1. Source: the "lowbias32" finaliser of C. Wellons (public domain). */
export const mix32 = (state: number): number => {
  let mixed = state;
  mixed ^= mixed >>> 16;
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/**
 * Two polynomial hashes of every prefix of a sequence of units, so that the hash of any gram costs four
 * operations, and the hash of a gram with one unit left out costs eight. Source: Karp and Rabin 1987.
 */
export class GramHasher {
  #a = new Int32Array(513);
  #b = new Int32Array(513);

  /** Reads `units[0..length)`; the answers below hold until the next call. */
  read(units: Uint16Array, length: number): void {
    if (this.#a.length <= length) {
      this.#a = new Int32Array(length * 2 + 1);
      this.#b = new Int32Array(length * 2 + 1);
    }
    const a = this.#a;
    const b = this.#b;
    let stateA = 0;
    let stateB = 0;
    for (let index = 0; index < length; index++) {
      const unit = units[index]!;
      stateA = (Math.imul(stateA, BASE_A) + digitA(unit)) | 0;
      stateB = (Math.imul(stateB, BASE_B) + digitB(unit)) | 0;
      a[index + 1] = stateA;
      b[index + 1] = stateB;
    }
  }

  /** First hash of `units[start..end)`, `end - start` at most MAX_NAME_UNITS + 1. */
  a(start: number, end: number): number {
    return (this.#a[end]! - Math.imul(this.#a[start]!, POWERS_A[end - start]!)) | 0;
  }

  b(start: number, end: number): number {
    return (this.#b[end]! - Math.imul(this.#b[start]!, POWERS_B[end - start]!)) | 0;
  }

  /** First hash of `units[start..end)` without the unit at `left`. */
  aWithout(start: number, end: number, left: number): number {
    return (Math.imul(this.a(start, left), POWERS_A[end - left - 1]!) + this.a(left + 1, end)) | 0;
  }

  bWithout(start: number, end: number, left: number): number {
    return (Math.imul(this.b(start, left), POWERS_B[end - left - 1]!) + this.b(left + 1, end)) | 0;
  }
}
