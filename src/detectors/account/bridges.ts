/** An undirected edge between two vertices, numbered from 0. */
export interface Edge {
  readonly a: number;
  readonly b: number;
}

/** An edge whose loss parts the graph, with the number of vertices on its smaller side. */
export interface Bridge {
  readonly edge: number;
  readonly smallerSide: number;
}

/**
 * All bridges of a simple undirected graph, in ascending order of edge.
 * Source: R. E. Tarjan, «A note on finding the bridges of a graph», 1974; with an explicit stack, so that a chain of
 * thousands does not overflow. O(vertices + edges).
 */
export const findBridges = (vertexCount: number, edges: readonly Edge[]): Bridge[] => {
  const incident: number[][] = Array.from({ length: vertexCount }, () => []);
  for (const [position, edge] of edges.entries()) {
    incident[edge.a]?.push(position);
    incident[edge.b]?.push(position);
  }
  const order = new Int32Array(vertexCount).fill(-1);
  const low = new Int32Array(vertexCount);
  const below = new Int32Array(vertexCount).fill(1);
  const treeSizeAt: { edge: number; below: number; root: number }[] = [];
  const componentSize = new Map<number, number>();
  const bridges: Bridge[] = [];
  let time = 0;
  for (let root = 0; root < vertexCount; root += 1) {
    if (order[root] !== -1) continue;
    const stack: { vertex: number; viaEdge: number; next: number }[] = [{ vertex: root, viaEdge: -1, next: 0 }];
    order[root] = time;
    low[root] = time;
    time += 1;
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const { vertex, viaEdge } = frame;
      const position = incident[vertex]?.[frame.next];
      if (position !== undefined) {
        frame.next += 1;
        if (position === viaEdge) continue;
        const edge = edges[position];
        if (edge === undefined) continue;
        const other = edge.a === vertex ? edge.b : edge.a;
        if (order[other] === -1) {
          order[other] = time;
          low[other] = time;
          time += 1;
          stack.push({ vertex: other, viaEdge: position, next: 0 });
        } else low[vertex] = Math.min(low[vertex] ?? 0, order[other] ?? 0);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1)?.vertex;
      if (parent === undefined) {
        componentSize.set(root, below[root] ?? 1);
        continue;
      }
      low[parent] = Math.min(low[parent] ?? 0, low[vertex] ?? 0);
      below[parent] = (below[parent] ?? 0) + (below[vertex] ?? 0);
      if ((low[vertex] ?? 0) > (order[parent] ?? 0))
        treeSizeAt.push({ edge: viaEdge, below: below[vertex] ?? 1, root });
    }
  }
  for (const found of treeSizeAt) {
    const whole = componentSize.get(found.root) ?? 0;
    bridges.push({ edge: found.edge, smallerSide: Math.min(found.below, whole - found.below) });
  }
  return bridges.sort((left, right) => left.edge - right.edge);
};
