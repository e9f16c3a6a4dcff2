import { sumAreas, type PictureRaster, type SummedArea } from './raster.ts';
import { sampleAreas } from './sample-areas.ts';

/** Cells a side of the stored brightness grid: what the dense check lays over another picture. */
export const LUMA_CELLS = 64;
/** Cells a side of the stored colour grid. */
export const CHROMA_CELLS = 16;

/** A picture reduced to its unit square. `luma`: 64 × 64, 0–255; `chroma`: 16 × 16 pairs (Cb, Cr), −128–127. */
export interface Thumbnail {
  readonly luma: Uint8Array;
  readonly chroma: Int8Array;
}

/** Area means of the whole picture; the aspect ratio is given up. */
export function makeThumbnail(raster: PictureRaster, lumaAreas: SummedArea): Thumbnail {
  const { widthPx, heightPx } = raster;
  const rect = { x: 0, y: 0, width: widthPx, height: heightPx };
  const grid = new Float32Array(LUMA_CELLS * LUMA_CELLS);
  sampleAreas(lumaAreas, rect, { columns: LUMA_CELLS, rows: LUMA_CELLS, out: grid });
  const luma = new Uint8Array(grid.length);
  for (let i = 0; i < grid.length; i++) luma[i] = Math.round(grid[i] as number);

  const channel = (offset: number): Float32Array => {
    const areas = sumAreas(raster.rgb, { widthPx, heightPx, stride: 3, offset });
    const out = new Float32Array(CHROMA_CELLS * CHROMA_CELLS);
    sampleAreas(areas, rect, { columns: CHROMA_CELLS, rows: CHROMA_CELLS, out });
    return out;
  };
  const red = channel(0);
  const green = channel(1);
  const blue = channel(2);
  const chroma = new Int8Array(2 * CHROMA_CELLS * CHROMA_CELLS);
  for (let i = 0; i < red.length; i++) {
    const r = red[i] as number;
    const g = green[i] as number;
    const b = blue[i] as number;
    // Colour differences of ITU-R BT.601, as JPEG has them.
    chroma[2 * i] = clampToInt8(-0.168736 * r - 0.331264 * g + 0.5 * b);
    chroma[2 * i + 1] = clampToInt8(0.5 * r - 0.418688 * g - 0.081312 * b);
  }
  return { luma, chroma };
}

function clampToInt8(value: number): number {
  return Math.max(-128, Math.min(127, Math.round(value)));
}
