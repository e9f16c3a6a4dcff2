import { itemWeights, peelExactly, peelFastSteps, type DenseBlock } from './peel.ts';
import { reviewGraph, type BipartiteEdges } from './review-graph.ts';
import { runThrough, type Steps } from './steps.ts';

/**
 * The densest blocks one after the other, each taken without the edges inside those before it, densest first as a
 * rule. Weights are those of the whole graph, as in FRAUDAR's `detectMultiple`. Fewer than `count` when edges run out.
 */
export const topBlocks = (edges: BipartiteEdges, count: number, isExact: boolean): DenseBlock[] =>
  runThrough(topBlockSteps(edges, count, isExact));

/** `topBlocks` in steps; an exact peeling is one. */
export function* topBlockSteps(edges: BipartiteEdges, count: number, isExact: boolean): Steps<DenseBlock[]> {
  const weights = itemWeights(reviewGraph(edges));
  const blocks: DenseBlock[] = [];
  let left = edges;
  for (let i = 0; i < count && left.userOf.length > 0; i += 1) {
    const graph = reviewGraph(left);
    yield;
    const block = isExact ? peelExactly(graph, weights) : yield* peelFastSteps(graph, weights);
    blocks.push(block);
    yield;
    left = withoutBlock(left, block);
    yield;
  }
  return blocks;
}

const withoutBlock = (edges: BipartiteEdges, block: DenseBlock): BipartiteEdges => {
  const isUser = new Uint8Array(edges.users);
  const isItem = new Uint8Array(edges.items);
  for (const user of block.users) isUser[user] = 1;
  for (const item of block.items) isItem[item] = 1;
  const isLeft = (_: number, edge: number): boolean =>
    isUser[edges.userOf[edge] ?? 0] === 0 || isItem[edges.itemOf[edge] ?? 0] === 0;
  return { ...edges, userOf: edges.userOf.filter(isLeft), itemOf: edges.itemOf.filter(isLeft) };
};
