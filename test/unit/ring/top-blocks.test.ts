import { describe, expect, it } from 'vitest';
import { itemWeights, peelExactly } from '../../../src/detectors/ring/peel.ts';
import { reviewGraph } from '../../../src/detectors/ring/review-graph.ts';
import { topBlocks } from '../../../src/detectors/ring/top-blocks.ts';

const edgesOf = (users: number, items: number, pairs: readonly (readonly [number, number])[]) => ({
  users,
  items,
  userOf: Int32Array.from(pairs, ([user]) => user),
  itemOf: Int32Array.from(pairs, ([, item]) => item),
});

const block = (users: readonly number[], items: readonly number[]) =>
  users.flatMap((user) => items.map((item) => [user, item] as const));

describe('dense blocks', () => {
  it('scores a full block of three users and two items as computed by hand', () => {
    // Each item has three reviews, so an edge weighs 1 / ln 8; six edges over five vertices.
    const graph = reviewGraph(edgesOf(4, 3, [...block([0, 1, 2], [0, 1]), [3, 2]]));
    const found = peelExactly(graph, itemWeights(graph));
    expect(Array.from(found.users)).toEqual([0, 1, 2]);
    expect(Array.from(found.items)).toEqual([0, 1]);
    expect(found.score).toBeCloseTo(6 / Math.log(8) / 5, 12);
  });

  it('sees through camouflage: buying a popular item adds nothing that hides the block', () => {
    const popular = Array.from({ length: 40 }, (_, user) => [user, 4] as const);
    const graph = reviewGraph(edgesOf(40, 5, [...popular, ...block([0, 1, 2, 3, 4, 5], [0, 1, 2, 3])]));
    const found = peelExactly(graph, itemWeights(graph));
    expect(Array.from(found.users)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('gives the next block once the edges of the first are gone', () => {
    const edges = edgesOf(10, 9, [...block([0, 1, 2, 3, 4], [0, 1, 2, 3, 4]), ...block([6, 7, 8], [6, 7, 8])]);
    const found = topBlocks(edges, 5, true);
    expect(found.map(({ users }) => Array.from(users))).toEqual([
      [0, 1, 2, 3, 4],
      [6, 7, 8],
    ]);
    expect(topBlocks(edges, 5, false).map(({ users }) => Array.from(users))).toEqual([
      [0, 1, 2, 3, 4],
      [6, 7, 8],
    ]);
  });

  it('gives an empty answer for a graph without reviews', () => {
    expect(topBlocks(edgesOf(0, 0, []), 3, true)).toEqual([]);
  });
});
