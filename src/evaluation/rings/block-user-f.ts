import { topBlocks } from '../../detectors/ring/top-blocks.ts';
import type { PlantedGraph } from './plant-block.ts';

/** FRAUDAR's F1 over users: of its best among the first so many blocks, with the time it took. */
export const blockUserF = ({ edges, fraudUsers }: PlantedGraph, blocks: number): { userF: number; seconds: number } => {
  const startMs = performance.now();
  const found = topBlocks(edges, blocks, true);
  const seconds = (performance.now() - startMs) / 1_000;
  const userF = Math.max(
    0,
    ...found.map(({ users }) => {
      const hits = users.reduce((sum, user) => sum + (fraudUsers.has(user) ? 1 : 0), 0);
      return (2 * hits) / (users.length + fraudUsers.size);
    }),
  );
  return { userF, seconds };
};
