import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockScore, itemWeights, peelExactly, peelFast } from '../../../src/detectors/ring/peel.ts';
import { reviewGraph } from '../../../src/detectors/ring/review-graph.ts';

const USERS = 9;
const ITEMS = 7;

const edges = fc
  .uniqueArray(fc.integer({ min: 0, max: USERS * ITEMS - 1 }), { minLength: 1, maxLength: 40 })
  .map((cells) => ({
    users: USERS,
    items: ITEMS,
    userOf: Int32Array.from(cells, (cell) => Math.floor(cell / ITEMS)),
    itemOf: Int32Array.from(cells, (cell) => cell % ITEMS),
  }));

/** Weights in eighths, whose sums are the same in any order: ties of the published greedy stay ties. */
const weightsOfItems = fc
  .array(fc.integer({ min: 1, max: 8 }), { minLength: ITEMS, maxLength: ITEMS })
  .map((eighths) => Float64Array.from(eighths, (eighth) => eighth / 8));

/** The published greedy, written down plainly: look at everybody, take the least away, remember the best average. */
const peelPlainly = ({ userOf, itemOf }: { userOf: Int32Array; itemOf: Int32Array }, weights: Float64Array) => {
  const left = new Set(Array.from({ length: USERS + ITEMS }, (_, vertex) => vertex));
  const isEdgeLeft = (edge: number) => left.has(userOf[edge]!) && left.has(USERS + itemOf[edge]!);
  const edgesLeft = () => Array.from(userOf.keys()).filter(isEdgeLeft);
  const weightOf = (some: readonly number[]) => some.reduce((sum, edge) => sum + weights[itemOf[edge]!]!, 0);
  const keyOf = (vertex: number) =>
    weightOf(edgesLeft().filter((edge) => userOf[edge] === vertex || USERS + itemOf[edge]! === vertex));
  let best = { score: weightOf(edgesLeft()) / left.size, vertices: [...left] };
  const isSideGone = () => ![...left].some((v) => v < USERS) || ![...left].some((v) => v >= USERS);
  while (!isSideGone()) {
    left.delete([...left].sort((a, b) => keyOf(a) - keyOf(b) || a - b)[0]!);
    const score = weightOf(edgesLeft()) / left.size;
    if (score > best.score) best = { score, vertices: [...left] };
  }
  return best;
};

describe('peeling', () => {
  it('keeps the block that the plain greedy keeps', () => {
    fc.assert(
      fc.property(edges, weightsOfItems, (graph, weights) => {
        const block = peelExactly(reviewGraph(graph), weights);
        const plain = peelPlainly(graph, weights);
        expect(block.score).toBeCloseTo(plain.score, 12);
        expect([...block.users, ...Array.from(block.items, (item) => USERS + item)]).toEqual(
          plain.vertices.sort((a, b) => a - b),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('tells the score of the very block that it gives, exact or fast', () => {
    fc.assert(
      fc.property(edges, (input) => {
        const graph = reviewGraph(input);
        const weights = itemWeights(graph);
        for (const block of [peelExactly(graph, weights), peelFast(graph, weights)]) {
          expect(block.score).toBeCloseTo(blockScore(graph, weights, block), 9);
        }
      }),
    );
  });

  it('comes to at least half of the best average that any block has, as the theorem says', () => {
    fc.assert(
      fc.property(edges, (input) => {
        const graph = reviewGraph(input);
        const weights = itemWeights(graph);
        let optimum = 0;
        for (let subset = 1; subset < 2 ** ITEMS; subset += 1) {
          optimum = Math.max(optimum, bestWithItems(graph, weights, subset));
        }
        expect(peelExactly(graph, weights).score).toBeGreaterThanOrEqual(optimum / 2 - 1e-9);
        expect(peelExactly(graph, weights).score).toBeLessThanOrEqual(optimum + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on the order of the edges', () => {
    fc.assert(
      fc.property(edges, (input) => {
        const reversed = { ...input, userOf: input.userOf.toReversed(), itemOf: input.itemOf.toReversed() };
        const [one, other] = [reviewGraph(input), reviewGraph(reversed)];
        expect(peelExactly(other, itemWeights(other))).toEqual(peelExactly(one, itemWeights(one)));
      }),
    );
  });
});

/** Best average of the blocks with these items: users sorted by their weight to the items, best prefix. */
const bestWithItems = (graph: ReturnType<typeof reviewGraph>, weights: Float64Array, subset: number): number => {
  const items = Array.from({ length: ITEMS }, (_, item) => item).filter((item) => (subset >> item) & 1);
  const gains = Array.from({ length: USERS }, (_, user) =>
    Array.from(graph.itemsOfUser.subarray(graph.userStart[user], graph.userStart[user + 1])).reduce(
      (sum, item) => sum + ((subset >> item) & 1) * weights[item]!,
      0,
    ),
  ).sort((a, b) => b - a);
  let total = 0;
  let best = 0;
  gains.forEach((gain, index) => {
    total += gain;
    best = Math.max(best, total / (index + 1 + items.length));
  });
  return best;
};
