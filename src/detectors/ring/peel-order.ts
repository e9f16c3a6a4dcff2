/**
 * Which vertex goes next in a greedy peeling: the one with the least key, of equals the one with the lowest number.
 * Keys only fall. An indexed 4-ary heap with the keys in heap order: half the levels of a binary heap, and a vertex's
 * children lie in one cache line.
 */
export class PeelOrder {
  readonly #keyAt: Float64Array;
  readonly #vertexAt: Int32Array;
  /** −1 once the vertex is gone. */
  readonly #positionOf: Int32Array;
  #size: number;

  constructor(keys: Float64Array) {
    this.#size = keys.length;
    this.#keyAt = keys.slice();
    this.#vertexAt = Int32Array.from(keys, (_, vertex) => vertex);
    this.#positionOf = this.#vertexAt.slice();
    for (let position = (this.#size - 2) >> 2; position >= 0; position -= 1) {
      this.#sink(position, this.#vertexAt[position] ?? 0, this.#keyAt[position] ?? 0);
    }
  }

  /** Key of the vertex that `take` gives next; 0 when none is left. */
  get leastKey(): number {
    return this.#size === 0 ? 0 : (this.#keyAt[0] ?? 0);
  }

  /** Takes the least vertex out; −1 when none is left. */
  take(): number {
    if (this.#size === 0) return -1;
    const vertex = this.#vertexAt[0] ?? 0;
    this.#size -= 1;
    this.#positionOf[vertex] = -1;
    if (this.#size > 0) this.#sink(0, this.#vertexAt[this.#size] ?? 0, this.#keyAt[this.#size] ?? 0);
    return vertex;
  }

  /** Lowers the key of a vertex that is still there; nothing happens to one that is gone. */
  lower(vertex: number, by: number): void {
    const position = this.#positionOf[vertex] ?? -1;
    if (position >= 0) this.#rise(position, vertex, (this.#keyAt[position] ?? 0) - by);
  }

  #rise(from: number, vertex: number, key: number): void {
    let position = from;
    while (position > 0) {
      const above = (position - 1) >> 2;
      const otherKey = this.#keyAt[above] ?? 0;
      if (otherKey < key) break;
      const other = this.#vertexAt[above] ?? 0;
      if (otherKey === key && other < vertex) break;
      this.#put(position, other, otherKey);
      position = above;
    }
    this.#put(position, vertex, key);
  }

  #sink(from: number, vertex: number, key: number): void {
    let position = from;
    for (;;) {
      const first = 4 * position + 1;
      if (first >= this.#size) break;
      let least = first;
      let leastKey = this.#keyAt[first] ?? 0;
      const end = Math.min(first + 4, this.#size);
      for (let child = first + 1; child < end; child += 1) {
        const otherKey = this.#keyAt[child] ?? 0;
        if (otherKey > leastKey) continue;
        if (otherKey === leastKey && (this.#vertexAt[child] ?? 0) > (this.#vertexAt[least] ?? 0)) continue;
        least = child;
        leastKey = otherKey;
      }
      const leastVertex = this.#vertexAt[least] ?? 0;
      if (leastKey > key || (leastKey === key && leastVertex > vertex)) break;
      this.#put(position, leastVertex, leastKey);
      position = least;
    }
    this.#put(position, vertex, key);
  }

  #put(position: number, vertex: number, key: number): void {
    this.#keyAt[position] = key;
    this.#vertexAt[position] = vertex;
    this.#positionOf[vertex] = position;
  }
}
