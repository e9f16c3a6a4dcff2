import type { LinkGraph } from '../../domain/views/search-view.ts';

/** A node of a graph that is laid out in columns. */
export interface Place {
  /** Steps from the thing in the middle: 0, 1, 2 … */
  readonly column: number;
  /** Position from the top of the column, from 0. */
  readonly row: number;
  /** Middle of the node as a share of the whole height, 0–1. */
  readonly height01: number;
}

const keyOf = (node: { readonly kind: string; readonly id: string }): string => `${node.kind}/${node.id}`;

/**
 * Places of the nodes of a graph by their name in edges: a column for each step away, so that every label has a line of
 * its own. Within a column nodes stand near their neighbours of the column before it, things of one kind together, so that
 * lines cross little (barycentre ordering; Sugiyama, Tagawa, Toda 1981). The same graph is always drawn the same.
 */
export function placeInColumns({ nodes, edges }: LinkGraph): ReadonlyMap<string, Place> {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const places = new Map<string, Place>();
  const farthest = Math.max(0, ...nodes.map(({ distance }) => distance));
  for (let column = 0; column <= farthest; column += 1) {
    const here = nodes.filter(({ distance }) => distance === column);
    const wanted = (key: string): number => {
      const before = (neighbours.get(key) ?? []).flatMap((other) => {
        const place = places.get(other);
        return place?.column === column - 1 ? [place.height01] : [];
      });
      return before.length === 0 ? 1 : before.reduce((sum, height) => sum + height, 0) / before.length;
    };
    const inOrder = here
      .map((node) => ({ key: keyOf(node), kind: node.kind, wants: wanted(keyOf(node)) }))
      .toSorted(
        (left, right) =>
          left.wants - right.wants || left.kind.localeCompare(right.kind) || left.key.localeCompare(right.key),
      );
    for (const [row, { key }] of inOrder.entries())
      places.set(key, { column, row, height01: (row + 0.5) / inOrder.length });
  }
  return places;
}
