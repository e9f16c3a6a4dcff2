import type { LumaRaster } from './raster.ts';

/** A corner with the strength of its response. */
export interface Corner {
  readonly x: number;
  readonly y: number;
  readonly strength: number;
}

/** Harris's constant; 0.04–0.06 are usual. */
const HARRIS_K = 0.05;

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

/** det(M) − k·trace(M)² of the structure tensor over 5 × 5 pixels; 0 where there is no corner. */
function harrisResponse(image: LumaRaster): Float32Array {
  const { widthPx: w, heightPx: h, luma } = image;
  const xx = new Float32Array(w * h);
  const xy = new Float32Array(w * h);
  const yy = new Float32Array(w * h);
  for (let y = 1; y < h - 1; y++) {
    for (let x = 1, at = y * w + 1; x < w - 1; x++, at++) {
      const nw = luma[at - w - 1] as number;
      const ne = luma[at - w + 1] as number;
      const sw = luma[at + w - 1] as number;
      const se = luma[at + w + 1] as number;
      const dx = ne - nw + se - sw + 2 * ((luma[at + 1] as number) - (luma[at - 1] as number));
      const dy = sw - nw + se - ne + 2 * ((luma[at + w] as number) - (luma[at - w] as number));
      xx[at] = dx * dx;
      xy[at] = dx * dy;
      yy[at] = dy * dy;
    }
  }
  const sxx = boxSum(xx, w, h);
  const sxy = boxSum(xy, w, h);
  const syy = boxSum(yy, w, h);
  const response = new Float32Array(w * h);
  for (let i = 0; i < response.length; i++) {
    const a = sxx[i] as number;
    const b = sxy[i] as number;
    const c = syy[i] as number;
    const r = a * c - b * b - HARRIS_K * (a + c) * (a + c);
    response[i] = r > 0 ? r : 0;
  }
  return response;
}

/** Sums over 5 × 5 pixels; 0 nearer than 3 pixels to the border. */
function boxSum(values: Float32Array, w: number, h: number): Float32Array {
  const across = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 2, at = y * w + 2; x < w - 2; x++, at++) {
      across[at] =
        (values[at - 2] as number) +
        (values[at - 1] as number) +
        (values[at] as number) +
        (values[at + 1] as number) +
        (values[at + 2] as number);
    }
  }
  const out = new Float32Array(w * h);
  for (let y = 3; y < h - 3; y++) {
    for (let x = 3, at = y * w + 3; x < w - 3; x++, at++) {
      out[at] =
        (across[at - 2 * w] as number) +
        (across[at - w] as number) +
        (across[at] as number) +
        (across[at + w] as number) +
        (across[at + 2 * w] as number);
    }
  }
  return out;
}
