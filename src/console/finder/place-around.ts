import type { LinkGraph } from '../../domain/views/search-view.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Places of the nodes of a graph on circles around the one in the middle, one circle for each step away. Neighbours of a
 * node stand on its side of the circle, so that lines cross little. The same graph is always drawn the same.
 */
export function placeAround({ nodes, edges }: LinkGraph, sizePx: number): ReadonlyMap<string, Place> {
  const keyOf = (node: { kind: string; id: string }): string => `${node.kind}/${node.id}`;
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const farthest = Math.max(1, ...nodes.map(({ distance }) => distance));
  const middle = sizePx / 2;
  const places = new Map<string, Place>();
  const angles = new Map<string, number>();
  for (let distance = 0; distance <= farthest; distance += 1) {
    const ring = nodes.filter((node) => node.distance === distance).map(keyOf);
    const wanted = (key: string): number => {
      const known = (neighbours.get(key) ?? []).flatMap((other) => angles.get(other) ?? []);
      return known.length === 0 ? 0 : known.reduce((sum, angle) => sum + angle, 0) / known.length;
    };
    // The order of their angles keeps families together; the circle is shared out evenly.
    const inOrder = ring.toSorted((left, right) => wanted(left) - wanted(right) || (left < right ? -1 : 1));
    const radius = distance === 0 ? 0 : (distance / farthest) * (middle - 46);
    for (const [at, key] of inOrder.entries()) {
      const angle = (2 * Math.PI * at) / inOrder.length;
      angles.set(key, angle);
      places.set(key, { x: middle + radius * Math.cos(angle), y: middle + radius * Math.sin(angle) });
    }
  }
  return places;
}
