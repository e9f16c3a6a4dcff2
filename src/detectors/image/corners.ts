import type { LumaRaster } from './raster.ts';
import { harrisMaxima } from './raster-filters.ts';

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
  const { response, maxima } = harrisMaxima(image, marginPx);
  const byCell: number[][] = Array.from({ length: cells * cells }, () => []);
  const usableWidth = w - 2 * marginPx;
  const usableHeight = h - 2 * marginPx;
  for (const at of maxima) {
    const y = Math.floor(at / w);
    const column = Math.floor(((at - y * w - marginPx) * cells) / usableWidth);
    const row = Math.floor(((y - marginPx) * cells) / usableHeight);
    (byCell[row * cells + column] as number[]).push(at);
  }
  const strongestFirst = (a: number, b: number): number => (response[b] as number) - (response[a] as number);
  for (const cell of byCell) cell.sort(strongestFirst);
  const taken: number[] = [];
  for (let round = 0; taken.length < count; round++) {
    const next = byCell.flatMap((cell) => cell[round] ?? []);
    if (next.length === 0) break;
    next.sort(strongestFirst);
    taken.push(...next.slice(0, count - taken.length));
  }
  return taken.map((at) => ({ x: at % w, y: Math.floor(at / w), strength: response[at] as number }));
}
