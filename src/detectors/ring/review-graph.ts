/** Who reviewed what, as edges in parallel arrays; users and items are numbered from 0, each edge comes once. */
export interface BipartiteEdges {
  readonly users: number;
  readonly items: number;
  readonly userOf: Int32Array;
  readonly itemOf: Int32Array;
}

/** The same graph as compressed rows both ways: the neighbours of x lie from `start[x]` to `start[x + 1]`, ascending. */
export interface ReviewGraph {
  readonly users: number;
  readonly items: number;
  readonly userStart: Int32Array;
  readonly itemsOfUser: Int32Array;
  readonly itemStart: Int32Array;
  readonly usersOfItem: Int32Array;
}

/** Builds the rows in four passes over the edges; the order of the edges leaves no trace. */
export const reviewGraph = ({ users, items, userOf, itemOf }: BipartiteEdges): ReviewGraph => {
  const userStart = starts(userOf, users);
  const itemStart = starts(itemOf, items);
  // Spread over the items first: going through the items in order then fills each user's row in order, and back.
  const unordered = new Int32Array(userOf.length);
  const next = itemStart.slice();
  for (let edge = 0; edge < userOf.length; edge += 1) {
    const item = itemOf[edge] ?? 0;
    const at = next[item] ?? 0;
    next[item] = at + 1;
    unordered[at] = userOf[edge] ?? 0;
  }
  const itemsOfUser = transpose(itemStart, unordered, userStart);
  const usersOfItem = transpose(userStart, itemsOfUser, itemStart);
  return { users, items, userStart, itemsOfUser, itemStart, usersOfItem };
};

const starts = (ends: Int32Array, count: number): Int32Array => {
  const start = new Int32Array(count + 1);
  for (const end of ends) start[end + 1] = (start[end + 1] ?? 0) + 1;
  for (let i = 0; i < count; i += 1) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
  return start;
};

const transpose = (fromStart: Int32Array, from: Int32Array, toStart: Int32Array): Int32Array => {
  const to = new Int32Array(from.length);
  const next = toStart.slice();
  for (let row = 0; row + 1 < fromStart.length; row += 1) {
    const end = fromStart[row + 1] ?? 0;
    for (let k = fromStart[row] ?? 0; k < end; k += 1) {
      const column = from[k] ?? 0;
      const at = next[column] ?? 0;
      next[column] = at + 1;
      to[at] = row;
    }
  }
  return to;
};
