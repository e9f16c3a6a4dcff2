/** Small integers for long ids; a number is given again once nobody holds the id, so arrays stay as long as what lives. */
export class DenseNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #holds: number[] = [];
  readonly #free: number[] = [];

  /** Ids that somebody holds. */
  get size(): number {
    return this.#numbers.size;
  }

  /** One above the highest number ever given. */
  get limit(): number {
    return this.#names.length;
  }

  /** The number of an id, with one more hold on it. */
  hold(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) {
      this.#holds[known] = (this.#holds[known] ?? 0) + 1;
      return known;
    }
    const number = this.#free.pop() ?? this.#names.length;
    this.#numbers.set(id, number);
    this.#names[number] = id;
    this.#holds[number] = 1;
    return number;
  }

  /** Lets one hold go; tells whether the number is free now. */
  release(number: number): boolean {
    const holds = (this.#holds[number] ?? 0) - 1;
    this.#holds[number] = holds;
    if (holds > 0) return false;
    this.#numbers.delete(this.nameOf(number));
    this.#free.push(number);
    return true;
  }

  /** Ids that somebody holds, in no stated order. */
  ids(): string[] {
    return [...this.#numbers.keys()];
  }

  /** How often the id is held. */
  holdsOf(id: string): number {
    return this.#holds[this.#numbers.get(id) ?? -1] ?? 0;
  }

  numberOf(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  nameOf(number: number): string {
    return this.#names[number] ?? '';
  }
}
