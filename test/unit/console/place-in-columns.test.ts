import { describe, expect, it } from 'vitest';
import { placeInColumns } from '../../../src/console/finder/place-in-columns.ts';
import type { LinkGraph } from '../../../src/domain/views/search-view.ts';

const node = (id: string, distance: number, kind: 'SELLER' | 'ACCOUNT' = 'ACCOUNT') => ({
  kind,
  id,
  title: id,
  distance,
});
const edge = (from: string, to: string) => ({
  from: `ACCOUNT/${from}`,
  to: `ACCOUNT/${to}`,
  why: 'the same hand',
  reason: 'SAME_HAND' as const,
});
const graph: LinkGraph = {
  nodes: [node('me', 0), node('a', 1), node('b', 1), node('c', 1), node('of-c', 2), node('of-a', 2), node('of-b', 2)],
  edges: [edge('me', 'a'), edge('me', 'b'), edge('c', 'me'), edge('of-c', 'c'), edge('a', 'of-a'), edge('b', 'of-b')],
  isCut: false,
};

describe('the picture of links', () => {
  it('gives every thing a row of its own in the column of its distance', () => {
    const places = placeInColumns(graph);
    expect(places.size).toBe(graph.nodes.length);
    const taken = [...places.values()].map(({ column, row }) => `${column}/${row}`);
    expect(new Set(taken).size).toBe(taken.length);
    for (const { kind, id, distance } of graph.nodes) expect(places.get(`${kind}/${id}`)?.column).toBe(distance);
  });

  it('puts things beside what they are linked to, so that lines do not cross', () => {
    const places = placeInColumns(graph);
    const rowOf = (id: string) => places.get(`ACCOUNT/${id}`)?.row;
    expect(['of-a', 'of-b', 'of-c'].map(rowOf)).toEqual(['a', 'b', 'c'].map(rowOf));
  });

  it('draws the same graph the same, in whatever order it comes', () => {
    const turned = { ...graph, nodes: graph.nodes.toReversed(), edges: graph.edges.toReversed() };
    expect(Object.fromEntries(placeInColumns(turned))).toEqual(Object.fromEntries(placeInColumns(graph)));
  });
});
