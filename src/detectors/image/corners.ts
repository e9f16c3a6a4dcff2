import type { LumaRaster } from './raster.ts';
import { harrisResponse } from './raster-filters.ts';

/** A corner with the strength of its response. */
export interface Corner {
  readonly x: number;
  readonly y: number;
  readonly strength: number;
}

/**
 * Harris corners (Harris and Stephens 1988), spread: the picture is cut into `cells` × `cells`, and every cell gives its
 * strongest in turn until `count` are taken, strongest cells first. At least `marginPx` from the border.
 */
export function findCorners(
  image: LumaRaster,
  options: { marginPx: number; count: number; cells: number },
): readonly Corner[] {
  const { widthPx: w, heightPx: h } = image;
  const { marginPx, count, cells } = options;
  const response = harrisResponse(image);
  const byCell: Corner[][] = Array.from({ length: cells * cells }, () => []);
  const usableWidth = w - 2 * marginPx;
  const usableHeight = h - 2 * marginPx;
  for (let y = marginPx; y < h - marginPx; y++) {
    for (let x = marginPx; x < w - marginPx; x++) {
      const at = y * w + x;
      const r = response[at] as number;
      if (r <= 0) continue;
      // Strict on one side only, so that of two equal neighbours exactly one stays.
      if (
        r < (response[at - 1] as number) ||
        r <= (response[at + 1] as number) ||
        r < (response[at - w] as number) ||
        r <= (response[at + w] as number) ||
        r < (response[at - w - 1] as number) ||
        r < (response[at - w + 1] as number) ||
        r <= (response[at + w - 1] as number) ||
        r <= (response[at + w + 1] as number)
      ) {
        continue;
      }
      const column = Math.floor(((x - marginPx) * cells) / usableWidth);
      const row = Math.floor(((y - marginPx) * cells) / usableHeight);
      (byCell[row * cells + column] as Corner[]).push({ x, y, strength: r });
    }
  }
  for (const cell of byCell) cell.sort((a, b) => b.strength - a.strength);
  const chosen: Corner[] = [];
  for (let round = 0; chosen.length < count; round++) {
    const next = byCell.flatMap((cell) => cell[round] ?? []);
    if (next.length === 0) break;
    next.sort((a, b) => b.strength - a.strength);
    chosen.push(...next.slice(0, count - chosen.length));
  }
  return chosen;
}
