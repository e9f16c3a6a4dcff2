import { PeelOrder } from './peel-order.ts';
import type { ReviewGraph } from './review-graph.ts';
import { runThrough, type Steps } from './steps.ts';

/** The densest block that a peeling met. */
export interface DenseBlock {
  /** Weight of the block's edges over its number of users and items. */
  readonly score: number;
  /** Ascending. */
  readonly users: Int32Array;
  /** Ascending. */
  readonly items: Int32Array;
}

/**
 * Camouflage-resistant weight of each item's edges: 1 / ln(reviews + 5). A popular item says little, so buying it as
 * camouflage costs a ring nothing of its density. Source: Hooi et al., FRAUDAR, KDD 2016, section 4.2 and the authors' code.
 */
export const itemWeights = (graph: ReviewGraph): Float64Array =>
  Float64Array.from({ length: graph.items }, (_, item) => {
    const reviews = (graph.itemStart[item + 1] ?? 0) - (graph.itemStart[item] ?? 0);
    return 1 / Math.log(reviews + 5);
  });

/**
 * FRAUDAR's greedy peeling: takes away the user or item with the least weight left, and keeps the block of the best
 * average on the way. Ties go to the lowest number, users before items, as in the authors' code, so that block and
 * score are the same. Within half of the optimum (theorem 1 there). O(E log V).
 */
export const peelExactly = (graph: ReviewGraph, weights: Float64Array): DenseBlock => {
  const { users, items, userStart, itemsOfUser, itemStart, usersOfItem } = graph;
  const keys = new Float64Array(users + items);
  let total = 0;
  for (let user = 0; user < users; user += 1) {
    let sum = 0;
    const end = userStart[user + 1] ?? 0;
    for (let k = userStart[user] ?? 0; k < end; k += 1) sum += weights[itemsOfUser[k] ?? 0] ?? 0;
    keys[user] = sum;
    total += sum;
  }
  for (let item = 0; item < items; item += 1) {
    keys[users + item] = (weights[item] ?? 0) * ((itemStart[item + 1] ?? 0) - (itemStart[item] ?? 0));
  }
  const order = new PeelOrder(keys);
  const gone = new Int32Array(users + items);
  let best = users + items === 0 ? 0 : total / (users + items);
  let bestGone = 0;
  let usersLeft = users;
  let itemsLeft = items;
  let taken = 0;
  while (usersLeft > 0 && itemsLeft > 0) {
    total -= order.leastKey;
    const vertex = order.take();
    gone[taken] = vertex;
    taken += 1;
    if (vertex < users) {
      usersLeft -= 1;
      const end = userStart[vertex + 1] ?? 0;
      for (let k = userStart[vertex] ?? 0; k < end; k += 1) {
        const item = itemsOfUser[k] ?? 0;
        order.lower(users + item, weights[item] ?? 0);
      }
    } else {
      itemsLeft -= 1;
      const weight = weights[vertex - users] ?? 0;
      const end = itemStart[vertex - users + 1] ?? 0;
      for (let k = itemStart[vertex - users] ?? 0; k < end; k += 1) order.lower(usersOfItem[k] ?? 0, weight);
    }
    const left = usersLeft + itemsLeft;
    if (left > 0 && total / left > best) {
      best = total / left;
      bestGone = taken;
    }
  }
  return blockWithout(graph, gone.subarray(0, bestGone), best);
};

/** Steps in which the fast peeling counts weight: a weight of 0.1 is 102 steps, so keys are off by less than half a per cent. */
const STEPS = 1_024;

/**
 * The same peeling with weights rounded to 1/1024 and a queue of buckets instead of a heap: O(E + largest key). Its
 * block may differ from the exact one's at ties; its score is that of the block it gives, under the exact weights.
 */
export const peelFast = (graph: ReviewGraph, weights: Float64Array): DenseBlock =>
  runThrough(peelFastSteps(graph, weights));

/** Users and items taken away between two pauses: some milliseconds. */
const TAKEN_A_STEP = 8_192;

