import { itemWeights, peelExactly, peelFast } from '../../detectors/ring/peel.ts';
import { reviewGraph, type BipartiteEdges } from '../../detectors/ring/review-graph.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

/** Seconds on the wall and of this process's processor, which differ where the machine is shared. */
export interface Spent {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

export interface PeelBench {
  readonly edges: number;
  readonly build: Spent;
  readonly exact: Spent;
  readonly fast: Spent;
  readonly exactScore: number;
  readonly fastScore: number;
  /** The same greedy on `Map`s and `Set`s with a lazy binary heap, on a twentieth of the edges. */
  readonly plain: Spent;
  readonly plainEdges: number;
}

/** Peels a random graph of so many edges, users uniform, items with popularity falling as 1/√rank. */
export const benchPeel = (edges: number): PeelBench => {
  const input = randomEdges(edges, seededRandom(1));
  const [graph, build] = timed(() => reviewGraph(input));
  const weights = itemWeights(graph);
  const [exactBlock, exact] = timed(() => peelExactly(graph, weights));
  const [fastBlock, fast] = timed(() => peelFast(graph, weights));
  const plainEdges = Math.ceil(edges / 20);
  const [, plain] = timed(() => peelPlainly(randomEdges(plainEdges, seededRandom(1))));
  return { edges, build, exact, fast, exactScore: exactBlock.score, fastScore: fastBlock.score, plain, plainEdges };
};

const timed = <T>(work: () => T): [T, Spent] => {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const result = work();
  const spent = process.cpuUsage(cpu);
  return [
    result,
    { wallSeconds: (performance.now() - startMs) / 1_000, cpuSeconds: (spent.user + spent.system) / 1e6 },
  ];
};

const randomEdges = (count: number, random: SeededRandom): BipartiteEdges => {
  const users = Math.ceil(count / 5);
  const items = Math.ceil(count / 10);
  return {
    users,
    items,
    userOf: Int32Array.from({ length: count }, () => random.below(users)),
    itemOf: Int32Array.from({ length: count }, () => Math.floor(items * random.next() ** 2)),
  };
};

/** What one would write first: neighbours in sets, a binary heap of [key, vertex] that skips stale entries. */
const peelPlainly = ({ users, items, userOf, itemOf }: BipartiteEdges): number => {
  const neighbours = Array.from({ length: users + items }, () => new Set<number>());
  for (let edge = 0; edge < userOf.length; edge += 1) {
    neighbours[userOf[edge] ?? 0]?.add(users + (itemOf[edge] ?? 0));
    neighbours[users + (itemOf[edge] ?? 0)]?.add(userOf[edge] ?? 0);
  }
  const weightOf = neighbours.map((set, vertex) => (vertex < users ? 0 : 1 / Math.log(set.size + 5)));
  const keys = neighbours.map((set, vertex) =>
    vertex < users
      ? [...set].reduce((sum, item) => sum + (weightOf[item] ?? 0), 0)
      : set.size * (weightOf[vertex] ?? 0),
  );
  const heap: [number, number][] = [];
  for (const [vertex, key] of keys.entries()) push(heap, [key, vertex]);
  const gone = new Set<number>();
  let total = keys.slice(0, users).reduce((sum, key) => sum + key, 0);
  let best = total / keys.length;
  for (let entry = pop(heap); entry !== undefined; entry = pop(heap)) {
    const [key, vertex] = entry;
    if (gone.has(vertex) || key !== keys[vertex]) continue;
    gone.add(vertex);
    total -= key;
    for (const other of neighbours[vertex] ?? []) {
      if (gone.has(other)) continue;
      const lowered = (keys[other] ?? 0) - (weightOf[Math.max(vertex, other)] ?? 0);
      keys[other] = lowered;
      push(heap, [lowered, other]);
    }
    best = Math.max(best, total / Math.max(1, keys.length - gone.size));
  }
  return best;
};

const push = (heap: [number, number][], entry: [number, number]): void => {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const other = heap[above];
    if (other === undefined || other[0] <= entry[0]) break;
    heap[at] = other;
    at = above;
  }
  heap[at] = entry;
};

const pop = (heap: [number, number][]): [number, number] | undefined => {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const isRight = right !== undefined && left !== undefined && right[0] < left[0];
    const least = isRight ? right : left;
    if (least === undefined || least[0] >= last[0]) break;
    heap[at] = least;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = last;
  return top;
};
