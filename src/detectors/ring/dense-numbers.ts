const INITIAL_CAPACITY = 1 << 10;
/** Fullest share of places before the table doubles: linear probing stays within a few steps. */
const MAX_LOAD01 = 0.5;

/**
 * Small integers for long ids; a number is given again once nobody holds the id, so arrays stay as long as what lives.
 *
 * Open addressing with linear probing on a hash of the id that is kept beside its number: letting go touches no string,
 * and a new id costs one pass over its characters. Half the time of a `Map` of strings at 100,000 ids (`assay bench rings`).
 */
export class DenseNumbers {
  /** At each place a number + 1, 0 where none is, and its hash: beside each other, so that a search reads one line of cache. */
  #places = new Int32Array(2 * INITIAL_CAPACITY);
  #mask = INITIAL_CAPACITY - 1;
  #size = 0;
  readonly #names: string[] = [];
  /** Of each number its holds and its hash. */
  #numbers = new Int32Array(2 * INITIAL_CAPACITY);
  readonly #free: number[] = [];
  /** Numbers that are free but must not be given again yet. */
  #resting: number[] = [];
  #keepers = 0;

  /** Ids that somebody holds. */
  get size(): number {
    return this.#size;
  }

  /** One above the highest number ever given. */
  get limit(): number {
    return this.#names.length;
  }

  /** The number of an id, with one more hold on it. */
  hold(id: string): number {
    const hash = hashOf(id);
    const place = this.#find(id, hash);
    const known = (this.#places[2 * place] ?? 0) - 1;
    if (known >= 0) {
      this.#numbers[2 * known] = (this.#numbers[2 * known] ?? 0) + 1;
      return known;
    }
    return this.#insert(id, hash, place);
  }

  /** As `hold`, without a search where the id is the one of the guessed number. */
  holdLikely(id: string, guess: number): number {
    if (this.#names[guess] !== id || (this.#numbers[2 * guess] ?? 0) === 0) return this.hold(id);
    this.#numbers[2 * guess] = (this.#numbers[2 * guess] ?? 0) + 1;
    return guess;
  }

  /** The number of an id that nobody held, now held once; −1 for one that somebody holds, which is left as it is. */
  holdNew(id: string): number {
    const hash = hashOf(id);
    const place = this.#find(id, hash);
    return this.#places[2 * place] === 0 ? this.#insert(id, hash, place) : -1;
  }

  /** Lets one hold go; tells whether the number is free now. */
  release(number: number): boolean {
    const holds = (this.#numbers[2 * number] ?? 0) - 1;
    this.#numbers[2 * number] = holds;
    if (holds > 0) return false;
    this.#removeNumber(number);
    this.#names[number] = '';
    (this.#keepers > 0 ? this.#resting : this.#free).push(number);
    this.#size -= 1;
    return true;
  }

  /** From now on no number is given again, so that one read before never means another id. */
  keepNumbers(): void {
    this.#keepers += 1;
  }

  /** Ends one `keepNumbers`. */
  reuseNumbers(): void {
    this.#keepers -= 1;
    if (this.#keepers > 0) return;
    for (const number of this.#resting) this.#free.push(number);
    this.#resting = [];
  }

  /** Ids that somebody holds, in no stated order. */
  ids(): string[] {
    return this.#names.filter((_, number) => (this.#numbers[2 * number] ?? 0) > 0);
  }

  /** How often the id is held. */
  holdsOf(id: string): number {
    return this.#numbers[2 * (this.numberOf(id) ?? -1)] ?? 0;
  }

  numberOf(id: string): number | undefined {
    const number = (this.#places[2 * this.#find(id, hashOf(id))] ?? 0) - 1;
    return number < 0 ? undefined : number;
  }

  nameOf(number: number): string {
    return this.#names[number] ?? '';
  }

  /** Place of the id, or the empty place where it would go. */
  #find(id: string, hash: number): number {
    const mask = this.#mask;
    let place = hash & mask;
    for (;;) {
      const number = (this.#places[2 * place] ?? 0) - 1;
      if (number < 0 || (this.#places[2 * place + 1] === hash && this.#names[number] === id)) return place;
      place = (place + 1) & mask;
    }
  }

  #insert(id: string, hash: number, place: number): number {
    const number = this.#free.pop() ?? this.#names.length;
    if (2 * number >= this.#numbers.length) this.#numbers = grown(this.#numbers);
    this.#names[number] = id;
    this.#numbers[2 * number] = 1;
    this.#numbers[2 * number + 1] = hash;
    this.#places[2 * place] = number + 1;
    this.#places[2 * place + 1] = hash;
    this.#size += 1;
    if (this.#size > MAX_LOAD01 * (this.#mask + 1)) this.#widen();
    return number;
  }

  /** Knuth, The Art of Computer Programming 3, 6.4, algorithm R. */
  #removeNumber(number: number): void {
    const mask = this.#mask;
    let hole = (this.#numbers[2 * number + 1] ?? 0) & mask;
    while (this.#places[2 * hole] !== number + 1) hole = (hole + 1) & mask;
    let place = hole;
    for (;;) {
      place = (place + 1) & mask;
      const other = (this.#places[2 * place] ?? 0) - 1;
      if (other < 0) break;
      const home = (this.#places[2 * place + 1] ?? 0) & mask;
      const staysPut = hole <= place ? hole < home && home <= place : hole < home || home <= place;
      if (staysPut) continue;
      this.#places[2 * hole] = other + 1;
      this.#places[2 * hole + 1] = this.#places[2 * place + 1] ?? 0;
      hole = place;
    }
    this.#places[2 * hole] = 0;
  }

  #widen(): void {
    const old = this.#places;
    this.#mask = old.length - 1;
    this.#places = new Int32Array(2 * old.length);
    for (let from = 0; from < old.length; from += 2) {
      const entry = old[from] ?? 0;
      if (entry === 0) continue;
      const hash = old[from + 1] ?? 0;
      let place = hash & this.#mask;
      while (this.#places[2 * place] !== 0) place = (place + 1) & this.#mask;
      this.#places[2 * place] = entry;
      this.#places[2 * place + 1] = hash;
    }
  }
}

const grown = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const longer = new Int32Array(2 * array.length);
  longer.set(array);
  return longer;
};

/** FNV-1a over the characters with a final mix (MurmurHash3's): ids that differ in their last digit land far apart. */
const hashOf = (id: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};