/** `peelFast` in steps. */
export function* peelFastSteps(graph: ReviewGraph, weights: Float64Array): Steps<DenseBlock> {
  const { users, items, userStart, itemsOfUser, itemStart, usersOfItem } = graph;
  const count = users + items;
  const steps = Int32Array.from(weights, (weight) => Math.max(1, Math.round(weight * STEPS)));
  const keys = new Int32Array(count);
  let total = 0;
  let largest = 0;
  for (let user = 0; user < users; user += 1) {
    let sum = 0;
    const end = userStart[user + 1] ?? 0;
    for (let k = userStart[user] ?? 0; k < end; k += 1) sum += steps[itemsOfUser[k] ?? 0] ?? 0;
    keys[user] = sum;
    total += sum;
    if (sum > largest) largest = sum;
  }
  for (let item = 0; item < items; item += 1) {
    const sum = (steps[item] ?? 0) * ((itemStart[item + 1] ?? 0) - (itemStart[item] ?? 0));
    keys[users + item] = sum;
    if (sum > largest) largest = sum;
  }
  // Doubly linked lists of the vertices of each key. A list's first vertex points back to −1 − key.
  const head = new Int32Array(largest + 1).fill(-1);
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  const link = (vertex: number, key: number): void => {
    const first = head[key] ?? -1;
    next[vertex] = first;
    previous[vertex] = -1 - key;
    if (first >= 0) previous[first] = vertex;
    head[key] = vertex;
  };
  for (let vertex = count - 1; vertex >= 0; vertex -= 1) link(vertex, keys[vertex] ?? 0);
  const isGone = new Uint8Array(count);
  const gone = new Int32Array(count);
  let least = 0;
  const lower = (vertex: number, by: number): void => {
    if (isGone[vertex] === 1) return;
    const before = previous[vertex] ?? -1;
    const after = next[vertex] ?? -1;
    if (before < 0) head[-1 - before] = after;
    else next[before] = after;
    if (after >= 0) previous[after] = before;
    const key = (keys[vertex] ?? 0) - by;
    keys[vertex] = key;
    link(vertex, key);
    if (key < least) least = key;
  };
  let best = count === 0 ? 0 : total / count;
  let bestGone = 0;
  for (let taken = 0; taken < count; taken += 1) {
    if (taken % TAKEN_A_STEP === 0) yield;
    while ((head[least] ?? -1) < 0) least += 1;
    const vertex = head[least] ?? 0;
    const after = next[vertex] ?? -1;
    head[least] = after;
    if (after >= 0) previous[after] = -1 - least;
    isGone[vertex] = 1;
    gone[taken] = vertex;
    total -= keys[vertex] ?? 0;
    if (vertex < users) {
      const end = userStart[vertex + 1] ?? 0;
      for (let k = userStart[vertex] ?? 0; k < end; k += 1) {
        const item = itemsOfUser[k] ?? 0;
        lower(users + item, steps[item] ?? 0);
      }
    } else {
      const step = steps[vertex - users] ?? 0;
      const end = itemStart[vertex - users + 1] ?? 0;
      for (let k = itemStart[vertex - users] ?? 0; k < end; k += 1) lower(usersOfItem[k] ?? 0, step);
    }
    const left = count - taken - 1;
    if (left > 0 && total / left > best) {
      best = total / left;
      bestGone = taken + 1;
    }
  }
  const block = blockWithout(graph, gone.subarray(0, bestGone), 0);
  return { ...block, score: blockScore(graph, weights, block) };
}

/** Weight of the edges between these users and items over the number of both; 0 for an empty block. */
export const blockScore = (
  graph: ReviewGraph,
  weights: Float64Array,
  { users, items }: { readonly users: Int32Array; readonly items: Int32Array },
): number => {
  const isInside = new Uint8Array(graph.items);
  for (const item of items) isInside[item] = 1;
  let total = 0;
  for (const user of users) {
    const end = graph.userStart[user + 1] ?? 0;
    for (let k = graph.userStart[user] ?? 0; k < end; k += 1) {
      const item = graph.itemsOfUser[k] ?? 0;
      if (isInside[item] === 1) total += weights[item] ?? 0;
    }
  }
  return users.length + items.length === 0 ? 0 : total / (users.length + items.length);
};

const blockWithout = (graph: ReviewGraph, gone: Int32Array, score: number): DenseBlock => {
  const isGone = new Uint8Array(graph.users + graph.items);
  for (const vertex of gone) isGone[vertex] = 1;
  const users: number[] = [];
  const items: number[] = [];
  for (let vertex = 0; vertex < isGone.length; vertex += 1) {
    if (isGone[vertex] === 1) continue;
    if (vertex < graph.users) users.push(vertex);
    else items.push(vertex - graph.users);
  }
  return { score, users: Int32Array.from(users), items: Int32Array.from(items) };
};
