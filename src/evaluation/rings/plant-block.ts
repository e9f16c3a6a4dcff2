import type { BipartiteEdges } from '../../detectors/ring/review-graph.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A dense block and its camouflage, as FRAUDAR's authors plant them (`injectCliqueCamo`). */
export interface PlantedBlock {
  readonly users: number;
  readonly items: number;
  /** Chance of each edge of the block, 0–1. */
  readonly density01: number;
  /** Edges of the block's users to other items: none, as many as fraud at random, double, or as many to popular items. */
  readonly camouflage: 0 | 1 | 2 | 3;
  /** Whether the users are new to the graph or taken from it. */
  readonly areUsersNew: boolean;
}

/** A graph with a block: its edges are the last ones. */
export interface PlantedGraph {
  readonly edges: BipartiteEdges;
  readonly fraudUsers: ReadonlySet<number>;
  /** Edges from here on were planted. */
  readonly plantedFrom: number;
}

export const plantBlock = (graph: BipartiteEdges, block: PlantedBlock, random: SeededRandom): PlantedGraph => {
  const users = block.areUsersNew
    ? Array.from({ length: block.users }, (_, index) => graph.users + index)
    : random.distinct(block.users, graph.users);
  const items = random.distinct(block.items, graph.items);
  const known = new Set<number>();
  // 2^26 items leave 2^27 users within the whole numbers that a double holds.
  for (let edge = 0; edge < graph.userOf.length; edge += 1) {
    known.add((graph.userOf[edge] ?? 0) * 2 ** 26 + (graph.itemOf[edge] ?? 0));
  }
  const planted: [number, number][] = [];
  const plant = (user: number, item: number): void => {
    const key = user * 2 ** 26 + item;
    if (known.has(key)) return;
    known.add(key);
    planted.push([user, item]);
  };
  for (const user of users) for (const item of items) if (random.next() < block.density01) plant(user, item);
  const camouflage = Math.round(block.items * block.density01 * (block.camouflage === 2 ? 2 : 1));
  for (const user of block.camouflage === 0 ? [] : users) {
    for (let i = 0; i < camouflage; i += 1) {
      const edge = random.below(graph.itemOf.length);
      plant(user, block.camouflage === 3 ? (graph.itemOf[edge] ?? 0) : random.below(graph.items));
    }
  }
  const userOf = new Int32Array(graph.userOf.length + planted.length);
  const itemOf = new Int32Array(userOf.length);
  userOf.set(graph.userOf);
  itemOf.set(graph.itemOf);
  for (const [index, [user, item]] of planted.entries()) {
    userOf[graph.userOf.length + index] = user;
    itemOf[graph.userOf.length + index] = item;
  }
  return {
    edges: { users: graph.users + (block.areUsersNew ? block.users : 0), items: graph.items, userOf, itemOf },
    fraudUsers: new Set(users),
    plantedFrom: graph.userOf.length,
  };
};
